package dev.carillon.run;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import java.util.Optional;

/**
 * What a run carries along that its trigger does not say.
 *
 * @param via the object through whose subscription it reached its recipient; empty when the trigger
 *     names the recipient
 * @param data its data, once a step has changed it; empty while it is the trigger's
 * @param batch what its last batch collected; empty before there was one
 */
public record Carried(
    Optional<RecipientId> via, Optional<Json.Obj> data, Optional<Collected> batch) {

  public static final Carried NOTHING =
      new Carried(Optional.empty(), Optional.empty(), Optional.empty());

  public Carried withVia(RecipientId object) {
    return new Carried(Optional.of(object), data, batch);
  }

  public Carried withData(Json.Obj changed) {
    return new Carried(via, Optional.of(changed), batch);
  }

  public Carried withBatch(Collected collected) {
    return new Carried(via, data, Optional.of(collected));
  }
}
