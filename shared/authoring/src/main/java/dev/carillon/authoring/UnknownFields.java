package dev.carillon.authoring;

import dev.carillon.json.Json;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.WorkflowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fields that nobody reads: more likely misspelled than meant for nobody. What serves already is
 * not held to this, so that an older version's content goes on as it was. A field that says
 * nothing, null or an empty object, is not there; nor are what files and answers say about
 * themselves: {@code $schema}, {@code __readonly}, {@code "html_body@"} beside {@code "html_body"}.
 */
final class UnknownFields {
  private static final String STEPS = "steps";
  private static final String BLOCKS = "visual_blocks";

  private final List<WorkflowProblem> found = new ArrayList<>();
  private final List<WorkflowProblem> misshapen = new ArrayList<>();

  private UnknownFields() {}

  /** Those of a workflow and of all its steps. */
  static List<WorkflowProblem> ofWorkflow(Json.Obj source) {
    var unknown = new UnknownFields();
    unknown.walk(Optional.empty(), "", source, Shapes.WORKFLOW);
    return unknown.found;
  }

  /** The fields of a workflow and of its steps that are there, but are no text, no list … */
  static List<WorkflowProblem> misshapen(Json.Obj source) {
    var unknown = new UnknownFields();
    unknown.walk(Optional.empty(), "", source, Shapes.WORKFLOW);
    return unknown.misshapen;
  }

  /** Those of another content, and those that are misshapen. */
  static List<ContentProblem> of(Shape shape, Json.Obj source) {
    var unknown = new UnknownFields();
    unknown.walk(Optional.empty(), "", source, shape);
    return Stream.concat(unknown.found.stream(), unknown.misshapen.stream())
        .map(it -> new ContentProblem(it.field(), it.reason()))
        .toList();
  }

  private void walk(Optional<StepRef> step, String path, Json json, Shape shape) {
    switch (json) {
      case Json.Obj object ->
          object
              .fields()
              .forEach(
                  (name, value) -> {
                    if (!saysNothing(value) && !isAside(name, object)) {
                      field(step, path.isEmpty() ? name : path + "." + name, name, value, shape);
                    }
                  });
      case Json.Arr(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          walk(step, path + "[" + i + "]", items.get(i), shape);
        }
      }
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private void field(Optional<StepRef> step, String path, String name, Json value, Shape shape) {
    Optional<Shape> inside = shape.inside(name);
    if (inside.isEmpty()) {
      found.add(new WorkflowProblem(step, path, shape.objection(name)));
    } else if (!inside.get().kind().fits(value)) {
      misshapen.add(new WorkflowProblem(step, path, inside.get().kind().sentence()));
    } else if (name.equals(STEPS)) {
      row(value);
    } else if (name.equals(BLOCKS)) {
      blocks(step, path, value);
    } else {
      walk(step, path, value, inside.get());
    }
  }

  /** Steps without a ref are refused by their reader, who cannot say where they are either. */
  private void row(Json steps) {
    if (steps instanceof Json.Arr(var items)) {
      for (Json item : items) {
        if (item instanceof Json.Obj step) {
          step.text("ref")
              .filter(ref -> !ref.isBlank())
              .ifPresent(ref -> walk(Optional.of(new StepRef(ref)), "", step, Shapes.step(step)));
        }
      }
    }
  }

  private void blocks(Optional<StepRef> step, String path, Json blocks) {
    if (blocks instanceof Json.Arr(var items)) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Json.Obj block) {
          walk(step, path + "[" + i + "]", block, Shapes.block(block));
        }
      }
    }
  }

  private static boolean saysNothing(Json value) {
    return value instanceof Json.Null || value.equals(Json.Obj.EMPTY);
  }

  private static boolean isAside(String name, Json.Obj object) {
    return name.startsWith("__")
        || name.equals("$schema")
        || Bare.isPath(name, object.fields().keySet());
  }
}
