package dev.carillon.authoring;

import dev.carillon.json.Json;
import dev.carillon.schema.Schemas;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowProblem;
import dev.carillon.workflow.WorkflowReader;
import dev.carillon.workflow.WorkflowReader.Read;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds all that is wrong with a workflow: what it says, its templates, its schema. */
public final class WorkflowChecks {
  /** The fields of a workflow that lead to its steps. */
  private static final Set<String> WAYS = Set.of("steps", "branches", "cohort_branches");

  private static final String SCHEMA = "trigger_data_json_schema";
  private static final String LANGUAGE = "template_language";
  private static final WorkflowProblem UNKNOWN_LANGUAGE =
      new WorkflowProblem(Optional.empty(), LANGUAGE, "It must be handlebars or liquid.");

  private WorkflowChecks() {}

  /**
   * One thing that is wrong.
   *
   * @param place the path of the field from the root of the workflow: {@code steps[0].template}
   * @param problem what it is, with its path below its step
   */
  public record Placed(String place, WorkflowProblem problem) {

    /** For who sees the step and not the path. */
    public String sentence() {
      return problem.field().isEmpty()
          ? problem.reason()
          : problem.field() + ": " + problem.reason();
    }
  }

  /**
   * What came of it.
   *
   * @param workflow empty when something is wrong
   */
  public record Checked(Optional<Workflow> workflow, List<Placed> problems) {
    public Checked {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Of a step's fields and templates the first that are wrong are told: what is wrong with the next
   * may only follow.
   *
   * @param source the workflow, its files read in
   * @param told refs of steps of which something was told already
   */
  public static Checked check(
      WorkflowKey key, Json.Obj source, TemplateChecks checks, Set<String> told) {
    Read read = WorkflowReader.read(key, source);
    var found = new ArrayList<Placed>();
    var steps = new LinkedHashSet<>(told);
    tell(problems(read), source, steps, found);
    Optional<String> language = source.text(LANGUAGE);
    Optional<TemplateChecks> own = language.map(checks::in).orElse(Optional.of(checks));
    tell(
        own.map(it -> it.problems(steps(read))).orElse(List.of(UNKNOWN_LANGUAGE)),
        source,
        steps,
        found);
    tell(schemaProblems(source), source, steps, found);
    tell(misshapen(source, found), source, steps, found);
    // They follow from nothing else, so that each is told whatever else is wrong with its step.
    tell(UnknownFields.ofWorkflow(source), source, new LinkedHashSet<>(told), found);
    tell(EndlessBatches.of(steps(read)), source, steps, found);
    return read instanceof Read.Ok(var workflow) && found.isEmpty() && told.isEmpty()
        ? new Checked(Optional.of(workflow), List.of())
        : new Checked(Optional.empty(), found);
  }

  /** What is no text, no list … where nothing else was said of the field. */
  private static List<WorkflowProblem> misshapen(Json.Obj source, List<Placed> found) {
    return UnknownFields.misshapen(source).stream()
        .filter(it -> found.stream().noneMatch(told -> told.place().equals(place(source, it))))
        .toList();
  }

  private static List<WorkflowProblem> problems(Read read) {
    return switch (read) {
      case Read.Ok _ -> List.of();
      case Read.Refused(var problems, _) -> problems;
    };
  }

  private static List<Step> steps(Read read) {
    return switch (read) {
      case Read.Ok(var workflow) -> workflow.allSteps();
      case Read.Refused(_, var steps) -> steps;
    };
  }

  /** Of each field the first problem: the next says the same in other words. */
  private static List<WorkflowProblem> schemaProblems(Json.Obj source) {
    if (!(source.get(SCHEMA).orElse(Json.NULL) instanceof Json.Obj schema)) {
      return List.of();
    }
    var problems = new LinkedHashMap<String, WorkflowProblem>();
    for (var problem : Schemas.problems(schema)) {
      var field = problem.path().isEmpty() ? SCHEMA : SCHEMA + "." + problem.path();
      problems.putIfAbsent(field, new WorkflowProblem(Optional.empty(), field, problem.sentence()));
    }
    return List.copyOf(problems.values());
  }

  /** Adds what is wrong with the workflow itself and with steps of which nothing was told yet. */
  private static void tell(
      List<WorkflowProblem> problems, Json.Obj source, Set<String> told, List<Placed> found) {
    problems.stream()
        .filter(it -> it.step().filter(ref -> told.contains(ref.value())).isEmpty())
        .forEach(it -> found.add(new Placed(place(source, it), it)));
    problems.forEach(it -> it.step().ifPresent(ref -> told.add(ref.value())));
  }

  /** The path of a field below a step, or of the workflow itself, from the root. */
  private static String place(Json.Obj source, WorkflowProblem problem) {
    String field = problem.field();
    return problem
        .step()
        .flatMap(ref -> placeOf(ref.value(), source, ""))
        .map(place -> field.isEmpty() ? place : place + "." + field)
        .orElse(field);
  }

  /** The path of the step with that ref, wherever in there it is. */
  private static Optional<String> placeOf(String ref, Json json, String path) {
    return switch (json) {
      case Json.Obj object when isStep(ref, object, path) -> Optional.of(path);
      case Json.Obj(var fields) ->
          fields.entrySet().stream()
              .filter(field -> WAYS.contains(field.getKey()))
              .flatMap(
                  field ->
                      placeOf(
                          ref,
                          field.getValue(),
                          path.isEmpty() ? field.getKey() : path + "." + field.getKey())
                          .stream())
              .findFirst();
      case Json.Arr(var items) ->
          IntStream.range(0, items.size())
              .boxed()
              .flatMap(i -> placeOf(ref, items.get(i), path + "[" + i + "]").stream())
              .findFirst();
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  private static boolean isStep(String ref, Json.Obj object, String path) {
    return path.endsWith("]") && object.text("ref").filter(ref::equals).isPresent();
  }
}
