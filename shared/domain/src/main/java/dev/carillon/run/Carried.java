package dev.carillon.run;

import dev.carillon.batch.Collected;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.Trigger;
import java.util.Optional;

/**
 * What a run carries along beside what its trigger says, and what of its trigger whoever lists runs
 * should not have to look up.
 *
 * @param via the object through whose subscription it reached its recipient; empty when the trigger
 *     names the recipient
 * @param data its data, once a step has changed it; empty while it is the trigger's
 * @param batch what its last batch collected; empty before there was one
 * @param source what made its trigger
 */
public record Carried(
    Optional<RecipientId> via,
    Optional<Json.Obj> data,
    Optional<Collected> batch,
    Trigger.Source source) {

  public static final Carried NOTHING =
      new Carried(Optional.empty(), Optional.empty(), Optional.empty(), new Trigger.Source.Api());

  public Carried withVia(RecipientId object) {
    return new Carried(Optional.of(object), data, batch, source);
  }

  public Carried withData(Json.Obj changed) {
    return new Carried(via, Optional.of(changed), batch, source);
  }

  public Carried withBatch(Collected collected) {
    return new Carried(via, data, Optional.of(collected), source);
  }

  public Carried from(Trigger.Source made) {
    return new Carried(via, data, batch, made);
  }
}
