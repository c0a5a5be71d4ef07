package dev.carillon.testing.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of Java that is deployed or offered to users, as it is written.
 *
 * @param path from the top of the repository, with {@code /}
 */
record SourceFile(String path, String text) {
  private static final Path TOP = Path.of("..", "..");
  private static final String MAIN = "/src/main/java/";

  /** All of them but the {@code package-info}s, whichever modules they are in. */
  static List<SourceFile> all() {
    try (var modules = Files.newDirectoryStream(TOP, "{shared,functions,infra}")) {
      var all = new ArrayList<SourceFile>();
      for (Path group : modules) {
        try (var inside = Files.newDirectoryStream(group, Files::isDirectory)) {
          for (Path module : inside) {
            all.addAll(of(module.resolve("src/main/java")));
          }
        }
      }
      return List.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<SourceFile> of(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .map(SourceFile::read)
          .toList();
    }
  }

  private static SourceFile read(Path file) {
    try {
      return new SourceFile(
          TOP.relativize(file).toString().replace('\\', '/'), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code shared/domain}. */
  String module() {
    return path.substring(0, path.indexOf(MAIN));
  }

  /** {@code dev.carillon.run}. */
  String packageName() {
    return path.substring(path.indexOf(MAIN) + MAIN.length(), path.lastIndexOf('/'))
        .replace('/', '.');
  }

  /** {@code Run}. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
  }

  /** The names of the classes, and of the members, that it imports. */
  Stream<String> imports() {
    return text.lines()
        .filter(line -> line.startsWith("import "))
        .map(line -> line.replaceFirst("^import (static )?", "").replace(";", ""));
  }
}
