package dev.carillon.functions.intake;

import static dev.carillon.edge.Routes.Access.SECRET_KEY;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.Routes;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.intake.TriggerWorkflow.Answer;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.storage.Stores;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers.Idempotency;
import dev.carillon.workflow.WorkflowKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The function behind {@code POST /v1/workflows/{key}/trigger} and {@code …/cancel}, and their
 * older forms.
 */
public final class IntakeHandler implements RequestStreamHandler {
  private final Routes routes;

  /** Lambda's door. */
  public IntakeHandler() {
    this(Environment.ofProcess());
  }

  public IntakeHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** The tests' door. */
  public IntakeHandler(Ports ports) {
    this.routes = new IntakeWiring(ports).routes();
  }

  /** Adds the function's routes. */
  static Routes on(Routes routes, TriggerWorkflow trigger, CancelRuns cancel, Channels channels) {
    return routes
        .on(
            "POST /v1/workflows/{key}/trigger",
            SECRET_KEY,
            (request, environment) ->
                answer(
                    trigger.handle(command(request, environment, channels)),
                    "key",
                    "workflow_run_id"))
        .on(
            "POST /v1/workflows/{key}/cancel",
            SECRET_KEY,
            (request, environment) -> {
              WorkflowKey workflow = workflow(request);
              CancelRequest body = CancelRequest.of(request.fields());
              cancel.handle(environment, workflow, body.cancellationKey(), body.recipients());
              return HttpResponse.noContent();
            })
        .on(
            "POST /v1/notify",
            SECRET_KEY,
            (request, environment) ->
                answer(
                    trigger.handle(
                        new TriggerWorkflow.Command(
                            environment,
                            Notify.workflow(request.fields()),
                            Notify.trigger(request.fields()),
                            request.id(),
                            Optional.empty())),
                    "name",
                    "result_id"))
        .on(
            "POST /v1/notify/cancel",
            SECRET_KEY,
            (request, environment) -> {
              CancelRequest body = Notify.cancel(request.fields());
              cancel.handle(
                  environment,
                  Notify.workflow(request.fields()),
                  body.cancellationKey(),
                  body.recipients());
              return HttpResponse.noContent();
            });
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    routes.handle(event, out);
  }

  private static TriggerWorkflow.Command command(
      HttpRequest request, EnvironmentId environment, Channels channels) {
    WorkflowKey workflow = workflow(request);
    var body = request.fields();
    var idempotency =
        request
            .idempotencyKey()
            .map(
                key ->
                    new Idempotency(
                        key,
                        Digest.of(workflow.value(), JsonText.write(body.json())).hex(),
                        request.id()));
    return new TriggerWorkflow.Command(
        environment,
        workflow,
        TriggerRequest.of(
            body, new RecipientReader(new IdentificationReader(() -> channels.all(environment)))),
        request.id(),
        idempotency);
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

  /**
   * @param named the field that names the workflow
   * @param id the field that says the trigger's id
   */
  private static HttpResponse answer(Answer answer, String named, String id) {
    return switch (answer) {
      case Answer.Accepted(var trigger) -> HttpResponse.ok(body(id, trigger));
      case Answer.Repeated(var trigger, var originalRequestId) ->
          HttpResponse.ok(body(id, trigger))
              .with("idempotent-replayed", "true")
              .with("original-x-request-id", originalRequestId);
      case Answer.Conflicting() ->
          throw ErrorCode.IDEMPOTENCY_MISMATCH.at(
              "Idempotency-Key", "was used with different parameters");
      case Answer.NoSuchWorkflow() ->
          throw ErrorCode.WORKFLOW_MISSING.at(named, "There is no workflow with this key.");
      case Answer.Inactive() -> throw ErrorCode.WORKFLOW_INACTIVE.refused();
      case Answer.NoSuchActor() ->
          throw ErrorCode.ACTOR_MISSING.at("actor", "Nobody with this id has been identified.");
      case Answer.InvalidData(var problems) ->
          throw new ApiException(
              ErrorCode.INVALID_PARAMS,
              problems.stream()
                  .map(it -> new ApiException.Field(below("data", it.path()), it.sentence()))
                  .toList());
    };
  }

  private static String below(String field, String path) {
    return path.isEmpty() ? field : field + (path.startsWith("[") ? "" : ".") + path;
  }

  private static Json body(String id, TriggerId trigger) {
    return Json.object().with(id, trigger.toString());
  }
}
