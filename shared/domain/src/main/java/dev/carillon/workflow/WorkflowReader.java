package dev.carillon.workflow;

import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Delay;
import dev.carillon.workflow.Step.Period;
import dev.carillon.workflow.Step.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads a workflow from Knock's file form. What this version cannot do is refused here, by name,
 * rather than ignored when it runs.
 */
public final class WorkflowReader {
  /** Knock's limit on a delay. */
  static final int MAX_DELAY_DAYS = 365;

  private final List<Problem> problems = new ArrayList<>();

  private WorkflowReader() {}

  public sealed interface Read {
    record Ok(Workflow workflow) implements Read {}

    /** At least one problem; all that were found. */
    record Refused(List<Problem> problems) implements Read {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * @param source a {@code workflow.json} whose {@code "field@"} files have been read in
   */
  public static Read read(WorkflowKey key, Json.Obj source) {
    var reader = new WorkflowReader();
    Workflow workflow = reader.workflow(key, source);
    return reader.problems.isEmpty() ? new Read.Ok(workflow) : new Read.Refused(reader.problems);
  }

  /**
   * The version that this content is: the same for equal content, whatever the order of its keys.
   */
  public static VersionId version(Json.Obj source) {
    var parts = new ArrayList<String>();
    flatten(source.without("__readonly").without("$schema"), parts);
    return new VersionId(Digest.of(parts.toArray(String[]::new)).uuid());
  }

  private static void flatten(Json json, List<String> parts) {
    switch (json) {
      case Json.Obj(var fields) -> {
        parts.add("{");
        new TreeMap<>(fields)
            .forEach(
                (key, value) -> {
                  // Marked, so that a key named "}" is not taken for the end of the object.
                  parts.add(":" + key);
                  flatten(value, parts);
                });
        parts.add("}");
      }
      case Json.Arr(var items) -> {
        parts.add("[");
        items.forEach(item -> flatten(item, parts));
        parts.add("]");
      }
      case Json.Str(var value) -> parts.add("\"" + value);
      case Json.Num(var value) -> parts.add(value.stripTrailingZeros().toString());
      case Json.Bool(var value) -> parts.add(Boolean.toString(value));
      case Json.Null() -> parts.add("null");
    }
  }

  private Workflow workflow(WorkflowKey key, Json.Obj source) {
    Optional<StepRef> none = Optional.empty();
    var categories = new ArrayList<String>();
    must(none, source, "categories", "Categories are a list.", value -> value instanceof Json.Arr);
    for (Json category : source.list("categories")) {
      if (category instanceof Json.Str(var name)) {
        categories.add(name);
      } else {
        problem(none, "categories", "Each category is a text.");
      }
    }
    must(
        none,
        source,
        "trigger_data_json_schema",
        "A schema is an object.",
        value -> value instanceof Json.Obj);
    must(none, source, "name", "A name is a text.", value -> value instanceof Json.Str);
    must(none, source, "trigger_frequency", "A frequency is a text.", it -> it instanceof Json.Str);
    settings(source);
    String frequency = source.text("trigger_frequency").orElse("every_trigger");
    if (!frequency.equals("every_trigger")) {
      problem(none, "trigger_frequency", "\"" + frequency + "\" is not supported yet.");
    }
    Conditions conditions = conditions(none, Place.TRIGGER, source);
    return new Workflow(
        key,
        version(source),
        source.text("name").orElse(key.value()),
        categories,
        conditions,
        steps(source),
        source);
  }

  private void settings(Json.Obj source) {
    Optional<StepRef> none = Optional.empty();
    must(none, source, "settings", "Settings are an object.", value -> value instanceof Json.Obj);
    for (String name : List.of("is_commercial", "override_preferences")) {
      Json value = source.object("settings").fields().getOrDefault(name, Json.NULL);
      if (!(value instanceof Json.Bool || value instanceof Json.Null)) {
        problem(none, "settings." + name, "This is true or false.");
      }
    }
  }

