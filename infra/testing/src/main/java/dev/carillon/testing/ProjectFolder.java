package dev.carillon.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A project on disk, read as the launcher reads it. */
final class ProjectFolder {
  private static final Pattern WORKFLOW = Pattern.compile("workflows/[^/]+/workflow\\.json");

  private ProjectFolder() {}

  /**
   * The texts of all files by their paths below the project's root, with slashes; without hidden
   * ones and pictures.
   *
   * @throws IllegalArgumentException when there is no such folder, or no workflow in it
   */
  static Map<String, String> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder.toAbsolutePath() + " is no folder");
    }
    String prefix = Files.isDirectory(folder.resolve("workflows")) ? "" : "workflows/";
    var files = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path below = folder.relativize(path);
        if (!hidden(below)) {
          String name = prefix + below.toString().replace('\\', '/');
          text(Files.readAllBytes(path)).ifPresent(text -> files.put(name, text));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files.keySet().stream().noneMatch(WORKFLOW.asMatchPredicate())) {
      throw new IllegalArgumentException(
          folder.toAbsolutePath()
              + " holds no workflow: neither workflows/<key>/workflow.json nor"
              + " <key>/workflow.json");
    }
    return files;
  }

  /**
   * @throws IllegalArgumentException when there is no such file
   */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file.toAbsolutePath() + " is no file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hidden(Path below) {
    for (Path part : below) {
      if (part.toString().startsWith(".") || part.toString().equals("node_modules")) {
        return true;
      }
    }
    return false;
  }

  /** Empty for what is not UTF-8: that is no part of a workflow. */
  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
