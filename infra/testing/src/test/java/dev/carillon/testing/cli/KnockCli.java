package dev.carillon.testing.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Knock's own command line, as npm has it, in one project. */
final class KnockCli {
  static final String VERSION = "1.1.2";

  private static final Path HOME = Path.of("target", "knock-cli").toAbsolutePath();

  private final Path project;
  private final String origin;

  private KnockCli(Path project, String origin) {
    this.project = project;
    this.origin = origin;
  }

  /**
   * Skips the test when npm or the package is not there; of tests at once the first installs it.
   */
  static synchronized KnockCli in(Path project, String origin) {
    Path manifest = HOME.resolve("node_modules/@knocklabs/cli/package.json");
    try {
      Files.createDirectories(HOME);
      if (!Files.exists(manifest)
          || !Files.readString(manifest).contains("\"version\": \"" + VERSION + "\"")) {
        Files.writeString(HOME.resolve("package.json"), "{\"private\":true}");
        run(
            HOME,
            List.of("npm", "install", "--no-audit", "--no-fund", "@knocklabs/cli@" + VERSION));
      }
    } catch (IOException | IllegalStateException e) {
      abort("@knocklabs/cli " + VERSION + " is not to be had, so nothing was tried: " + e);
    }
    return new KnockCli(project, origin);
  }

  /**
   * What the command prints.
   *
   * @throws IllegalStateException when it fails, with what it prints
   */
  String run(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add("node");
    command.add(HOME.resolve("node_modules/@knocklabs/cli/bin/run.js").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--api-origin", origin));
    return run(project, command);
  }

  private static String run(Path directory, List<String> command) throws IOException {
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("KNOCK_SERVICE_TOKEN", EngineOverHttp.TOKEN);
    // Its own settings and caches stay out of whose machine this is.
    builder.environment().put("XDG_CONFIG_HOME", HOME.resolve("config").toString());
    builder.environment().put("XDG_CACHE_HOME", HOME.resolve("cache").toString());
    builder.environment().put("XDG_DATA_HOME", HOME.resolve("data").toString());
    Path temporary = HOME.resolve("tmp").resolve(directory.getFileName());
    Files.createDirectories(temporary);
    builder.environment().put("TMPDIR", temporary.toString());
    Process process = builder.start();
    // What it asks is answered with what it suggests.
    process.getOutputStream().write('\n');
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0 || output.contains("Error:")) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void write(String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** The texts of all files of the project, by their paths. */
  TreeMap<String, String> files() {
    var files = new TreeMap<String, String>();
    try (var paths = Files.walk(project)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(project.relativize(path).toString(), Files.readString(path));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
