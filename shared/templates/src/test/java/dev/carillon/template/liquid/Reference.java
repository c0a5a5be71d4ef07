package dev.carillon.template.liquid;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * liquidjs, run by node: what Liquid means here. The version is the one that {@code npm install
 * @knocklabs/cli@1.1.2} brings, which asks for ^10.25.7.
 */
final class Reference {
  static final String VERSION = "10.30.1";

  private static final Path HOME = Path.of("target", "liquidjs").toAbsolutePath();

  private static Optional<String> lacking = Optional.empty();

  private Reference() {}

  /**
   * @param data as JSON text, since the order of keys matters
   * @param escape whether values are escaped for HTML
   */
  record Case(String template, String data, Map<String, String> partials, boolean escape) {
    private Json json() {
      var named = Json.object();
      for (var partial : partials.entrySet()) {
        named = named.with(partial.getKey(), partial.getValue());
      }
      return Json.object()
          .with("template", template)
          .with("data", data)
          .with("partials", named)
          .with("escape", Json.of(escape));
    }
  }

  /** What became of a case: the output, or why there is none. */
  record Outcome(boolean rendered, String text) {}

  /** The outcomes, in the order of the cases. Skips the test when node or liquidjs is not there. */
  static List<Outcome> outcomes(List<Case> cases, String zone) {
    install();
    try {
      Path script = HOME.resolve("reference.js");
      try (var source = Reference.class.getResourceAsStream("reference.js")) {
        Files.write(script, source.readAllBytes());
      }
      Path in = Files.createTempFile(HOME, "cases", ".jsonl");
      Path out = Files.createTempFile(HOME, "results", ".txt");
      Files.write(in, cases.stream().map(it -> JsonLiteral.write(it.json())).toList());
      run(Map.of("TZ", zone), "node", script.toString(), in.toString(), out.toString());
      var outcomes = Files.readAllLines(out).stream().map(Reference::outcome).toList();
      Files.delete(in);
      Files.delete(out);
      return outcomes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome outcome(String line) {
    byte[] text = Base64.getDecoder().decode(line.substring(1));
    var characters = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
    return new Outcome(line.charAt(0) == '=', characters.toString());
  }

  private static synchronized void install() {
    if (lacking.isEmpty()) {
      Path installed = HOME.resolve("installed-" + VERSION);
      try {
        Files.createDirectories(HOME);
        run(Map.of(), "node", "--version");
        if (!Files.exists(installed)) {
          Files.writeString(HOME.resolve("package.json"), "{\"private\":true}");
          run(Map.of(), "npm", "install", "--no-audit", "--no-fund", "liquidjs@" + VERSION);
          Files.createFile(installed);
        }
      } catch (IOException | IllegalStateException e) {
        // Whoever asks next does not try, and wait, again.
        lacking = Optional.of(e.getMessage());
      }
    }
    lacking.ifPresent(
        why -> abort("liquidjs " + VERSION + " is not to be had, so nothing was compared: " + why));
  }

  private static void run(Map<String, String> environment, String... command) throws IOException {
    var arguments = new ArrayList<>(List.of(command));
    if (System.getProperty("os.name").startsWith("Windows") && command[0].equals("npm")) {
      arguments.set(0, "npm.cmd");
    }
    var builder = new ProcessBuilder(arguments).directory(HOME.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    // Who does not end by then is taken for a registry that is not there.
    CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES)
        .execute(
            () -> {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            });
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
