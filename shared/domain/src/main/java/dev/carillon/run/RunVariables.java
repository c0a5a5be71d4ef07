package dev.carillon.run;

import dev.carillon.batch.Activity;
import dev.carillon.batch.Collected;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleOccurrences;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the templates and conditions of a run see. Keys of the run's data are in scope at the top as
 * well as below {@code data}; the names of the scope itself come first.
 */
public final class RunVariables {
  private RunVariables() {}

  /** What a run is seen as. */
  private record About(RunContext context, Run run, Json.Obj data) {
    Participants people() {
      return context.participants();
    }
  }

  /**
   * What templates and conditions of the run see.
   *
   * @param data the run's data as it is to be seen
   */
  public static Json.Obj of(RunContext context, Run run, Json.Obj data, Instant now) {
    return of(new About(context, run, data), now);
  }

  private static Json.Obj of(About about, Instant now) {
    Json actor = about.people().actor().<Json>map(RunVariables::person).orElse(Json.NULL);
    Happened happened =
        about
            .run()
            .carried()
            .batch()
            .map(batch -> collected(batch, about))
            .orElseGet(() -> single(about, actor));
    var scope = new LinkedHashMap<>(about.data().fields());
    scope.put("data", about.data());
    scope.put("recipient", recipient(about));
    scope.put("actor", actor);
    scope.put("actors", Json.array(happened.actors()));
    scope.put("activities", Json.array(happened.activities()));
    scope.put("total_activities", Json.of(happened.totalActivities()));
    scope.put("total_actors", Json.of(happened.totalActors()));
    scope.put("tenant", about.people().tenant().<Json>map(RunVariables::tenant).orElse(Json.NULL));
    scope.put("vars", vars(about));
    scope.put("workflow", workflow(about));
    scope.put("refs", refs(about.run().outcomes()));
    scope.put(
        "run",
        Json.object()
            .with("id", about.run().id().toString())
            .with("total_activities", Json.of(happened.totalActivities()))
            .with("total_actors", Json.of(happened.totalActors())));
    scope.put("timestamp", Json.of(now.toString()));
    return new Json.Obj(scope);
  }

  /** The scope of a template: with the message that is about to be made. */
  public static Json.Obj withMessage(Json.Obj scope, String messageId, Instant now) {
    return scope.with(
        "current_message",
        Json.object()
            .with("id", messageId)
            .with("inserted_at", now.toString())
            .with("updated_at", now.toString()));
  }

  /** A user or object as templates see it: its properties beside what names it. */
  public static Json.Obj person(Recipient recipient) {
    return recipient
        .properties()
        .merged(reference(recipient.id()))
        .with("created_at", Json.ofNullable(recipient.createdAt().map(Instant::toString)))
        .with("updated_at", recipient.updatedAt().toString());
  }

  static Json.Obj reference(RecipientId id) {
    Json.Obj typed =
        Json.object().with("__typename", id.isUser() ? "User" : "Object").with("id", id.id());
    return id.isUser() ? typed : typed.with("collection", id.collection());
  }

  private static Json.Obj recipient(About about) {
    Json.Obj recipient =
        about
            .people()
            .recipient()
            .map(RunVariables::person)
            .orElseGet(() -> reference(about.run().recipient()));
    if (about.people().subscription().isPresent()) {
      Participants.Reached reached = about.people().subscription().get();
      Json.Obj object =
          reached
              .object()
              .map(RunVariables::person)
              .orElseGet(() -> reference(reached.subscription().object()));
      recipient =
          recipient.with(
              "subscription", reached.subscription().properties().with("object", object));
    }
    if (about.context().schedule().isPresent()) {
      recipient = recipient.with("schedule", schedule(about.context()));
    }
    return about.people().recipient().isPresent()
        ? recipient.with("preferences", about.context().preferenceSets().resolved())
        : recipient;
  }

