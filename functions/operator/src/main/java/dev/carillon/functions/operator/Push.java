package dev.carillon.functions.operator;

import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.Workflows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets the files of a project serve in an environment. Each workflow, layout and partial stands for
 * itself: what is broken is reported and its old version keeps serving. A push adds and changes; it
 * removes nothing. Safe to repeat.
 */
final class Push {
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
      WorkflowFiles.read(request.files(), directory, parts.checks(), found)
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
            .with("variables", Json.texts(names))
            .with("ignored", Json.texts(request.files().ignored()));
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
