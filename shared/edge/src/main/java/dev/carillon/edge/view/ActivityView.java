package dev.carillon.edge.view;

import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import java.util.Optional;

/** What a message is about: a trigger with its actor. A message is about one, as yet. */
public final class ActivityView {
  private ActivityView() {}

  /**
   * @param recipient the recipient as {@link RecipientView} shows it
   * @param actor likewise; empty when the trigger named none
   */
  public static Json.Obj of(
      Message message, Json.Obj recipient, Optional<Json.Obj> actor, Json.Obj data) {
    return Json.object()
        .with("__typename", "Activity")
        .with("id", Ksuid.of(message.insertedAt(), Digest.of("activity", message.id().value())))
        .with("actor", actor.<Json>map(it -> it).orElse(Json.NULL))
        .with("recipient", recipient)
        .with("data", data)
        .with("inserted_at", Times.of(message.insertedAt()))
        .with("updated_at", Times.of(message.insertedAt()));
  }
}