  private List<Step> steps(Json.Obj source) {
    if (!(source.fields().get("steps") instanceof Json.Arr(var items)) || items.isEmpty()) {
      problem(Optional.empty(), "steps", "A workflow needs at least one step.");
      return List.of();
    }
    var steps = new ArrayList<Step>();
    Set<String> refs = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Json.Obj item)) {
        problem(Optional.empty(), "steps[" + i + "]", "A step is an object.");
        continue;
      }
      Optional<String> ref = item.text("ref").filter(text -> !text.isBlank());
      if (ref.isEmpty()) {
        problem(Optional.empty(), "steps[" + i + "].ref", "A step needs a ref.");
        continue;
      }
      var stepRef = new StepRef(ref.get());
      if (!refs.add(ref.get())) {
        problem(Optional.of(stepRef), "ref", "Another step has this ref.");
      }
      step(stepRef, item)
          .ifPresent(
              step -> {
                for (String asked : step.conditions().refs()) {
                  if (!refs.contains(asked) || asked.equals(step.ref().value())) {
                    problem(
                        Optional.of(stepRef),
                        "conditions",
                        "No earlier step has the ref " + asked + ".");
                  }
                }
                // No step waits for an event yet.
                for (var output : step.conditions().outputs()) {
                  problem(
                      Optional.of(stepRef),
                      "conditions",
                      "Only a step that waits for an event can be asked for "
                          + output.text()
                          + ".");
                }
                steps.add(step);
              });
    }
    return steps;
  }

  private Optional<Step> step(StepRef ref, Json.Obj item) {
    String type = item.text("type").orElse("");
    Conditions conditions = conditions(Optional.of(ref), Place.STEP, item);
    return switch (type) {
      case "channel" -> channel(ref, conditions, item);
      case "delay" -> delay(ref, conditions, item.object("settings"));
      case "" -> refuse(ref, "type", "A step needs a type.");
      default -> refuse(ref, "type", "Steps of type \"" + type + "\" are not supported yet.");
    };
  }

  private Optional<Step> channel(StepRef ref, Conditions conditions, Json.Obj item) {
    if (item.text("channel_group_key").isPresent()) {
      return refuse(ref, "channel_group_key", "Channel groups are not supported yet.");
    }
    if (!item.list("send_windows").isEmpty()) {
      return refuse(ref, "send_windows", "Send windows are not supported yet.");
    }
    Json.Obj overrides = item.object("channel_overrides");
    for (String tracking : List.of("link_tracking", "open_tracking")) {
      if (Json.TRUE.equals(overrides.fields().get(tracking))) {
        return refuse(ref, "channel_overrides." + tracking, "Tracking is not supported yet.");
      }
    }
    if (overrides.text("json_overrides").filter(text -> !text.isBlank()).isPresent()) {
      return refuse(
          ref, "channel_overrides.json_overrides", "JSON overrides are not supported yet.");
    }
    Optional<String> channel = item.text("channel_key").filter(text -> !text.isBlank());
    if (channel.isEmpty()) {
      return refuse(ref, "channel_key", "A channel step needs the key of a channel.");
    }
    String typeName = item.text("channel_type").orElse("");
    Optional<ChannelType> type = ChannelType.named(typeName);
    if (type.isEmpty()) {
      return refuse(
          ref, "channel_type", "Channels of type \"" + typeName + "\" are not supported yet.");
    }
    if (item.object("template").fields().isEmpty()) {
      return refuse(ref, "template", "A channel step needs a template.");
    }
    return Optional.of(
        new ChannelStep(
            ref,
            conditions,
            type.get(),
            channel.get(),
            item.object("template"),
            item.object("channel_overrides")));
  }

  private Optional<Step> delay(StepRef ref, Conditions conditions, Json.Obj settings) {
    Json period = settings.fields().getOrDefault("delay_for", Json.NULL);
    Optional<String> path = settings.text("delay_until_field_path").filter(text -> !text.isBlank());
    if (period instanceof Json.Null) {
      return path.isPresent()
          ? Optional.of(new Delay(ref, conditions, new Until.Field(path.get())))
          : refuse(ref, "settings", "A delay needs delay_for or delay_until_field_path.");
    }
    Optional<Period> read = Period.of(period);
    if (read.isEmpty()) {
      return refuse(
          ref,
          "settings.delay_for",
          "A period is {\"unit\": seconds|minutes|hours|days|weeks|months, \"value\": whole"
              + " number}.");
    }
    if (path.isPresent()) {
      return Optional.of(new Delay(ref, conditions, new Until.Relative(read.get(), path.get())));
    }
    var start = Instant.EPOCH;
    var end = read.get().unit().after(start, read.get().value());
    if (end.isBefore(start) || end.isAfter(start.plus(Duration.ofDays(MAX_DELAY_DAYS)))) {
      return refuse(
          ref, "settings.delay_for", "A delay lasts from 0 to " + MAX_DELAY_DAYS + " days.");
    }
    return Optional.of(new Delay(ref, conditions, new Until.For(read.get())));
  }

  private Conditions conditions(Optional<StepRef> step, Place place, Json.Obj source) {
    var read = ConditionsReader.read(place, "conditions", source.get("conditions"));
    read.problems().forEach(it -> problem(step, it.field(), it.reason()));
    return read.conditions();
  }

  private static boolean has(Json.Obj object, String field) {
    return object.get(field).filter(value -> !(value instanceof Json.Null)).isPresent();
  }

  private void unsupported(Optional<StepRef> step, Json.Obj source, String field, String what) {
    if (has(source, field)) {
      problem(step, field, what + " is not supported yet.");
    }
  }

  /** Refuses a field that is there, is not null and is not what it must be. */
  private void must(
      Optional<StepRef> step, Json.Obj source, String field, String reason, Predicate<Json> is) {
    if (has(source, field) && !is.test(source.fields().get(field))) {
      problem(step, field, reason);
    }
  }

  private Optional<Step> refuse(StepRef ref, String field, String reason) {
    problem(Optional.of(ref), field, reason);
    return Optional.empty();
  }

  private void problem(Optional<StepRef> step, String field, String reason) {
    problems.add(new Problem(step, field, reason));
  }
}
