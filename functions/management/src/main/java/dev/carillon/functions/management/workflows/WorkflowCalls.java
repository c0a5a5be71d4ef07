package dev.carillon.functions.management.workflows;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.accept.TriggerAnswer;
import dev.carillon.accept.TriggerRequest;
import dev.carillon.accept.TriggerWorkflow;
import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.channel.Channels;
import dev.carillon.content.Branch;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is done with a workflow that serves. */
final class WorkflowCalls {
  /** A try, not a send: who wants more recipients triggers. */
  private static final int MOST_RECIPIENTS = 5;

  static final List<Operation<WorkflowCalls>> OPERATIONS =
      List.of(
          byCaller(
              HttpMethod.PUT,
              "/v1/workflows/{key}/activate",
              Access.managementOrServer(ManagementScope.WRITE),
              WorkflowCalls::activate),
          byCaller(
              HttpMethod.PUT,
              "/v1/workflows/{key}/run",
              management(ManagementScope.WRITE),
              WorkflowCalls::run));

  private final ManagementCall.Reader calls;
  private final Workflows workflows;
  private final Contents contents;
  private final Changes changes;
  private final TriggerWorkflow trigger;
  private final Channels channels;

  WorkflowCalls(
      ManagementCall.Reader calls,
      Workflows workflows,
      Contents contents,
      Changes changes,
      TriggerWorkflow trigger,
      Channels channels) {
    this.calls = calls;
    this.workflows = workflows;
    this.contents = contents;
    this.changes = changes;
    this.trigger = trigger;
    this.channels = channels;
  }

  /**
   * Lets the workflow accept triggers, or not. The status stands in the body or, as Knock's command
   * line sends it, in the query; without one the workflow is activated.
   */
  HttpResponse activate(HttpRequest request, Caller caller) {
    request.query().only(Set.of("environment", "branch", "status"));
    var call = calls.read(request, caller, Set.of("status"));
    boolean active =
        request
            .fields()
            .only(Set.of("status"))
            .optional("status")
            .map(RequestValue::bool)
            .or(() -> call.query().bool("status"))
            .orElse(true);
    WorkflowKey key = key(request);
    var before =
        workflows
            .live(call.id(), key)
            .filter(it -> !it.archived())
            .orElseThrow(() -> missing(call));
    changes.record(
        call.id(),
        call.origin()
            .change(
                active ? "activated" : "deactivated",
                "workflow/" + key.value(),
                Boolean.toString(before.active()),
                Boolean.toString(active)));
    if (!workflows.setActive(call.id(), key, active)) {
      throw ErrorCode.WORKFLOW_MISSING.refused();
    }
    return workflows
        .live(call.id(), key)
        .flatMap(live -> workflows.version(call.id(), key, live.version()))
        .map(
            workflow ->
                ServingView.of(
                    call.environment(),
                    workflow,
                    active,
                    call.of(contents)
                        .find(call.id(), new ContentId(ContentType.WORKFLOW, key.value()))))
        .map(view -> HttpResponse.ok(Json.object().with("workflow", view)))
        .orElseThrow(ErrorCode.WORKFLOW_MISSING::refused);
  }

  /** What is on a branch as it began has the status that it has in the environment. */
  private static RuntimeException missing(ManagementCall call) {
    return call.branch().isEmpty()
        ? ErrorCode.WORKFLOW_MISSING.refused()
        : ErrorCode.WORKFLOW_MISSING.at(
            "key", "must be that of a workflow that was committed on the branch");
  }

  /**
   * Runs what serves, or what was committed on the branch, for a few recipients: as a trigger
   * would, messages and all.
   */
  HttpResponse run(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, Set.of("data"));
    EnvironmentId environment = call.environment().id();
    var naming = new RecipientReader(new IdentificationReader(() -> channels.all(environment)));
    var asked = TriggerRequest.of(request.fields(), naming);
    if (asked.recipients().size() > MOST_RECIPIENTS) {
      throw ErrorCode.INVALID_PARAMS.at(
          "recipients", "must be at most " + MOST_RECIPIENTS + " for a run that is a test");
    }
    return TriggerAnswer.of(
        trigger.handle(
            new TriggerWorkflow.Command(
                environment,
                key(request),
                asked,
                TriggerWorkflow.Cause.ofCall(
                    request.id(), call.branch().map(Branch::id), Optional.empty()),
                Optional.empty())),
        "key",
        "workflow_run_id");
  }

  private static WorkflowKey key(HttpRequest request) {
    if (!WorkflowKey.isValid(request.pathParameter("key"))) {
      throw ErrorCode.WORKFLOW_MISSING.refused();
    }
    return new WorkflowKey(request.pathParameter("key"));
  }
}
