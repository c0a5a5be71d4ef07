package dev.carillon.local.launch;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.http.LocalHttpServer;
import dev.carillon.local.journal.DiskWatch;
import dev.carillon.local.journal.UnreadableData;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import dev.carillon.local.template.StackTemplateReader;
import dev.carillon.local.template.UnsupportedTemplate;
import dev.carillon.project.ProjectFolder;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts the local stack from a built tree and runs until it is stopped. Reads the property {@code
 * carillon.home}, the checkout's root.
 */
public final class Main {
  private static final String ENVIRONMENT = "development";

  private final Path home;
  private final UpOptions options;
  private final PrintStream terminal;
  private final Map<String, String> serving = new ConcurrentHashMap<>();

  private Main(Path home, UpOptions options, PrintStream terminal) {
    this.home = home;
    this.options = options;
    this.terminal = terminal;
  }

  public static void main(String[] arguments) throws IOException {
    var terminal = System.out;
    try {
      var home = Path.of(System.getProperty("carillon.home", "")).toAbsolutePath();
      new Main(home, UpOptions.parse(List.of(arguments)), terminal).run();
    } catch (UpOptions.Refused
        | UnsupportedTemplate
        | UnreadableData
        | UnsupportedOperationException e) {
      fail(terminal, e.getMessage());
    } catch (RuntimeException e) {
      // Standard error is the log by now, if it came that far.
      e.printStackTrace();
      fail(terminal, "The stack did not start: " + e.getMessage());
    }
  }

  private static void fail(PrintStream terminal, String sentence) {
    terminal.println(sentence);
    terminal.flush();
    Runtime.getRuntime().halt(1);
  }

  private void run() throws IOException {
    LocalHttpServer server;
    try {
      server = LocalHttpServer.at(options.port());
    } catch (BindException _) {
      throw new UpOptions.Refused(
          "Port " + options.port() + " is taken; choose another with --port.");
    }
    var owned =
        options.data().isPresent()
            ? Optional.of(own(options.data().get()))
            : Optional.<FileLock>empty();
    var log = log(server.port());
    var out =
        new PrintStream(new FileOutputStream(log.toFile(), true), true, StandardCharsets.UTF_8);
    // Handlers log to standard output, and so do the engines.
    System.setOut(out);
    System.setErr(out);
    var template = template();
    options.data().ifPresent(folder -> DiskWatch.start(folder, this::say));
    var demo = object(home.resolve("infra/local/demo/seed.json"));
    var stack =
        Stack.start(
            template,
            server,
            new Stack.Setting(
                options.data(),
                options.allowedHosts(),
                options.allowedOrigins(),
                options.providers(),
                secretKey(demo),
                options.isolated(),
                options.streaming(),
                Stack.Collector.of(System.getenv())));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, owned), "stop"));
    var seed = stack.seed();
    var seeded = seed.seed(demo);
    seed.seed(object(home.resolve("infra/local/demo/production.json")));
    object(home.resolve("infra/local/demo/credentials.json"))
        .fields()
        .forEach((channel, credentials) -> seed.credentials(ENVIRONMENT, channel, credentials));
    push(
        seed,
        new ProjectFolder(home.resolve("infra/local/demo")).files(),
        Json.object()
            .with("order_webhook_url", "http://127.0.0.1:" + server.port() + "/_local/sink"));
    options
        .workflows()
        .map(ProjectFolder::new)
        .ifPresent(
            project -> {
              var files = project.files();
              push(seed, files, Json.object());
              watch(project, files, seed);
            });
    var base = "http://localhost:" + server.port();
    terminal.println("ready " + base + "  outbox " + base + "/_local/outbox  log " + log);
    terminal.println(
        "keys  development sk_local pk_local  production sk_local_production  management"
            + " knock_st_local");
    if (seeded.object("clients").text("public_keys").equals(Optional.of("open"))) {
      terminal.println(
          "public_keys is open: a public key alone may read and change any user of this stack."
              + " New environments have restricted.");
    }
    terminal.flush();
    stack.warm();
  }

  /** Two stacks in one folder would write over each other. The lock ends with the process. */
  private static FileLock own(Path data) throws IOException {
    Files.createDirectories(data);
    var lock = FileChannel.open(data.resolve("lock"), CREATE, WRITE).tryLock();
    if (lock == null) {
      throw new UpOptions.Refused("Another stack works in " + data + ".");
    }
    return lock;
  }

  /** The watch lives as long as the process. */
  private void watch(ProjectFolder project, Map<String, String> files, OperatorClient seed) {
    new ProjectWatch(project, files, changed -> push(seed, changed, Json.object()));
  }

  private void push(OperatorClient seed, Map<String, String> files, Json.Obj variables) {
    OperatorClient.Pushed pushed;
    try {
      pushed = seed.push(ENVIRONMENT, files, variables);
    } catch (IllegalStateException e) {
      terminal.println("refused: " + e.getMessage());
      return;
    }
    for (var workflow : pushed.accepted()) {
      // Every push is of all files; what serves as before is no news.
      if (!workflow.version().equals(serving.put(workflow.workflow(), workflow.version()))) {
        terminal.println("workflow " + workflow.workflow() + " version " + workflow.version());
      }
    }
    for (var refused : pushed.refused()) {
      terminal.println(refused.line());
    }
    terminal.flush();
  }

  private void say(String sentence) {
    terminal.println(sentence);
    terminal.flush();
  }

  private Path log(int port) throws IOException {
    var folder = options.data().orElse(home.resolve("infra/local/target/logs"));
    Files.createDirectories(folder);
    return folder.resolve(options.data().isPresent() ? "stack.log" : "stack-" + port + ".log");
  }

  private StackTemplate template() {
    return StackTemplateReader.read(home.resolve("infra/aws/target/cdk.out"), AccountRegion.LOCAL);
  }

  private static Json.Obj object(Path file) throws IOException {
    return JsonText.parse(Files.readString(file)) instanceof Json.Obj object
        ? object
        : Json.Obj.EMPTY;
  }

  private static String secretKey(Json.Obj seed) {
    return seed.list("keys").stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .filter(key -> key.text("kind").equals(Optional.of("secret")))
        .flatMap(key -> key.text("key").stream())
        .findFirst()
        .orElse("");
  }

  private static void stop(Stack stack, Optional<FileLock> owned) {
    try {
      stack.close();
      if (owned.isPresent()) {
        owned.get().close();
      }
    } catch (IOException e) {
      System.out.println("stop: " + e);
    } finally {
      // Asked to stop and stopped: that is no failure, which the signal's own code would say.
      Runtime.getRuntime().halt(0);
    }
  }
}
