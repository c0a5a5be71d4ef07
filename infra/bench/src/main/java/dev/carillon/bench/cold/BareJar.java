package dev.carillon.bench.cold;

import dev.carillon.jars.FunctionPacker;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The bare handler, packed as the functions are, from the same libraries. */
final class BareJar {
  static final String HANDLER = "dev.carillon.bench.bare.BareHandler";

  private BareJar() {}

  /**
   * @param home of the repository
   * @param verb the function whose class path it has
   */
  static Path of(Path home, Path folder, String verb) throws IOException {
    Path jar = folder.resolve(verb + "-bare.jar");
    String classPath =
        Files.readString(home.resolve("functions").resolve(verb).resolve("target/class-path.txt"));
    new FunctionPacker()
        .pack(
            own(),
            Stream.of(classPath.strip().split(File.pathSeparator)).map(Path::of).toList(),
            jar);
    return jar;
  }

  private static Path own() {
    return Path.of(
        URI.create(BareJar.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
