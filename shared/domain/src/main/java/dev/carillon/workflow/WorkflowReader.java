package dev.carillon.workflow;

import dev.carillon.channel.Channel;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads a workflow from Knock's file form. What makes no sense, and what this version cannot do, is
 * refused here, by name, rather than ignored when it runs.
 */
public final class WorkflowReader {
  private WorkflowReader() {}

  public sealed interface Read {
    record Ok(Workflow workflow) implements Read {}

    /**
     * At least one problem; all that were found. The order of steps is looked at only when each of
     * them could be read.
     *
     * @param steps those that could be read, wherever they are
     */
    record Refused(List<WorkflowProblem> problems, List<Step> steps) implements Read {
      public Refused {
        problems = List.copyOf(problems);
        steps = List.copyOf(steps);
      }
    }
  }

  /**
   * @param source a {@code workflow.json} whose {@code "field@"} files have been read in
   */
  public static Read read(WorkflowKey key, Json.Obj source) {
    var fields = new WorkflowFields(source, WorkflowProblems.none());
    String name = fields.text("name").orElse(key.value());
    List<String> categories = categories(fields);
    fields.among("trigger_frequency", Workflow.Frequency.names());
    fields.object("trigger_data_json_schema");
    WorkflowFields settings = fields.object("settings");
    settings.flag("is_commercial");
    settings.flag("override_preferences");
    settings.flag(Channel.OVERRIDE_SUPPRESSION);
    trigger(fields.object(Workflow.TRIGGER));
    Conditions conditions = fields.conditions(Place.TRIGGER, "conditions");
    List<Step> steps = steps(fields);
    if (fields.problems().all().isEmpty()) {
      OrderCheck.of(steps, fields.problems());
    }
    List<WorkflowProblem> problems = fields.problems().all();
    return problems.isEmpty()
        ? new Read.Ok(
            new Workflow(key, version(source), name, categories, conditions, steps, source))
        : new Read.Refused(problems, StepTree.flat(steps));
  }

  private static void trigger(WorkflowFields trigger) {
    if (trigger.says("type", Workflow.AUDIENCE, "api")) {
      trigger.required("audience_key", "A workflow that an audience triggers needs its key.");
    } else if (trigger.value("audience_key").isPresent()) {
      trigger.refuse("type", "This must be audience, as there is an audience_key.");
    }
  }

  private static List<String> categories(WorkflowFields fields) {
    var categories = new ArrayList<String>();
    for (Json category : fields.list("categories")) {
      if (category instanceof Json.Str(var name)) {
        categories.add(name);
      } else {
        fields.refuse("categories", "Each category is a text.");
      }
    }
    return categories;
  }

  private static List<Step> steps(WorkflowFields fields) {
    if (fields.value("steps").isEmpty()) {
      fields.refuse("steps", "A workflow needs a list of steps, which may be empty.");
    }
    return new StepsReader().row(fields, 0);
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
}
