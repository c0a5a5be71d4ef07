package dev.carillon.functions.operator;

import dev.carillon.json.Json;
import dev.carillon.schema.Schemas;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowProblem;
import dev.carillon.workflow.WorkflowReader;
import dev.carillon.workflow.WorkflowReader.Read;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads a workflow from its directory, and finds what is wrong with it all at once. */
final class WorkflowFiles {
  /** The fields of a workflow that lead to its steps. */
  private static final Set<String> WAYS = Set.of("steps", "branches", "cohort_branches");

  private static final String SCHEMA = "trigger_data_json_schema";
  private static final String LANGUAGE = "template_language";
  private static final WorkflowProblem UNKNOWN_LANGUAGE =
      new WorkflowProblem(Optional.empty(), LANGUAGE, "It must be handlebars or liquid.");

  private WorkflowFiles() {}

  /**
   * The workflow; empty, with at least one finding, when it may not serve. Of a step's files,
   * fields and templates the first that are wrong are told: what is wrong with the next may only
   * follow.
   *
   * @param findings gets what is wrong; holds nothing yet
   */
  static Optional<Workflow> read(
      ProjectFiles files,
      ProjectFiles.Directory directory,
      TemplateChecks checks,
      List<Finding> findings) {
    if (!WorkflowKey.isValid(directory.key())) {
      findings.add(Finding.inFile(directory.head(), Finding.NOT_A_KEY));
      return Optional.empty();
    }
    var document = ProjectDocument.read(files, directory);
    findings.addAll(document.findings());
    if (findings.stream().anyMatch(finding -> finding.step().isEmpty())) {
      return Optional.empty();
    }
    var read = WorkflowReader.read(new WorkflowKey(directory.key()), document.json());
    tell(problems(read), document, findings);
    Optional<String> language = document.json().text(LANGUAGE);
    Optional<TemplateChecks> own = language.map(checks::in).orElse(Optional.of(checks));
    tell(
        own.map(it -> it.problems(steps(read))).orElse(List.of(UNKNOWN_LANGUAGE)),
        document,
        findings);
    tell(schemaProblems(document.json()), document, findings);
    return read instanceof Read.Ok(var workflow) && findings.isEmpty()
        ? Optional.of(workflow)
        : Optional.empty();
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
      List<WorkflowProblem> problems, ProjectDocument document, List<Finding> findings) {
    var told = findings.stream().flatMap(it -> it.step().stream()).collect(Collectors.toSet());
    problems.stream()
        .filter(it -> it.step().filter(ref -> told.contains(ref.value())).isEmpty())
        .forEach(it -> findings.add(finding(document, it)));
  }

  private static Finding finding(ProjectDocument document, WorkflowProblem problem) {
    var step = problem.step().map(ref -> ref.value());
    return new Finding(
        Optional.empty(),
        document.fileOf(place(document, step, problem.field())),
        step,
        problem.field().isEmpty() ? problem.reason() : problem.field() + ": " + problem.reason());
  }

  /** The path of a field below a step, or of the workflow itself, from the document's root. */
  private static String place(ProjectDocument document, Optional<String> step, String field) {
    return step.flatMap(ref -> placeOf(ref, document.json(), ""))
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
