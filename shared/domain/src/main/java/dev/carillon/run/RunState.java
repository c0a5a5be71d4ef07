package dev.carillon.run;

import dev.carillon.batch.Collected;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.Trigger;
import java.util.Optional;

/**
 * What a run carries along beside what its trigger says, and what of its trigger a list of runs
 * should not have to look up.
 *
 * @param via the object through whose subscription it reached its recipient; empty when the trigger
 *     names the recipient
 * @param data its data, once a step has changed it; empty while it is the trigger's
 * @param batch what its last batch collected; empty before there was one
 * @param source what made its trigger
 */
public record RunState(
    Optional<RecipientId> via,
    Optional<Json.Obj> data,
    Optional<Collected> batch,
    Trigger.Source source) {

  public static final RunState NOTHING =
      new RunState(Optional.empty(), Optional.empty(), Optional.empty(), new Trigger.Source.Api());

  /** The same without what it knew: by what way it came, and from where. */
  public RunState forgetting() {
    return new RunState(via, Optional.empty(), Optional.empty(), source);
  }

  public RunState withVia(RecipientId object) {
    return new RunState(Optional.of(object), data, batch, source);
  }

  public RunState withData(Json.Obj changed) {
    return new RunState(via, Optional.of(changed), batch, source);
  }

  public RunState withBatch(Collected collected) {
    return new RunState(via, data, Optional.of(collected), source);
  }

  public RunState from(Trigger.Source made) {
    return new RunState(via, data, batch, made);
  }
}
