package dev.carillon.jars;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packs every function: {@code PackFunctions <repository>}. Reads {@code functions/<verb>/target}'s
 * {@code class-path.txt} and {@code classes}, writes {@code function.jar} beside them.
 */
final class PackFunctions {
  private PackFunctions() {}

  /** Prints a line for each jar. */
  public static void main(String[] arguments) throws IOException {
    var packer = new FunctionPacker();
    try (Stream<Path> functions = Files.list(Path.of(arguments[0]).resolve("functions"))) {
      for (Path function : functions.sorted().toList()) {
        Path target = function.resolve("target");
        Path list = target.resolve("class-path.txt");
        if (Files.exists(list)) {
          Path jar = target.resolve("function.jar");
          int classes = packer.pack(target.resolve("classes"), paths(list), jar);
          System.out.printf(
              "%s: %d classes, %.1f MB%n", function.getFileName(), classes, Files.size(jar) / 1e6);
        }
      }
    }
  }

  private static List<Path> paths(Path list) throws IOException {
    return Stream.of(Files.readString(list).strip().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
