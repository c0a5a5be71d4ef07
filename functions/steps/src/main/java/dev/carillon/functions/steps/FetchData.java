package dev.carillon.functions.steps;

import dev.carillon.fetch.FetchExchange;
import dev.carillon.fetch.FetchRequest;
import dev.carillon.fetch.RenderTexts;
import dev.carillon.fetch.ResponseMerge;
import dev.carillon.fetch.SendFetch;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.json.Json;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.fetch.FetchTry;
import dev.carillon.trigger.TraceContext;
import dev.carillon.workflow.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Asks a customer's service and lays the answer over the run's data. What was answered is stored
 * with the run before anything else happens; only a crash in between asks again.
 */
final class FetchData {
  /** Knock's: so long after the first and the second failure. */
  private static final List<Duration> BETWEEN_TRIES =
      List.of(Duration.ofSeconds(30), Duration.ofSeconds(60));

  private final SendFetch outside;
  private final TemplateCache templates;

  FetchData(SendFetch outside, TemplateCache templates) {
    this.outside = outside;
    this.templates = templates;
  }

  sealed interface Came {
    record Merged(Run run) implements Came {}

    /** It failed and is to be tried again then. */
    record Later(Run run, Instant dueAt) implements Came {}

    record Fatal(Run run) implements Came {}
  }

  Came fetch(Step.Fetch step, Run run, RunContext context, StepLog log) {
    var compiledTemplates = templates.of(context.library());
    var facts = context.facts(run, log.now());
    var texts =
        new RenderTexts(() -> compiledTemplates, context.workflow(), facts, context.zone().zone());
    return switch (FetchRequest.of(
        step,
        context.workflow(),
        compiledTemplates,
        facts.scope(),
        context.zone().zone(),
        texts,
        log.now())) {
      case FetchRequest.Unusable(var problem) ->
          new Came.Fatal(failed(run, problem, Json.object(), log));
      case FetchRequest.Ready(var request, var ignored) -> {
        var exchange = new FetchExchange(request, outside.send(traced(request, run, log)));
        yield came(step, exchange, run, context, log.ignoring(ignored));
      }
    };
  }

  /** One span for each try. The log does not keep it: it follows from the run's trace. */
  private static OutboundRequest traced(OutboundRequest request, Run run, StepLog log) {
    return request.withDefault(
        TraceContext.HEADER,
        run.trace().bearing(FetchTry.span(run.id(), log.step().ref(), log.attempt())));
  }

  private static Came came(
      Step.Fetch step, FetchExchange exchange, Run run, RunContext context, StepLog log) {
    Json.Obj shown = exchange.shown(context.secrets());
    return switch (exchange.answer()) {
      case FetchExchange.Answer.NoContent() ->
          new Came.Merged(
              log.done(run, RunEvent.FETCH_COMPLETED, shown.with("merged", Json.array(List.of()))));
      case FetchExchange.Answer.Success(var body) ->
          ResponseMerge.at(step.responsePath(), context.data(run), context.secrets().masked(body))
              .<Came>map(
                  data ->
                      new Came.Merged(
                          log.done(
                              run.carrying(run.carried().withData(data)),
                              RunEvent.FETCH_COMPLETED,
                              shown.with("merged", names(body)))))
              .orElseGet(
                  () ->
                      new Came.Fatal(
                          failed(
                              run,
                              "the answer is no object, which only a response_path could take",
                              shown,
                              log)));
      case FetchExchange.Answer.Fatal(var problem) ->
          new Came.Fatal(failed(run, problem, shown, log));
      case FetchExchange.Answer.TryAgain(var problem) -> {
        Run logged =
            failed(run, problem, shown.with("max_attempts", Json.of(ExecuteStep.TRIES)), log);
        yield log.attempt() > BETWEEN_TRIES.size()
            ? new Came.Fatal(logged)
            : new Came.Later(logged, log.ended().plus(BETWEEN_TRIES.get(log.attempt() - 1)));
      }
    };
  }

  private static Json names(Json body) {
    return body instanceof Json.Obj(var fields)
        ? Json.texts(List.copyOf(fields.keySet()))
        : Json.array(List.of());
  }

  private static Run failed(Run run, String problem, Json.Obj shown, StepLog log) {
    return log.note(
        run,
        RunEvent.STEP_FAILED,
        false,
        Json.object().with(LogEntry.ERROR, problem).merged(shown));
  }
}
