package dev.carillon.functions.operator.push;

import dev.carillon.authoring.Bare;
import dev.carillon.authoring.ContentChecks;
import dev.carillon.authoring.TemplateChecks;
import dev.carillon.authoring.TemplateChecks.PartProblem;
import dev.carillon.content.Assets;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.ServedParts;
import dev.carillon.json.Json;
import dev.carillon.project.Finding;
import dev.carillon.project.ProjectDocument;
import dev.carillon.project.ProjectFiles;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the layouts and partials of a project and decides which of them may serve. */
final class SharedParts {
  private static final String LAYOUTS = "layouts/";
  private static final String PARTIALS = "partials/";

  private final Assets.Library before;
  private final Set<String> secrets;

  /** What is still wanted, by {@code layouts/<key>} and {@code partials/<key>}. */
  private final Map<String, Part> parts = new TreeMap<>();

  private final List<Finding> findings = new ArrayList<>();

  private SharedParts(Assets.Library before, Set<String> secrets) {
    this.before = before;
    this.secrets = secrets;
  }

  private record Part(ProjectDocument document, Json.Obj json) {}

  /**
   * @param library what was there with what is new laid over it
   * @param checks against that library
   * @param contents those that were taken
   */
  record Taken(TemplateChecks checks, Map<ContentId, Json.Obj> contents, List<Finding> findings) {

    /** The keys of those of that type. */
    List<String> keys(ContentType type) {
      return contents.keySet().stream()
          .filter(id -> id.type() == type)
          .map(ContentId::key)
          .toList();
    }
  }

  /**
   * @param secrets the names of variables that no layout may name
   */
  static Taken take(ProjectFiles files, Assets.Library before, Set<String> secrets) {
    var reading = new SharedParts(before, secrets);
    files.layouts().forEach(directory -> reading.read(files, directory, LAYOUTS));
    files.partials().forEach(directory -> reading.read(files, directory, PARTIALS));
    return reading.taken();
  }

  private void read(ProjectFiles files, ProjectFiles.Directory directory, String kind) {
    if (!WorkflowKey.isValid(directory.key())) {
      findings.add(Finding.inFile(directory.head(), Finding.NOT_A_KEY));
      return;
    }
    var document = ProjectDocument.read(files, directory);
    findings.addAll(document.findings());
    var unknown = ContentChecks.unknownFields(type(kind), document.json());
    unknown.forEach(
        it ->
            findings.add(
                Finding.inFile(document.fileOf(it.field()), it.field() + ": " + it.sentence())));
    if (document.findings().isEmpty() && unknown.isEmpty()) {
      parts.put(kind + directory.key(), new Part(document, Bare.content(document.json())));
    }
  }

  private static ContentType type(String kind) {
    return kind.equals(LAYOUTS) ? ContentType.EMAIL_LAYOUT : ContentType.PARTIAL;
  }

  private Taken taken() {
    var brokenBefore = broken(TemplateChecks.against(before, secrets));
    // What a refused part leaves behind may break another one: until nothing more is refused.
    while (true) {
      var checks = TemplateChecks.against(ServedParts.over(before, contents()), secrets);
      if (!refuse(checks, brokenBefore)) {
        return new Taken(checks, contents(), findings);
      }
    }
  }

  /** Whether something was refused. */
  private boolean refuse(TemplateChecks checks, Set<String> brokenBefore) {
    var problems = checks.partProblems();
    problems.stream()
        .filter(problem -> parts.containsKey(problem.part()))
        .forEach(
            problem ->
                findings.add(
                    Finding.inFile(
                        parts.get(problem.part()).document().fileOf(problem.field()),
                        problem.sentence())));
    if (parts.keySet().removeAll(broken(checks))) {
      return true;
    }
    var broken = new TreeSet<>(broken(checks));
    broken.removeAll(brokenBefore);
    return !broken.isEmpty() && refusePartials(broken.first());
  }

  /** A part that serves and is not in this push would be broken by what is: by its partials. */
  private boolean refusePartials(String victim) {
    var partials = keys(PARTIALS);
    partials.forEach(
        key ->
            findings.add(
                Finding.inFile(
                    parts.remove(PARTIALS + key).document().head(),
                    "With the partials of this push %s, which is not part of it, would break."
                        .formatted(victim))));
    return !partials.isEmpty();
  }

  private static Set<String> broken(TemplateChecks checks) {
    return checks.partProblems().stream().map(PartProblem::part).collect(Collectors.toSet());
  }

  private List<String> keys(String kind) {
    return parts.keySet().stream()
        .filter(part -> part.startsWith(kind))
        .map(part -> part.substring(kind.length()))
        .toList();
  }

  private Map<ContentId, Json.Obj> contents() {
    var contents = new LinkedHashMap<ContentId, Json.Obj>();
    keys(PARTIALS)
        .forEach(
            key ->
                contents.put(
                    new ContentId(ContentType.PARTIAL, key), parts.get(PARTIALS + key).json()));
    keys(LAYOUTS)
        .forEach(
            key ->
                contents.put(
                    new ContentId(ContentType.EMAIL_LAYOUT, key), parts.get(LAYOUTS + key).json()));
    return contents;
  }
}
