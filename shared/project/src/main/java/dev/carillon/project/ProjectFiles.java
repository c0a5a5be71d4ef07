package dev.carillon.project;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The text files of a project by path, and which of them are what.
 *
 * <p>A project has {@code workflows/<key>/workflow.json}, {@code layouts/<key>/layout.json}, {@code
 * partials/<key>/partial.json}, each with the files it names, {@code variables.json} and {@code
 * environment.json}. Where nothing lies under {@code workflows/}, the project is taken for the
 * workflows' own directory: {@code <key>/workflow.json}. Other files are nobody's; a push says
 * which directories it ignored.
 */
public record ProjectFiles(SortedMap<String, String> files) {
  private static final int LONGEST_PATH = 1_024;
  private static final String WORKFLOW = "workflow.json";
  private static final List<String> VARIABLES =
      List.of("variables.json", "workflows/variables.json");
  private static final List<String> ENVIRONMENT =
      List.of("environment.json", "workflows/environment.json");

  /**
   * One thing with a directory of its own.
   *
   * @param key the name of the directory
   * @param path the directory, with a slash at its end
   * @param head the path of the file that describes the thing
   */
  public record Directory(String key, String path, String head) {}

  public ProjectFiles {
    var texts = new TreeMap<String, String>();
    files.forEach((path, text) -> texts.put(path, withoutMark(text)));
    files = Collections.unmodifiableSortedMap(texts);
  }

  /** Some editors begin a text with a byte order mark, which is no part of it. */
  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Whether it is a relative path with / between plain names, as all in a project are. */
  public static boolean stays(String path) {
    return path.length() <= LONGEST_PATH
        && path.indexOf('\\') < 0
        && path.chars().noneMatch(Character::isISOControl)
        && Stream.of(path.split("/", -1))
            .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
  }

  public Optional<String> text(String path) {
    return Optional.ofNullable(files.get(path));
  }

  public List<Directory> workflows() {
    var ofProject = directories("workflows/", WORKFLOW);
    return ofProject.isEmpty() ? directories("", WORKFLOW) : ofProject;
  }

  public List<Directory> layouts() {
    return directories("layouts/", "layout.json");
  }

  public List<Directory> partials() {
    return directories("partials/", "partial.json");
  }

  /** The paths that variables are read from: at most one of them is meant to exist. */
  public List<String> variables() {
    return VARIABLES.stream().filter(files::containsKey).toList();
  }

  /** The paths that the environment is read from: at most one of them is meant to exist. */
  public List<String> environment() {
    return ENVIRONMENT.stream().filter(files::containsKey).toList();
  }

  /**
   * The directories at the top that hold files and nothing that is read: {@code translations/},
   * {@code guides/}. Files at the top, a README for instance, are not told of.
   */
  public List<String> ignored() {
    var read = new TreeSet<>(List.of("workflows/", "layouts/", "partials/"));
    workflows().forEach(it -> read.add(it.path().substring(0, it.path().indexOf('/') + 1)));
    return files.keySet().stream()
        .filter(path -> path.indexOf('/') > 0)
        .map(path -> path.substring(0, path.indexOf('/') + 1))
        .filter(directory -> !read.contains(directory) && !directory.startsWith("."))
        .distinct()
        .toList();
  }

  /**
   * Those right below {@code parent} that hold a file of that name.
   *
   * @param parent empty, or with a slash at its end
   */
  public List<Directory> directories(String parent, String head) {
    return files.keySet().stream()
        .filter(path -> path.startsWith(parent) && path.endsWith("/" + head))
        .map(path -> path.substring(parent.length(), path.length() - head.length() - 1))
        .filter(key -> key.indexOf('/') < 0)
        .map(key -> new Directory(key, parent + key + "/", parent + key + "/" + head))
        .toList();
  }
}
