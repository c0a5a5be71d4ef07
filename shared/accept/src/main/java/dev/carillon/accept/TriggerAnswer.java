package dev.carillon.accept;

import dev.carillon.accept.TriggerWorkflow.Answer;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpResponse;
import dev.carillon.json.Json;
import dev.carillon.trigger.TriggerId;

/** What a client is told of a trigger. */
public final class TriggerAnswer {
  private TriggerAnswer() {}

  /**
   * @param named the field that names the workflow
   * @param id the field that says the trigger's id
   * @throws ApiException when it was not accepted
   */
  public static HttpResponse of(Answer answer, String named, String id) {
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
      case Answer.Expired() ->
          throw ErrorCode.INVALID_PARAMS.at("expires_at", "must be in the future");
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
