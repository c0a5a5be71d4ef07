package dev.carillon.management;

import dev.carillon.json.Json;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the layouts and partials of a project and decides which of them may serve. */
final class SharedParts {
  private static final Set<String> PARTIAL_TYPES = Set.of("html", "text", "markdown", "json");
  private static final Pattern CONTENT = Pattern.compile("\\{\\{\\{?&?\\s*content\\s*}");

  private final TemplateChecks checks;

  SharedParts(TemplateChecks checks) {
    this.checks = checks;
  }

  /**
   * @param library what was there with what is new laid over it
   * @param layouts the keys of the layouts taken
   * @param partials the keys of the partials taken
   */
  record Taken(
      Assets.Library library, Set<String> layouts, Set<String> partials, List<Finding> findings) {}

  private record Part(Document document, Json.Obj json) {}

  Taken take(ProjectFiles files, Assets.Library before) {
    var findings = new ArrayList<Finding>();
    var layouts = new TreeMap<String, Part>();
    var partials = new TreeMap<String, Part>();
    files
        .layouts()
        .forEach(
            directory ->
                read(files, directory, SharedParts::layout, findings)
                    .ifPresent(part -> layouts.put(directory.key(), part)));
    files
        .partials()
        .forEach(
            directory ->
                read(files, directory, SharedParts::partial, findings)
                    .ifPresent(part -> partials.put(directory.key(), part)));
    // What a refused part leaves behind may break another one: until nothing more is refused.
    while (true) {
      var library =
          new Assets.Library(over(before.layouts(), layouts), over(before.partials(), partials));
      var refused = new ArrayList<Finding>();
      refuse(partials, library, refused);
      refuse(layouts, library, refused);
      if (refused.isEmpty()) {
        return new Taken(
            library, Set.copyOf(layouts.keySet()), Set.copyOf(partials.keySet()), findings);
      }
      findings.addAll(refused);
    }
  }

  private void refuse(Map<String, Part> parts, Assets.Library library, List<Finding> refused) {
    parts
        .values()
        .removeIf(
            part -> {
              var faults = checks.faults(part.json(), library);
              faults.forEach(
                  fault ->
                      refused.add(
                          Finding.inFile(part.document().fileOf(fault.field()), fault.reason())));
              return !faults.isEmpty();
            });
  }

  private static Json.Obj over(Json.Obj before, Map<String, Part> parts) {
    var all = new LinkedHashMap<>(before.fields());
    parts.forEach((key, part) -> all.put(key, part.json()));
    return new Json.Obj(all);
  }

  @FunctionalInterface
  private interface Reader {
    /** The part as the library keeps it; empty, and a finding, when it is none. */
    Optional<Json.Obj> read(Document document, List<Finding> findings);
  }

  private static Optional<Part> read(
      ProjectFiles files, ProjectFiles.Directory directory, Reader reader, List<Finding> findings) {
    if (!WorkflowKey.isValid(directory.key())) {
      findings.add(
          Finding.inFile(
              directory.head(), "The name of the directory must be 1 to 255 of a-z 0-9 _ -."));
      return Optional.empty();
    }
    var document = Document.read(files, directory);
    if (!document.findings().isEmpty()) {
      findings.addAll(document.findings());
      return Optional.empty();
    }
    return reader.read(document, findings).map(json -> new Part(document, json));
  }

  private static Optional<Json.Obj> layout(Document document, List<Finding> findings) {
    var html = document.json().text("html_layout");
    var text = document.json().text("text_layout");
    if (html.isEmpty()) {
      findings.add(Finding.inFile(document.head(), "A layout needs an \"html_layout\"."));
      return Optional.empty();
    }
    if (!CONTENT.matcher(html.get()).find()) {
      findings.add(
          Finding.inFile(
              document.fileOf("html_layout"), "A layout must hold {{{content}}} somewhere."));
      return Optional.empty();
    }
    if (text.isPresent() && !CONTENT.matcher(text.get()).find()) {
      findings.add(
          Finding.inFile(
              document.fileOf("text_layout"), "A layout must hold {{content}} somewhere."));
      return Optional.empty();
    }
    var layout = Json.object().with("html_layout", html.get());
    layout = text.isPresent() ? layout.with("text_layout", text.get()) : layout;
    return Optional.of(
        document.json().get("footer_links") instanceof Optional<Json> links && links.isPresent()
            ? layout.with("footer_links", links.get())
            : layout);
  }

  private static Optional<Json.Obj> partial(Document document, List<Finding> findings) {
    var type = document.json().text("type").orElse("html");
    var content = document.json().text("content");
    if (!PARTIAL_TYPES.contains(type)) {
      findings.add(
          Finding.inFile(
              document.head(), "The \"type\" of a partial is html, text, markdown or json."));
      return Optional.empty();
    }
    if (content.isEmpty()) {
      findings.add(Finding.inFile(document.head(), "A partial needs a \"content\"."));
      return Optional.empty();
    }
    return Optional.of(Json.object().with("type", type).with("content", content.get()));
  }
}
