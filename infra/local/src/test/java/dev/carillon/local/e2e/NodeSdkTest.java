package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A product that uses Knock's SDK for Node with another base URL and nothing else changed: {@code
 * node-sdk/product.mjs}, which makes every call of the SDK. Skipped where there is no npm, or no
 * way to a registry.
 */
class NodeSdkTest {
  private static final String SDK = "@knocklabs/node@1.35.0";
  private static final Path SCRIPT = Path.of("src", "test", "resources", "node-sdk", "product.mjs");

  /** After which a registry is taken for one that is not there. */
  private static final Duration INSTALLING = Duration.ofMinutes(2);

  private static final Duration USING = Duration.ofMinutes(10);

  @TempDir Path folder;

  @Test
  void a_product_changes_its_base_url_and_nothing_else() throws Exception {
    Files.copy(SCRIPT, folder.resolve("product.mjs"));
    Ended installed =
        run(INSTALLING, List.of("npm", "install", "--no-audit", "--no-fund", "--silent", SDK));
    assumeTrue(installed.ok(), () -> "npm could not install " + SDK + ": " + installed.said());
    try (var stack = RunningStack.start()) {
      Ended product = run(USING, List.of("node", "product.mjs", stack.base().toString()));
      assertThat(product.ok()).as(product.said()).isTrue();
      assertThat(product.said().lines()).hasSize(13).allMatch(line -> line.startsWith("ok "));
    }
  }

  private record Ended(boolean ok, String said) {}

  private Ended run(Duration within, List<String> command) throws InterruptedException {
    try {
      Path output = folder.resolve("output.txt");
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(within);
      process.destroyForcibly();
      return new Ended(ended && process.exitValue() == 0, Files.readString(output));
    } catch (IOException e) {
      return new Ended(false, e.getMessage());
    }
  }
}
