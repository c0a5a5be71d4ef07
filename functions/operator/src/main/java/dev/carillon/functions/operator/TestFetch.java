package dev.carillon.functions.operator;

import dev.carillon.condition.Facts;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.fetch.FetchExchange;
import dev.carillon.fetch.FetchRequest;
import dev.carillon.fetch.RenderTexts;
import dev.carillon.fetch.ResponseMerge;
import dev.carillon.fetch.SendFetch;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.json.Json;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.run.RunContext;
import dev.carillon.setting.GivenNames;
import dev.carillon.variable.SecretValues;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the request of one fetch step, once, and shows what went out and what came back. Nothing is
 * stored, no other step is looked at, and what a retry would mend is said rather than retried.
 */
final class TestFetch {
  private final Workflows workflows;
  private final SampleRun sample;
  private final SendFetch outside;
  private final InstantSource clock;
  private final TemplateCache templates = new TemplateCache();

  TestFetch(Workflows workflows, SampleRun sample, SendFetch outside, InstantSource clock) {
    this.workflows = workflows;
    this.sample = sample;
    this.outside = outside;
    this.clock = clock;
  }

  /**
   * @param request {@code {"environment", "workflow", "step", "recipient"?, "actor"?, "tenant"?,
   *     "data"?}}; the workflow is taken in the version that serves
   * @return {@code {"request", "response", "merged" | "error", "would_retry", "duration_ms"}}
   *     without the values of secrets; {@code merged} is the data that the next step would see, and
   *     {@code request} is missing when none could be made
   * @throws Refused when there is no such workflow, or the step is none of its fetch steps
   */
  Json.Obj run(RequestFields request) {
    request.only(
        Set.of(
            "action", "environment", "workflow", "step", "recipient", "actor", "tenant", "data"));
    var environment = GivenNames.environment(request.required("environment"));
    var key = new WorkflowKey(GivenNames.key(request.required("workflow")));
    Workflow workflow =
        workflows
            .live(environment, key)
            .flatMap(live -> workflows.version(environment, key, live.version()))
            .orElseThrow(
                () ->
                    ErrorCode.WORKFLOW_MISSING.at(
                        "workflow", "is not the key of a workflow that serves"));
    Step.Fetch step = step(workflow, request.required("step"));
    Instant now = clock.instant();
    return tried(step, sample.of(environment, workflow, request, now), now);
  }

  private static Step.Fetch step(Workflow workflow, RequestValue ref) {
    Optional<Step> found = workflow.step(new StepRef(ref.text()));
    if (found.orElse(null) instanceof Step.Fetch fetch) {
      return fetch;
    }
    throw ref.refused("must be the ref of a fetch step of the workflow");
  }

  private Json.Obj tried(Step.Fetch step, SampleRun.Sample sampled, Instant now) {
    RunContext context = sampled.context();
    SecretValues secrets = context.secrets();
    Json.Obj variables = context.variables(sampled.run(), now);
    var compiled = templates.of(context.library());
    var texts =
        new RenderTexts(
            () -> compiled, context.workflow(), Facts.of(variables, now), context.zone().zone());
    return switch (FetchRequest.of(
        step, context.workflow(), compiled, variables, context.zone().zone(), texts, now)) {
      case FetchRequest.Unusable(var problem) -> failed(secrets.masked(problem), false);
      case FetchRequest.Ready(OutboundRequest ready, _) -> {
        var exchange = new FetchExchange(ready, outside.send(ready));
        long millis = Duration.between(now, clock.instant()).toMillis();
        yield exchange
            .shown(secrets)
            .merged(outcome(step, exchange, context.data(sampled.run()), secrets))
            .with("duration_ms", Json.of(millis));
      }
    };
  }

  private static Json.Obj outcome(
      Step.Fetch step, FetchExchange exchange, Json.Obj data, SecretValues secrets) {
    return switch (exchange.answer()) {
      case FetchExchange.Answer.NoContent() -> Json.object().with("merged", secrets.masked(data));
      case FetchExchange.Answer.Success(var body) ->
          ResponseMerge.at(step.responsePath(), data, body)
              .map(merged -> Json.object().with("merged", secrets.masked(merged)))
              .orElseGet(() -> failed("the answer is no object", false));
      case FetchExchange.Answer.TryAgain(var problem) -> failed(problem, true);
      case FetchExchange.Answer.Fatal(var problem) -> failed(problem, false);
    };
  }

  private static Json.Obj failed(String problem, boolean wouldRetry) {
    return Json.object().with("error", problem).with("would_retry", Json.of(wouldRetry));
  }
}
