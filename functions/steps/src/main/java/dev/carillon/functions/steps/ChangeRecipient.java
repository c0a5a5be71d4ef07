package dev.carillon.functions.steps;

import dev.carillon.event.PublishEvents;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.SkipReason;
import dev.carillon.run.decision.Move;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Merges properties into somebody. Run and step are the cause, so that a step taken again, late,
 * does not undo what came after it.
 */
final class ChangeRecipient {
  private final Recipients recipients;
  private final PublishEvents tell;

  ChangeRecipient(Recipients recipients, PublishEvents tell) {
    this.recipients = recipients;
    this.tell = tell;
  }

  StepResult change(Move.Identify move, Run run, StepLog log) {
    String cause = run.id() + "#" + log.step().ref().value();
    Json.Obj data =
        Json.object().with("recipient", move.whom().reference()).with("set", move.properties());
    Identification said = said(move.properties());
    return switch (recipients.identify(run.environment(), move.whom(), said, cause, log.now())) {
      case Identified.Merged _ -> {
        tell.ofRecipient(run.environment(), move.whom(), said, cause);
        yield new StepResult.Continue(log.done(run, RunEvent.RECIPIENT_UPDATED, data));
      }
      case Identified.TooLarge(var bytes) ->
          log.skipped(
              run,
              SkipReason.RECIPIENT_TOO_LARGE,
              false,
              Json.object()
                  .with("recipient", move.whom().reference())
                  .with("bytes", Json.of(bytes)));
    };
  }

  /**
   * Preference sets stand among the properties, as in a call that identifies. Channel data cannot
   * be set by a step.
   */
  private static Identification said(Json.Obj properties) {
    Map<String, Json.Obj> sets = new LinkedHashMap<>();
    properties
        .object("preferences")
        .fields()
        .forEach(
            (id, set) -> {
              if (set instanceof Json.Obj object) {
                sets.put(id, object);
              }
            });
    Json.Obj own = properties;
    for (String name : Identification.RESERVED) {
      own = own.without(name);
    }
    return new Identification(own, Optional.<Instant>empty(), sets, Map.of());
  }
}
