package dev.carillon.functions.management.broadcasts;

import dev.carillon.authoring.Bare;
import dev.carillon.authoring.ContentChecks;
import dev.carillon.authoring.ContentProblem;
import dev.carillon.channel.Channel;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.view.CompleteContent;
import dev.carillon.functions.management.content.TypedSteps;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the author of a broadcast wrote.
 *
 * @param written without what answers say beside it, and without fields that say nothing
 */
record BroadcastContent(Json.Obj written) {
  private static final String AUDIENCE = "target_audience_key";
  private static final String SCHEDULED_AT = "scheduled_at";
  private static final String LANGUAGE = "template_language";
  private static final String SETTINGS = "settings";
  private static final String STEPS = "steps";

  /** What answers say of a broadcast beside what they say of any content. */
  private static final List<String> ANSWERED =
      List.of("status", "sent_at", "sending_at", "members_count");

  /** What it has of a workflow. */
  private static final List<String> OF_WORKFLOW =
      List.of("name", "description", "categories", SETTINGS, STEPS, LANGUAGE);

  private static final Set<String> STEP_TYPES =
      Set.of("channel", "delay", "branch", "random_cohort");

  /** Knock: what is sent to an audience is commercial unless it says it is not. */
  private static final Json.Obj STANDARD_SETTINGS =
      Json.object().with("is_commercial", Json.TRUE).with("override_preferences", Json.FALSE);

  /**
   * That of a body; templates whose language nobody names are Liquid, steps that name a channel are
   * of its type.
   */
  static BroadcastContent of(RequestValue body, Function<String, Optional<Channel>> channels) {
    Json.Obj said =
        CompleteContent.of(
            ContentType.WORKFLOW, TypedSteps.of(Bare.answered(body.object().json()), channels));
    var written = new LinkedHashMap<>(said.fields());
    written.keySet().removeAll(ANSWERED);
    written.putIfAbsent(LANGUAGE, Json.of("liquid"));
    var content = new BroadcastContent(new Json.Obj(written));
    var fields = RequestFields.of(content.written(), body.path());
    fields.optional(SCHEDULED_AT).ifPresent(RequestValue::instant);
    fields.optional(AUDIENCE).ifPresent(RequestValue::text);
    return content;
  }

  /** The audience it goes to; empty while its author has named none. */
  Optional<String> audience() {
    return written.text(AUDIENCE).filter(key -> !key.isBlank());
  }

  /** When its author wants it sent; empty when nothing was said of it. */
  Optional<Instant> scheduledAt() {
    return RequestFields.of(written, "").optional(SCHEDULED_AT).map(RequestValue::instant);
  }

  Json.Obj settings() {
    return STANDARD_SETTINGS.merged(written.object(SETTINGS));
  }

  /** The file of the workflow that is run of it. */
  Json.Obj workflow() {
    Json.Obj source = Json.object();
    for (String field : OF_WORKFLOW) {
      Optional<Json> value = written.get(field);
      source = value.isPresent() ? source.with(field, value.get()) : source;
    }
    return written.get(SETTINGS).map(it -> it instanceof Json.Obj).orElse(true)
        ? source.with(SETTINGS, settings())
        : source;
  }

  VersionId version() {
    return WorkflowReader.version(workflow());
  }

  /** All that is wrong with it, by itself and with what it uses. */
  List<ContentProblem> problems(String key, ContentChecks checks) {
    return and(checks.problems(new ContentId(ContentType.WORKFLOW, key), workflow()));
  }

  /** As {@link #problems}, but layouts and partials that are not there yet may still come. */
  List<ContentProblem> ownProblems(String key, ContentChecks checks) {
    return and(checks.ownProblems(new ContentId(ContentType.WORKFLOW, key), workflow()));
  }

  private List<ContentProblem> and(List<ContentProblem> ofWorkflow) {
    var problems = new ArrayList<>(ofWorkflow);
    length("name", 1, Limits.BROADCAST_NAME_CHARACTERS, problems);
    if (written.get("description").isPresent()) {
      length("description", 0, Limits.BROADCAST_DESCRIPTION_CHARACTERS, problems);
    }
    for (String field : written.fields().keySet()) {
      if (field.equals("goal_attachment")) {
        problems.add(new ContentProblem(field, "Goals are not supported yet."));
      } else if (!OF_WORKFLOW.contains(field)
          && !field.equals(AUDIENCE)
          && !field.equals(SCHEDULED_AT)) {
        problems.add(new ContentProblem(field, "A broadcast has no such field."));
      }
    }
    steps(STEPS, written.list(STEPS), problems);
    return List.copyOf(problems);
  }

  private void length(String field, int least, int most, List<ContentProblem> problems) {
    int characters =
        written.text(field).map(text -> text.codePointCount(0, text.length())).orElse(-1);
    if (characters < least || characters > most) {
      problems.add(
          new ContentProblem(
              field, "This must be a text of %d to %d characters.".formatted(least, most)));
    }
  }

  private static void steps(String path, List<Json> steps, List<ContentProblem> problems) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Json.Obj step) {
        String at = path + "[" + i + "]";
        String type = step.text("type").orElse("");
        if (!type.isEmpty() && !STEP_TYPES.contains(type)) {
          problems.add(
              new ContentProblem(
                  at + ".type", "A broadcast has channel, delay, branch and random_cohort steps."));
        }
        for (String ways : List.of("branches", "cohort_branches")) {
          List<Json> all = step.list(ways);
          for (int way = 0; way < all.size(); way++) {
            if (all.get(way) instanceof Json.Obj holder) {
              steps(at + "." + ways + "[" + way + "]." + STEPS, holder.list(STEPS), problems);
            }
          }
        }
      }
    }
  }
}
