package dev.carillon.project.knock;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.project.ImportReport;
import dev.carillon.project.ImportReport.Fate;
import dev.carillon.project.ProjectDocument;
import dev.carillon.project.ProjectFiles;
import dev.carillon.project.ProjectFolder;
import dev.carillon.project.knock.KnockResource.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository that Knock's command line works on, or the directories that {@code knock pull --all}
 * leaves. {@code knock.json} says where they lie; without it they lie in {@code .knock} or here.
 */
final class KnockRepository {
  private static final Pattern TRANSLATION =
      Pattern.compile(
          "translations/(?<locale>[^/]+)/(?:(?<namespace>[^/]+)\\.)?\\k<locale>\\.(?<format>json|po)");

  /** What Knock keeps in files and Carillon has no place for, and why. */
  private static final Map<String, String> WITHOUT_PLACE =
      Map.of(
          "guides",
          "in-app guides are not built",
          "schemas",
          "schemas are no content: save them by PUT /v1/schemas/{item_type}",
          "sources",
          "sources are no content: save them by PUT /v1/sources/{key}",
          "broadcasts",
          "broadcasts are no content: save them by PUT /v1/broadcasts/{key}",
          "goals",
          "goals are not built");

  private final ProjectFiles files;
  private final ImportReport report;

  private KnockRepository(ProjectFiles files, ImportReport report) {
    this.files = files;
    this.report = report;
  }

  /**
   * Everything in it that has a place here, in the order in which it can be saved; the rest is in
   * the report.
   *
   * @throws IllegalArgumentException when the folder is none, or holds nothing of Knock's
   */
  static List<KnockResource> read(Path folder, ImportReport report) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder.toAbsolutePath() + " is no folder");
    }
    Path root = root(folder);
    var repository = new KnockRepository(new ProjectFiles(new TreeMap<>(files(root))), report);
    List<KnockResource> found = repository.resources();
    if (found.isEmpty() && report.lines().isEmpty()) {
      throw new IllegalArgumentException(
          root.toAbsolutePath()
              + " holds nothing in Knock's form, such as workflows/<key>/workflow.json");
    }
    return found;
  }

  private static Map<String, String> files(Path root) {
    return Files.isDirectory(root) ? ProjectFolder.root(root).files() : Map.of();
  }

  private static Path root(Path folder) {
    Path settings = folder.resolve("knock.json");
    Optional<String> named = Optional.empty();
    if (Files.isRegularFile(settings)) {
      String text = ProjectFolder.root(folder).files().getOrDefault("knock.json", "");
      named = object(text).flatMap(it -> it.text("knockDir")).filter(it -> !it.isBlank());
    }
    Path usual = folder.resolve(".knock");
    return named.map(folder::resolve).orElseGet(() -> Files.isDirectory(usual) ? usual : folder);
  }

  private static Optional<Json.Obj> object(String text) {
    try {
      return JsonText.parse(text) instanceof Json.Obj object
          ? Optional.of(object)
          : Optional.empty();
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  private List<KnockResource> resources() {
    var found = new ArrayList<KnockResource>();
    for (Kind kind : Kind.values()) {
      if (kind == Kind.TRANSLATION) {
        translations(found);
      } else {
        files.directories(kind.directory() + "/", kind.head()).stream()
            .map(directory -> ProjectDocument.read(files, directory))
            .forEach(document -> resource(kind, document, found));
      }
    }
    elsewhere();
    return List.copyOf(found);
  }

  private void resource(Kind kind, ProjectDocument document, List<KnockResource> found) {
    String[] path = document.head().split("/");
    var resource =
        new KnockResource(
            kind, path[path.length - 2], Optional.empty(), document.head(), document.json());
    if (document.findings().isEmpty()) {
      found.add(resource);
    }
    document
        .findings()
        .forEach(it -> report.add(Fate.REFUSED, resource.name(), it.file(), it.reason()));
  }

  private void translations(List<KnockResource> found) {
    files.files().forEach((file, text) -> translation(file, text).ifPresent(found::add));
  }

  private static Optional<KnockResource> translation(String file, String text) {
    Matcher name = TRANSLATION.matcher(file);
    if (!name.matches()) {
      return Optional.empty();
    }
    Optional<String> namespace = Optional.ofNullable(name.group("namespace"));
    return Optional.of(
        new KnockResource(
            Kind.TRANSLATION,
            name.group("locale"),
            namespace,
            file,
            Json.object()
                .with("namespace", namespace.orElse(""))
                .with("format", name.group("format"))
                .with("content", text)));
  }

  /** What Knock has files for and Carillon does not, one line for each directory. */
  private void elsewhere() {
    var told = new TreeSet<String>(Comparator.naturalOrder());
    for (String path : files.files().keySet()) {
      String[] names = path.split("/");
      String why = WITHOUT_PLACE.get(names[0]);
      if (names.length > 1
          && why != null
          && told.add(names[0] + "/" + (names.length > 2 ? names[1] : ""))) {
        String what = names.length > 2 ? names[1] : names[1].replaceFirst("\\.json$", "");
        report.add(Fate.LEFT_OUT, singular(names[0]) + " " + what, path, why);
      }
    }
  }

  private static String singular(String directory) {
    return directory.substring(0, directory.length() - 1);
  }
}
