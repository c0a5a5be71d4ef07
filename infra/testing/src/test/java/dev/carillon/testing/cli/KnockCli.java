package dev.carillon.testing.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Knock's own command line, as npm has it, in one project. To start it takes a second of a
 * processor, so one process runs all commands of a test, one after the other.
 */
final class KnockCli implements AutoCloseable {
  static final String VERSION = "1.1.2";

  private static final Path HOME = Path.of("target", "knock-cli").toAbsolutePath();
  private static final AtomicInteger HOMES = new AtomicInteger();
  private static Optional<String> lacking = Optional.empty();
  private static final String END = "\u0001";

  /** Runs a command for each line of arguments, as the package's own start does for its one. */
  private static final String COMMANDS =
      """
      const root = __dirname + "/node_modules/@knocklabs/cli";
      require.main.filename = root + "/bin/run.js";
      const oclif = require("@oclif/core");
      // Not what this process is given to read: the package reads that itself.
      const commands = require("net").connect(Number(process.argv[2]), "127.0.0.1");
      const lines = require("readline").createInterface({ input: commands });
      (async () => {
        for await (const line of lines) {
          let failed = "";
          try {
            await oclif.run(JSON.parse(line), { root });
          } catch (error) {
            if (error.oclif?.exit !== 0) failed = "Error: " + error.message + "\\n";
          }
          process.stdout.write(failed + "\\u0001\\n");
        }
      })();
      """;

  private final Path project;
  private final List<String> origin;
  private final Process process;
  private final Socket commands;
  private final BufferedReader printed;

  private KnockCli(Path project, List<String> origin, Path config) throws IOException {
    this.project = project;
    this.origin = origin;
    var asked = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    var builder =
        new ProcessBuilder(
                "node",
                HOME.resolve("commands.js").toString(),
                Integer.toString(asked.getLocalPort()))
            .directory(project.toFile())
            .redirectErrorStream(true);
    builder.environment().put("KNOCK_SERVICE_TOKEN", EngineOverHttp.TOKEN);
    // Its own settings and caches stay out of whose machine this is.
    builder.environment().put("XDG_CONFIG_HOME", config.toString());
    builder.environment().put("XDG_CACHE_HOME", HOME.resolve("cache").toString());
    builder.environment().put("XDG_DATA_HOME", HOME.resolve("data").toString());
    builder.environment().put("TMPDIR", Files.createDirectories(config.resolve("tmp")).toString());
    process = builder.start();
    process.getOutputStream().close();
    process.onExit().thenRun(() -> close(asked));
    commands = asked.accept();
    printed = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Each command names the origin. Skips the test when npm or the package is not there; of tests at
   * once the first installs it.
   */
  static KnockCli in(Path project, String origin) throws IOException {
    install();
    return new KnockCli(project, List.of("--api-origin", origin), fresh());
  }

  /** The origin stands in the command line's configuration, and no command names it. */
  static KnockCli configured(Path project, String origin) throws IOException {
    install();
    Path config = fresh();
    Files.createDirectories(config.resolve("knock"));
    Files.writeString(
        config.resolve("knock/config.json"),
        JsonLiteral.write(Json.object().with("apiOrigin", origin)));
    return new KnockCli(project, List.of(), config);
  }

  private static Path fresh() throws IOException {
    return Files.createDirectories(HOME.resolve("homes/" + HOMES.incrementAndGet()));
  }

  private static synchronized void install() {
    if (lacking.isEmpty()) {
      Path installed = HOME.resolve("installed-" + VERSION);
      try {
        Files.createDirectories(HOME);
        if (!Files.exists(installed)) {
          Files.writeString(HOME.resolve("package.json"), "{\"private\":true}");
          npm("install", "--no-audit", "--no-fund", "@knocklabs/cli@" + VERSION);
          Files.createFile(installed);
        }
        Files.writeString(HOME.resolve("commands.js"), COMMANDS);
      } catch (IOException | IllegalStateException e) {
        // Whoever asks next does not try, and wait, again.
        lacking = Optional.of(e.toString());
      }
    }
    lacking.ifPresent(
        why ->
            abort("@knocklabs/cli " + VERSION + " is not to be had, so nothing was tried: " + why));
  }

  private static void npm(String... arguments) throws IOException {
    finish(HOME, Stream.concat(Stream.of("npm"), Stream.of(arguments)).toList());
  }

  /** Makes the folder a project, in a process of its own: what it asks is answered by Enter. */
  void init() throws IOException {
    finish(
        project,
        List.of("node", HOME.resolve("node_modules/@knocklabs/cli/bin/run.js").toString(), "init"));
  }

  /** Makes the folder a project as {@link #init()} does, without asking. */
  void initialised() throws IOException {
    Files.createDirectories(project.resolve(".knock"));
    write("knock.json", "{\"knockDir\": \".knock\"}");
  }

  private static void finish(Path directory, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().write('\n');
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

  /**
   * What the command prints. It must ask nothing.
   *
   * @throws IllegalStateException when it fails, with what it prints
   */
  String run(String... arguments) throws IOException {
    var command = Stream.concat(Stream.of(arguments), origin.stream()).map(Json::of).toList();
    var line = JsonLiteral.write(new Json.Arr(List.copyOf(command))) + "\n";
    commands.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    var output = new StringBuilder();
    for (String next = printed.readLine(); ; next = printed.readLine()) {
      if (next == null || next.endsWith(END)) {
        if (next == null || output.indexOf("Error:") >= 0) {
          throw new IllegalStateException(String.join(" ", arguments) + ": " + output);
        }
        return output.toString();
      }
      output.append(next).append('\n');
    }
  }

  /** What each command prints; one is written as in a shell, without quotes. */
  String all(String... commands) throws IOException {
    var output = new StringBuilder();
    for (String command : commands) {
      output.append(run(command.split(" ")));
    }
    return output.toString();
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

  /** Ends the process when it has run what it was given. */
  @Override
  public void close() throws IOException {
    commands.close();
    process.destroy();
  }

  private static void close(ServerSocket asked) {
    try {
      asked.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
