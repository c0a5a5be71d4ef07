package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The jars that are deployed: the tests beside this one start the functions from them, so that what
 * they lack would show.
 */
class FunctionJarsTest {
  private static final long MOST = 8_000_000;

  @Test
  void no_jar_is_larger_than_eight_megabytes() throws IOException {
    try (Stream<Path> functions = Files.list(Path.of("..", "..", "functions"))) {
      var jars =
          functions
              .map(it -> it.resolve("target").resolve("function.jar"))
              .filter(Files::exists)
              .toList();
      assertThat(jars)
          .isNotEmpty()
          .allSatisfy(jar -> assertThat(Files.size(jar)).as(jar.toString()).isLessThan(MOST));
    }
  }
}
