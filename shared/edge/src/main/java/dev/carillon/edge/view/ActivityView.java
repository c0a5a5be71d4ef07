package dev.carillon.edge.view;

import dev.carillon.batch.Activity;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a message is about: a trigger with its actor, or those that a batch collected. */
public final class ActivityView {
  private ActivityView() {}

  /**
   * What the message is about, oldest first; of a batch those that templates saw. Files in the data
   * are left out.
   *
   * @param people recipients and actors as {@link RecipientView} shows them
   */
  public static List<Json.Obj> all(
      Message message, MessageContent content, Function<RecipientId, Json.Obj> people) {
    return content
        .batch()
        .map(batch -> batch.activities().stream().map(activity -> of(activity, people)).toList())
        .orElseGet(() -> List.of(of(message, content, people)));
  }

  private static Json.Obj of(
      Message message, MessageContent content, Function<RecipientId, Json.Obj> people) {
    return of(
        Ksuid.of(message.insertedAt(), Digest.of("activity", message.id().value())),
        message.actors().stream().findFirst(),
        message.recipient(),
        content.data(),
        message.insertedAt(),
        people);
  }

  private static Json.Obj of(Activity activity, Function<RecipientId, Json.Obj> people) {
    return of(
        activity.id(),
        activity.actor(),
        activity.recipient(),
        activity.data(),
        activity.at(),
        people);
  }

  private static Json.Obj of(
      String id,
      Optional<RecipientId> actor,
      RecipientId recipient,
      Json.Obj data,
      Instant at,
      Function<RecipientId, Json.Obj> people) {
    var activity = Json.object().with("__typename", "Activity").with("id", id);
    // Knock's document lets it be absent, and reads as if null were none of its values.
    return actor
        .map(it -> activity.with("actor", people.apply(it)))
        .orElse(activity)
        .with("recipient", people.apply(recipient))
        .with("data", WithoutFiles.of(data))
        .with("inserted_at", Times.of(at))
        .with("updated_at", Times.of(at));
  }
}
