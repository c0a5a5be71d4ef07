package dev.carillon.functions.api.audit;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.util.Optional;

/**
 * Something that must never be. The codes are names that stay the same:
 *
 * <ul>
 *   <li>{@code not_listed}: it waits, but nothing would wake it
 *   <li>{@code overdue}: it waits, though it was to go on minutes ago
 *   <li>{@code stalled}: it has been on its way for too long, or so has the fan-out of its trigger
 *   <li>{@code message_missing}: its run made a message that is not there
 *   <li>{@code not_accepted}: there is a run for somebody whom the trigger does not reach
 * </ul>
 *
 * @param recipient empty for what concerns the whole trigger
 */
record Violation(String code, TriggerId trigger, Optional<RecipientId> recipient, String sentence) {
  Json.Obj json() {
    return Json.object()
        .with("code", code)
        .with("workflow_run_id", trigger.toString())
        .with(
            "workflow_recipient_run_id",
            Json.ofNullable(recipient.map(it -> RunId.of(trigger, it).toString())))
        .with("recipient", recipient.map(RecipientId::reference).orElse(Json.NULL))
        .with("sentence", sentence);
  }
}
