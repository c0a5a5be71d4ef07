package dev.carillon.functions.operator.push;

import dev.carillon.channel.Channels;
import dev.carillon.content.Assets;
import dev.carillon.content.ContentType;
import dev.carillon.edge.ErrorCode;
import dev.carillon.functions.operator.NewLinkKeys;
import dev.carillon.json.Json;
import dev.carillon.project.Finding;
import dev.carillon.variable.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets the files of a project serve in an environment. Each workflow, layout and partial stands for
 * itself: what is broken is reported and its old version keeps serving. A push adds and changes; it
 * removes nothing. Safe to repeat.
 */
public final class Push {
  private final Assets assets;
  private final PushContents contents;
  private final Variables variables;
  private final Channels channels;
  private final NewLinkKeys linkKeys;
  private final PushEnvironment pushEnvironment;

  public Push(
      Assets assets,
      PushContents contents,
      Variables variables,
      Channels channels,
      NewLinkKeys linkKeys,
      PushEnvironment pushEnvironment) {
    this.assets = assets;
    this.contents = contents;
    this.variables = variables;
    this.channels = channels;
    this.linkKeys = linkKeys;
    this.pushEnvironment = pushEnvironment;
  }

  public Json.Obj run(PushRequest request) {
    // A deployment that was seeded before there was tracking has no key yet.
    linkKeys.ensure();
    var findings = new ArrayList<Finding>();
    var names = pushVariables(request, findings);
    var environment = pushEnvironment(request, findings);
    // What workflows use goes before them: one that serves finds all that it was checked against.
    var secrets = variables.values(request.environment()).secret().fields().keySet();
    var parts = SharedParts.take(request.files(), assets.current(request.environment()), secrets);
    findings.addAll(parts.findings());
    contents.parts(request.environment(), parts.contents(), findings);
    var good = new ArrayList<PushContents.Good>();
    for (var directory : request.files().workflows()) {
      var found = new ArrayList<Finding>();
      WorkflowFiles.read(request.files(), directory, parts.checks(), found)
          .ifPresent(workflow -> good.add(new PushContents.Good(directory.head(), workflow)));
      found.forEach(finding -> findings.add(finding.ofWorkflow(directory.key())));
    }
    var accepted = contents.workflows(request.environment(), good, findings);
    var answer =
        Json.object()
            .with("accepted", Json.array(accepted))
            .with("refused", Json.array(findings.stream().map(Finding::json).toList()))
            .with("layouts", Json.texts(parts.keys(ContentType.EMAIL_LAYOUT)))
            .with("partials", Json.texts(parts.keys(ContentType.PARTIAL)))
            .with("variables", Json.texts(names))
            .with("ignored", Json.texts(request.files().ignored()));
    return environment.map(it -> answer.with("environment", it)).orElse(answer);
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
      // What was put before names were kept is put once more.
      boolean same =
          file.over(before).equals(before)
              && variables
                  .secretNames(request.environment())
                  .equals(before.secret().fields().keySet());
      if (!same && !variables.change(request.environment(), file::over)) {
        throw ErrorCode.CONTENT_CHANGED.refused();
      }
    }
    return file.names().stream().sorted().toList();
  }
}
