package dev.carillon.run;

import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the templates and conditions of a run see. Keys of the trigger's data are in scope at the
 * top as well as below {@code data}; the names of the scope itself come first.
 */
public final class Scope {
  private Scope() {}

  /** Everybody and everything that a run is about. */
  public record About(
      Workflow workflow,
      RunId run,
      Instant triggeredAt,
      Json.Obj data,
      RecipientId recipientId,
      Optional<Recipient> recipient,
      Optional<Recipient> actor,
      Optional<Recipient> tenant,
      Optional<String> cancellationKey,
      Json.Obj vars) {}

  public static Json.Obj of(About about, Instant now) {
    Json actor = about.actor().<Json>map(Scope::person).orElse(Json.NULL);
    List<Json> actors = about.actor().map(Scope::person).map(List::<Json>of).orElse(List.of());
    return about
        .data()
        .with("data", about.data())
        .with(
            "recipient",
            about.recipient().map(Scope::person).orElseGet(() -> reference(about.recipientId())))
        .with("actor", actor)
        .with("actors", Json.array(actors))
        .with("activities", Json.array(List.of(activity(about, actor))))
        .with("total_activities", Json.of(1))
        .with("total_actors", Json.of(actors.size()))
        .with("tenant", about.tenant().<Json>map(Scope::tenant).orElse(Json.NULL))
        .with("vars", about.vars())
        .with("workflow", workflow(about))
        .with(
            "run",
            Json.object()
                .with("id", about.run().toString())
                .with("total_activities", Json.of(1))
                .with("total_actors", Json.of(actors.size())))
        .with("timestamp", now.toString());
  }

  /** The scope of a template: with the message that is about to be made. */
  public static Json.Obj withMessage(Json.Obj scope, String messageId, Instant now) {
    return scope.with(
        "current_message", Json.object().with("id", messageId).with("inserted_at", now.toString()));
  }

  /** A user or object as templates see it: its properties beside what names it. */
  public static Json.Obj person(Recipient recipient) {
    return recipient
        .properties()
        .merged(reference(recipient.id()))
        .with("created_at", Json.ofNullable(recipient.createdAt().map(Instant::toString)))
        .with("updated_at", recipient.updatedAt().toString());
  }

  private static Json.Obj reference(RecipientId id) {
    Json.Obj typed =
        Json.object().with("__typename", id.isUser() ? "User" : "Object").with("id", id.id());
    return id.isUser() ? typed : typed.with("collection", id.collection());
  }

  private static Json.Obj tenant(Recipient tenant) {
    return person(tenant).without("collection").with("__typename", "Tenant");
  }

  private static Json.Obj activity(About about, Json actor) {
    String id = Ksuid.of(about.triggeredAt(), Digest.of("activity", about.run().toString()));
    return about
        .data()
        .with("id", id)
        .with("actor", actor)
        .with("data", about.data())
        .with("inserted_at", about.triggeredAt().toString())
        .with("updated_at", about.triggeredAt().toString());
  }

  private static Json.Obj workflow(About about) {
    Workflow workflow = about.workflow();
    Json.Obj settings = workflow.source().object("settings");
    return Json.object()
        .with("id", workflow.version().toString())
        .with("key", workflow.key().value())
        .with("name", workflow.name())
        .with("categories", Json.texts(workflow.categories()))
        .with("commercial", settings.fields().getOrDefault("is_commercial", Json.FALSE))
        .with(
            "override_preferences",
            settings.fields().getOrDefault("override_preferences", Json.FALSE))
        .with("cancellation_key", Json.ofNullable(about.cancellationKey()));
  }
}