  /**
   * The schedule as it stands once it has occurred, even while it is about to be moved on: the run
   * may be quicker than that.
   */
  private static Json.Obj schedule(RunContext context) {
    Schedule stored = context.schedule().orElseThrow();
    Instant occurrence = context.trigger().id().time();
    Schedule schedule =
        stored.next().filter(next -> !next.isAfter(occurrence)).isEmpty()
            ? stored
            : stored.occurred(
                occurrence, ScheduleOccurrences.next(stored, occurrence, context.zone().zone()));
    return Json.object()
        .with("id", schedule.id().toString())
        .with("last_occurrence_at", Json.ofNullable(schedule.last().map(Instant::toString)))
        .with("next_occurrence_at", Json.ofNullable(schedule.next().map(Instant::toString)));
  }

  static Json.Obj tenant(Recipient tenant) {
    return person(tenant).without("collection").with("__typename", "Tenant");
  }

  /** The variables; a tenant's branding lies over that of the environment. */
  private static Json.Obj vars(About about) {
    Json.Obj vars = about.context().environment().variables().all();
    Json.Obj branding =
        about
            .people()
            .tenant()
            .map(tenant -> tenant.properties().object("settings").object("branding"))
            .orElse(Json.Obj.EMPTY);
    return branding.fields().isEmpty()
        ? vars
        : vars.with("branding", vars.object("branding").merged(branding));
  }

  /** What there is to be told of: one activity, or what a batch collected. */
  private record Happened(
      List<Json.Obj> activities, int totalActivities, List<Json> actors, int totalActors) {}

  private static Happened single(About about, Json actor) {
    List<Json> actors = about.people().actor().isPresent() ? List.of(actor) : List.of();
    Instant at = about.context().trigger().id().time();
    return new Happened(
        List.of(
            activity(
                activityId(about.run().trigger(), about.run().id()),
                at,
                actor,
                recipient(about),
                about.data())),
        1,
        actors,
        actors.size());
  }

  private static Happened collected(Collected batch, About about) {
    return new Happened(
        batch.activities().stream().map(activity -> activity(activity, about)).toList(),
        batch.totalActivities(),
        batch.actors().stream().map(id -> actor(id, about)).toList(),
        batch.totalActors());
  }

  private static Json.Obj activity(Activity activity, About about) {
    Json actor = activity.actor().map(id -> actor(id, about)).orElse(Json.NULL);
    Json.Obj recipient =
        activity.recipient().equals(about.run().recipient())
            ? recipient(about)
            : reference(activity.recipient());
    return activity(activity.id(), activity.at(), actor, recipient, activity.data());
  }

  private static Json actor(RecipientId id, About about) {
    Recipient known = about.people().batchActors().get(id);
    return known == null ? reference(id) : person(known);
  }

  private static Json.Obj activity(
      String id, Instant at, Json actor, Json.Obj recipient, Json.Obj data) {
    return data.with("id", id)
        .with("actor", actor)
        .with("recipient", recipient)
        .with("data", data)
        .with("inserted_at", at.toString())
        .with("updated_at", at.toString());
  }

  /** The id of what a run brings into a batch: activities order by their triggers' times. */
  public static String activityId(TriggerId trigger, RunId run) {
    return Ksuid.of(trigger.time(), Digest.of("activity", run.toString()));
  }

  private static Json.Obj refs(Map<StepRef, StepOutcome> outcomes) {
    var refs = new LinkedHashMap<String, Json>();
    outcomes.forEach(
        (ref, outcome) -> {
          if (outcome instanceof StepOutcome.Awaited(var matched, var variables)) {
            refs.put(
                ref.value(),
                Json.object()
                    .with("matched", Json.of(matched))
                    .with("signal_variables", variables));
          }
        });
    return new Json.Obj(refs);
  }

  private static Json.Obj workflow(About about) {
    Workflow workflow = about.context().workflow();
    Json.Obj settings = workflow.source().object("settings");
    return Json.object()
        .with("id", workflow.version().toString())
        .with("key", workflow.key().plain())
        .with("name", workflow.name())
        .with("categories", Json.texts(workflow.categories()))
        .with("commercial", settings.fields().getOrDefault("is_commercial", Json.FALSE))
        .with(
            "override_preferences",
            settings.fields().getOrDefault("override_preferences", Json.FALSE))
        .with("cancellation_key", Json.ofNullable(about.run().cancellationKey()));
  }
}
