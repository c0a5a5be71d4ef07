package dev.carillon.management;

import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.schema.Schemas;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Problem;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import dev.carillon.workflow.Workflows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lets the files of a project serve in an environment. Each workflow, layout and partial stands for
 * itself: what is broken is reported and its old version keeps serving. A push adds and changes; it
 * removes nothing. Safe to repeat.
 */
final class Push {
  /** The fields of a workflow that lead to its steps. */
  private static final Set<String> WAYS = Set.of("steps", "branches", "cohort_branches");

  private static final String SCHEMA = "trigger_data_json_schema";

  private final Workflows workflows;
  private final Assets assets;
  private final Variables variables;
  private final Channels channels;
  private final PushEnvironment pushEnvironment;

  Push(
      Workflows workflows,
      Assets assets,
      Variables variables,
      Channels channels,
      PushEnvironment pushEnvironment) {
    this.workflows = workflows;
    this.assets = assets;
    this.variables = variables;
    this.channels = channels;
    this.pushEnvironment = pushEnvironment;
  }

  Json.Obj run(PushRequest request) {
    var findings = new ArrayList<Finding>();
    var names = pushVariables(request, findings);
    var environment = pushEnvironment(request, findings);
    // What workflows use goes before them: one that serves finds all that it was checked against.
    var before = assets.library(request.environment());
    var parts = SharedParts.take(request.files(), before);
    findings.addAll(parts.findings());
    if (!parts.library().equals(before)) {
      assets.commit(request.environment(), parts.library());
    }
    var accepted = new ArrayList<Json>();
    for (var directory : request.files().workflows()) {
      var found = new ArrayList<Finding>();
      read(request.files(), directory, parts.checks(), found)
          .flatMap(workflow -> commit(request.environment(), directory, workflow, found))
          .ifPresent(accepted::add);
      found.forEach(finding -> findings.add(finding.ofWorkflow(directory.key())));
    }
    var answer =
        Json.object()
            .with("accepted", Json.array(accepted))
            .with("refused", Json.array(findings.stream().map(Finding::json).toList()))
            .with("layouts", Json.texts(parts.layouts()))
            .with("partials", Json.texts(parts.partials()))
            .with("variables", Json.texts(names));
    return environment.map(it -> answer.with("environment", it)).orElse(answer);
  }

  /** What became of it; empty, with a finding, when it is archived. */
  private Optional<Json> commit(
      EnvironmentId environment,
      ProjectFiles.Directory directory,
      Workflow workflow,
      List<Finding> findings) {
    var live = workflows.live(environment, workflow.key());
    var archived = live.map(Workflows.Live::archived).orElse(false);
    var changed = live.isEmpty() || !live.get().version().equals(workflow.version());
    if (archived || changed && !workflows.commit(environment, workflow)) {
      findings.add(Finding.inFile(directory.head(), Finding.ARCHIVED));
      return Optional.empty();
    }
    return Optional.of(
        Json.object()
            .with("workflow", workflow.key().value())
            .with("version", workflow.version().toString())
            .with("changed", Json.of(changed)));
  }

  /** The workflow; empty, with at least one finding, when it may not serve. */
  private Optional<Workflow> read(
      ProjectFiles files,
      ProjectFiles.Directory directory,
      TemplateChecks checks,
      List<Finding> findings) {
    if (!WorkflowKey.isValid(directory.key())) {
      findings.add(Finding.inFile(directory.head(), Finding.NOT_A_KEY));
      return Optional.empty();
    }
    var document = Document.read(files, directory);
    if (!document.findings().isEmpty()) {
      findings.addAll(document.findings());
      return Optional.empty();
    }
    return switch (WorkflowReader.read(new WorkflowKey(directory.key()), document.json())) {
      case WorkflowReader.Read.Refused(var problems) -> {
        problems.forEach(problem -> findings.add(finding(document, problem)));
        yield Optional.empty();
      }
      case WorkflowReader.Read.Ok(var workflow) -> {
        var problems = new ArrayList<>(checks.problems(workflow));
        problems.addAll(schemaProblems(workflow));
        problems.forEach(problem -> findings.add(finding(document, problem)));
        yield problems.isEmpty() ? Optional.of(workflow) : Optional.empty();
      }
    };
  }

  private static List<Problem> schemaProblems(Workflow workflow) {
    return Schemas.problems(workflow).stream()
        .map(
            problem ->
                new Problem(
                    Optional.empty(),
                    problem.path().isEmpty() ? SCHEMA : SCHEMA + "." + problem.path(),
                    problem.sentence()))
        .toList();
  }

  private static Finding finding(Document document, Problem problem) {
    var step = problem.step().map(ref -> ref.value());
    return new Finding(
        Optional.empty(),
        document.fileOf(place(document, step, problem.field())),
        step,
        problem.field().isEmpty() ? problem.reason() : problem.field() + ": " + problem.reason());
  }

  /** The path of a field below a step, or of the workflow itself, from the document's root. */
  private static String place(Document document, Optional<String> step, String field) {
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

  /** What holds now of the file; empty when there is none. */
  private Optional<Json.Obj> pushEnvironment(PushRequest request, List<Finding> findings) {
    var paths = request.files().environment();
    paths.stream()
        .skip(1)
        .forEach(
            path ->
                findings.add(
                    Finding.inFile(
                        path, "The environment is in " + paths.getFirst() + " already.")));
    return paths.stream()
        .findFirst()
        .map(
            path ->
                EnvironmentReader.read(
                    path,
                    request.files().text(path).orElseThrow(),
                    () -> channels.all(request.environment())))
        .map(file -> pushEnvironment.run(request.environment(), file, findings));
  }

  private List<String> pushVariables(PushRequest request, List<Finding> findings) {
    var paths = request.files().variables();
    var file =
        paths.stream()
            .findFirst()
            .map(
                path ->
                    VariablesFile.read(
                        path,
                        request.files().text(path).orElseThrow(),
                        request.environment(),
                        request.values()))
            .orElse(VariablesFile.NONE);
    findings.addAll(file.findings());
    paths.stream()
        .skip(1)
        .forEach(
            path ->
                findings.add(
                    Finding.inFile(
                        path, "The variables are in " + paths.getFirst() + " already.")));
    request.values().keySet().stream()
        .filter(name -> !file.names().contains(name))
        .forEach(
            name ->
                findings.add(
                    Finding.inFile(
                        paths.isEmpty() ? "variables.json" : paths.getFirst(),
                        "A value was given for " + name + ", which is not declared.")));
    if (!file.names().isEmpty()) {
      var before = variables.values(request.environment());
      var after = file.over(before);
      if (!after.equals(before)) {
        variables.put(request.environment(), after);
      }
    }
    return file.names().stream().sorted().toList();
  }
}
