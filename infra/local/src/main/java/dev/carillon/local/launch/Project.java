package dev.carillon.local.launch;

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

/**
 * A project's files on disk: a root with {@code workflows/} and what stands beside it, or a bare
 * folder of workflows.
 */
final class Project {
  // More than any workflow's text; what is larger is no part of one.
  private static final long LARGEST = 1024 * 1024;

  private final Path folder;

  Project(Path folder) {
    this.folder = folder;
  }

  /** Every file by its path below the root, with slashes. */
  Map<String, String> files() {
    var prefix = isRoot() ? "" : "workflows/";
    var files = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (var path : (Iterable<Path>) paths.filter(this::belongs)::iterator) {
        var name = prefix + folder.relativize(path).toString().replace('\\', '/');
        text(Files.readAllBytes(path)).ifPresent(text -> files.put(name, text));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isRoot() {
    return Files.isDirectory(folder.resolve("workflows"));
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

  /** Empty for pictures and the like: what is not UTF-8 is no part of a workflow. */
  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
