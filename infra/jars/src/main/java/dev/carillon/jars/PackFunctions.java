package dev.carillon.jars;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
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
    var libraries = new LinkedHashSet<String>();
    try (Stream<Path> functions = Files.list(Path.of(arguments[0]).resolve("functions"))) {
      for (Path function : functions.sorted().toList()) {
        Path target = function.resolve("target");
        Path list = target.resolve("class-path.txt");
        if (Files.exists(list)) {
          Path jar = target.resolve("function.jar");
          paths(list).stream()
              .filter(it -> it.toString().endsWith(".jar"))
              .filter(it -> !it.getFileName().toString().startsWith("carillon-"))
              .map(Path::toString)
              .forEach(libraries::add);
          int classes = packer.pack(target.resolve("classes"), paths(list), jar);
          System.out.printf(
              "%s: %d classes, %.1f MB%n", function.getFileName(), classes, Files.size(jar) / 1e6);
        }
      }
    }
    // The local stack shares the libraries among its functions, whole.
    Path target = Files.createDirectories(Path.of(arguments[0]).resolve("infra/jars/target"));
    Files.write(target.resolve("libraries.txt"), libraries);
  }

  private static List<Path> paths(Path list) throws IOException {
    return Stream.of(Files.readString(list).strip().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
