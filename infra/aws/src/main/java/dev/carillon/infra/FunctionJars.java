package dev.carillon.infra;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the deployment package of a function is. */
@FunctionalInterface
interface FunctionJars {

  /** The jar that holds {@code dev.carillon.<verb>.<Verb>Handler} and all it needs. */
  Path of(String verb);

  /** The jars that the function modules leave in their own {@code target} folders. */
  static FunctionJars builtIn(Path repository) {
    return verb -> {
      var jar = repository.resolve("functions").resolve(verb).resolve("target/function.jar");
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException(jar + " is missing: package the function modules first");
      }
      return jar;
    };
  }
}
