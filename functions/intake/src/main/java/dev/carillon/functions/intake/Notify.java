package dev.carillon.functions.intake;

import dev.carillon.accept.TriggerRequest;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The older form of triggering and cancelling, which integrations built before the other one still
 * use: {@code POST /v1/notify} and {@code POST /v1/notify/cancel} have the workflow's key in their
 * body, as {@code name}, and name recipients and actor without saying anything about them.
 */
final class Notify {
  private static final String NAME = "name";
  private static final String RECIPIENTS = "recipients";

  private Notify() {}

  /**
   * What the body asks to trigger.
   *
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  static TriggerRequest trigger(RequestFields body) {
    body.only(Set.of(NAME, RECIPIENTS, "actor", "data", "cancellation_key"));
    List<Trigger.Named> recipients =
        body.required(RECIPIENTS).list(1, Limits.RECIPIENTS).stream()
            .map(Notify::named)
            .distinct()
            .toList();
    return new TriggerRequest(
        recipients,
        body.optional("actor").map(Notify::named),
        Optional.empty(),
        TriggerRequest.data(body),
        TriggerRequest.cancellationKey(body),
        Trigger.Settings.NONE);
  }

  /**
   * The body of the other form of cancelling that says the same.
   *
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  static CancelRequest cancel(RequestFields body) {
    return CancelRequest.of(body, Set.of(NAME));
  }

  /** Of the workflow that the body names. */
  static WorkflowKey workflow(RequestFields body) {
    return TriggerCalls.workflow(NAME, body.required(NAME).text());
  }

  private static Trigger.Named named(RequestValue reference) {
    return new Trigger.Named(
        RecipientReader.reference(reference), Optional.empty(), Json.Obj.EMPTY);
  }
}
