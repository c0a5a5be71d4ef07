package dev.carillon.functions.intake;

import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.route.Operation.at;

import dev.carillon.accept.TriggerAnswer;
import dev.carillon.accept.TriggerRequest;
import dev.carillon.accept.TriggerWorkflow;
import dev.carillon.channel.Channels;
import dev.carillon.content.Branch;
import dev.carillon.content.Branches;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.rate.RateTier;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Triggers.Idempotency;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Optional;

/** Calls that trigger workflows and cancel what was triggered, and their older forms. */
final class TriggerCalls {
  private static final String BRANCH = "x-knock-branch";

  static final List<Operation<TriggerCalls>> OPERATIONS =
      List.of(
          at(
              RateTier.TIER_5,
              Operation.post("/v1/workflows/{key}/trigger", SECRET_KEY, TriggerCalls::trigger)),
          at(
              RateTier.TIER_5,
              Operation.post("/v1/workflows/{key}/cancel", SECRET_KEY, TriggerCalls::cancel)),
          Operation.post("/v1/notify", SECRET_KEY, TriggerCalls::notify),
          Operation.post("/v1/notify/cancel", SECRET_KEY, TriggerCalls::cancelNotified));

  private final TriggerWorkflow trigger;
  private final CancelRuns cancel;
  private final Channels channels;
  private final Branches branches;

  TriggerCalls(TriggerWorkflow trigger, CancelRuns cancel, Channels channels, Branches branches) {
    this.trigger = trigger;
    this.cancel = cancel;
    this.channels = channels;
    this.branches = branches;
  }

  HttpResponse trigger(HttpRequest request, EnvironmentId environment) {
    return TriggerAnswer.of(
        trigger.handle(command(request, environment)), "key", "workflow_run_id");
  }

  HttpResponse cancel(HttpRequest request, EnvironmentId environment) {
    WorkflowKey workflow = workflow(request);
    CancelRequest body = CancelRequest.of(request.fields());
    cancel.handle(environment, workflow, body.cancellationKey(), body.recipients());
    return HttpResponse.noContent();
  }

  HttpResponse notify(HttpRequest request, EnvironmentId environment) {
    return TriggerAnswer.of(
        trigger.handle(
            new TriggerWorkflow.Command(
                environment,
                Notify.workflow(request.fields()),
                Notify.trigger(request.fields()),
                TriggerWorkflow.Cause.ofCall(request.id(), Optional.empty(), trace(request)),
                Optional.empty())),
        "name",
        "result_id");
  }

  HttpResponse cancelNotified(HttpRequest request, EnvironmentId environment) {
    CancelRequest body = Notify.cancel(request.fields());
    cancel.handle(
        environment, Notify.workflow(request.fields()), body.cancellationKey(), body.recipients());
    return HttpResponse.noContent();
  }

  private TriggerWorkflow.Command command(HttpRequest request, EnvironmentId environment) {
    WorkflowKey workflow = workflow(request);
    var naming = new RecipientReader(new IdentificationReader(() -> channels.all(environment)));
    TriggerRequest asked = TriggerRequest.of(request.fields(), naming);
    Optional<EnvironmentId> branch = branch(request, environment);
    String where = branch.map(it -> workflow.value() + " " + it.value()).orElse(workflow.value());
    var idempotency =
        request
            .idempotencyKey()
            .map(
                key -> new Idempotency(key, Digest.of(where, asked.meaning()).hex(), request.id()));
    return new TriggerWorkflow.Command(
        environment,
        workflow,
        asked,
        TriggerWorkflow.Cause.ofCall(request.id(), branch, trace(request)),
        idempotency);
  }

  /** The trace that the call is part of; no part of what it asks for. */
  private static Optional<TraceContext> trace(HttpRequest request) {
    return request.header(TraceContext.HEADER).flatMap(TraceContext::parent);
  }

  /** The branch that the call names. */
  private Optional<EnvironmentId> branch(HttpRequest request, EnvironmentId environment) {
    return request
        .header(BRANCH)
        .filter(slug -> !slug.isBlank())
        .map(
            slug ->
                branches
                    .find(environment, slug)
                    .map(Branch::id)
                    .orElseThrow(ErrorCode.BRANCH_MISSING::refused));
  }

  /** A key that no workflow could have is a key that no workflow has. */
  private static WorkflowKey workflow(HttpRequest request) {
    return workflow("key", request.pathId("key"));
  }

  static WorkflowKey workflow(String field, String key) {
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.WORKFLOW_MISSING.at(field, "There is no workflow with this key.");
    }
    return new WorkflowKey(key);
  }
}
