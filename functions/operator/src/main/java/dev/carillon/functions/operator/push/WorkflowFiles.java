package dev.carillon.functions.operator.push;

import dev.carillon.authoring.TemplateChecks;
import dev.carillon.authoring.WorkflowChecks;
import dev.carillon.authoring.WorkflowChecks.Placed;
import dev.carillon.project.Finding;
import dev.carillon.project.ProjectDocument;
import dev.carillon.project.ProjectFiles;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a workflow from its directory, and finds what is wrong with it all at once. */
final class WorkflowFiles {
  private WorkflowFiles() {}

  /**
   * The workflow; empty, with at least one finding, when it may not serve.
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
    var told = findings.stream().flatMap(it -> it.step().stream()).collect(Collectors.toSet());
    var checked =
        WorkflowChecks.check(new WorkflowKey(directory.key()), document.json(), checks, told);
    checked.problems().forEach(it -> findings.add(finding(document, it)));
    return checked.workflow();
  }

  private static Finding finding(ProjectDocument document, Placed placed) {
    return new Finding(
        Optional.empty(),
        document.fileOf(placed.place()),
        placed.problem().step().map(ref -> ref.value()),
        placed.sentence());
  }
}
