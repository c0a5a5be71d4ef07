package dev.carillon.batch;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.Optional;

/**
 * What one run brings into a batch. There is one for each run, however often it is brought.
 *
 * @param id a KSUID of the trigger's time and the run: as texts, activities order by their triggers
 * @param recipient whose run it is
 * @param cancellable whether the run's trigger has a cancellation key, so that it may be cancelled
 *     while the batch is open
 * @param data the run's data where a step had changed it; empty while it is what the trigger says,
 *     which is stored once. What a closed batch shows has it whole in either case.
 */
public record Activity(
    String id,
    RunId run,
    TriggerId trigger,
    RecipientId recipient,
    Optional<RecipientId> actor,
    Instant at,
    boolean cancellable,
    Json.Obj data) {

  /** With this for its data. */
  public Activity with(Json.Obj other) {
    return new Activity(id, run, trigger, recipient, actor, at, cancellable, other);
  }

  /** What names it and its run, for where the data would weigh too much. */
  public Activity withoutData() {
    return new Activity(id, run, trigger, recipient, actor, at, cancellable, Json.Obj.EMPTY);
  }
}
