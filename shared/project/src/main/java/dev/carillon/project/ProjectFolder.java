package dev.carillon.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A project's files on disk: a root with {@code workflows/} and what stands beside it, or a bare
 * folder of workflows. Everything that reads a project reads it through this class.
 */
public final class ProjectFolder {
  // More than any workflow's text; what is larger is no part of one.
  private static final long LARGEST = 1024 * 1024;
  private static final Pattern WORKFLOW = Pattern.compile("workflows/[^/]+/workflow\\.json");

  private final Path folder;
  private final Optional<String> prefix;

  /** Reads nothing yet. */
  public ProjectFolder(Path folder) {
    this(folder, Optional.empty());
  }

  private ProjectFolder(Path folder, Optional<String> prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  /** A folder that is the root, whether or not there are workflows in it. */
  public static ProjectFolder root(Path folder) {
    return new ProjectFolder(folder, Optional.of(""));
  }

  /**
   * The texts of all files by their paths below the root, with slashes: {@code
   * workflows/a/workflow.json}. Hidden files, {@code node_modules}, pictures and whatever else is
   * not UTF-8, and files above 1 MB are left out.
   *
   * @throws UncheckedIOException when the folder cannot be read, or a file goes meanwhile
   */
  public Map<String, String> files() {
    String below = prefix.orElseGet(this::found);
    var files = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (var path : (Iterable<Path>) paths.filter(this::belongs)::iterator) {
        var name = below + folder.relativize(path).toString().replace('\\', '/');
        text(Files.readAllBytes(path)).ifPresent(text -> files.put(name, text));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * As {@link #files()}, of a folder that is meant to hold at least one workflow.
   *
   * @throws IllegalArgumentException when there is no such folder, or no workflow in it
   */
  public Map<String, String> filesWithWorkflow() {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder.toAbsolutePath() + " is no folder");
    }
    var files = files();
    if (files.keySet().stream().noneMatch(WORKFLOW.asMatchPredicate())) {
      throw new IllegalArgumentException(
          folder.toAbsolutePath()
              + " holds no workflow: neither workflows/<key>/workflow.json nor"
              + " <key>/workflow.json");
    }
    return files;
  }

  private String found() {
    return Files.isDirectory(folder.resolve("workflows")) ? "" : "workflows/";
  }

  private boolean belongs(Path path) {
    var relative = folder.relativize(path);
    for (var part : relative) {
      if (part.toString().startsWith(".") || part.toString().equals("node_modules")) {
        return false;
      }
    }
    try {
      return Files.isRegularFile(path) && Files.size(path) <= LARGEST;
    } catch (IOException _) {
      // Gone since it was listed.
      return false;
    }
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
