package dev.carillon.bench.stack;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A local stack in a process of its own, as {@code ./carillon up} starts it, with the demo's
 * environment and the benchmark's workflows beside the demo's.
 */
public final class BenchStack implements AutoCloseable {
  private static final String SECRET_KEY = "sk_local";
  private static final Duration GLANCE = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
          + " Safari/537.36";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI base;

  private BenchStack(Process process, URI base) {
    this.process = process;
    this.base = base;
  }

  /**
   * Starts it on a free port and returns when it is ready.
   *
   * @param home the checkout's root
   * @param jvm what its command line has besides the launcher's words
   */
  public static BenchStack start(Path home, List<String> jvm) throws IOException {
    return start(home, jvm, List.of());
  }

  /**
   * The same.
   *
   * @param options for {@code up}
   */
  public static BenchStack start(Path home, List<String> jvm, List<String> options)
      throws IOException {
    int port = freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms512m",
            "-Xmx" + System.getProperty("carillon.bench.heap", "3g"),
            "-Xmn192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dsun.net.http.retryPost=false",
            "-Dsun.net.httpserver.nodelay=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcarillon.home=" + home));
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "dev.carillon.local.launch.Main",
            "--port",
            Integer.toString(port),
            "--workflows",
            home.resolve("infra/bench/workflows").toString()));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new StringBuilder();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line;
    while ((line = lines.readLine()) != null) {
      output.append(line).append('\n');
      if (line.startsWith("ready ")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return new BenchStack(process, URI.create("http://localhost:" + port));
      }
    }
    throw new IllegalStateException("The stack did not start:\n" + output);
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  public URI base() {
    return base;
  }

  /** Processor time that the stack's process has used. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory that the stack's process had at one time; 0 where the system does not tell. */
  public long peakMegabytes() throws IOException {
    return peakMegabytes(process.pid());
  }

  /**
   * The most memory that a process of each isolated function had at one time, of those that there
   * are; empty where functions are not isolated, or the system does not tell.
   */
  public Map<String, Long> functionMegabytes() throws IOException {
    var peaks = new TreeMap<String, Long>();
    for (ProcessHandle each : process.descendants().toList()) {
      Path environment = Path.of("/proc", Long.toString(each.pid()), "environ");
      if (Files.exists(environment)) {
        for (String variable : Files.readString(environment).split("\0")) {
          if (variable.startsWith("_HANDLER=")) {
            peaks.merge(function(variable), peakMegabytes(each.pid()), Math::max);
          }
        }
      }
    }
    return peaks;
  }

  /** The last package of its handler. */
  private static String function(String handler) {
    String packages = handler.substring(0, handler.lastIndexOf('.'));
    return packages.substring(packages.lastIndexOf('.') + 1);
  }

  private static long peakMegabytes(long process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process), "status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .findFirst()
            .orElse(0)
        : 0;
  }

  /** An answer of success of the API; the empty object when it has no such body. */
  public Json.Obj call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body, SECRET_KEY);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return !answer.body().isBlank() && JsonText.parse(answer.body()) instanceof Json.Obj object
        ? object
        : Json.object();
  }

  public HttpResponse<String> send(String method, String path, String body, String key)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofMinutes(10))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Clicks a link as a person's browser does; where it leads is not looked at. */
  public void follow(String path) throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(base.resolve(path)).header("User-Agent", BROWSER).build(),
        BodyHandlers.discarding());
  }

  public void trigger(String workflow, String body) throws IOException, InterruptedException {
    call("POST", "/v1/workflows/" + workflow + "/trigger", body);
  }

  /** Moves the stack's clock; returns when all that is due by then is done. */
  public void advance(Duration by) throws IOException, InterruptedException {
    call("POST", "/_local/advance", "{\"by\":\"" + by + "\"}");
  }

  /**
   * Returns when no queue holds anything any more: what was sent again to be looked at in a second
   * has been, too.
   */
  public void settle() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    // Twice: a task may go from one queue to the next while these are looked at in turn.
    for (int empty = 0; empty < 2; ) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The stack does not settle: " + health());
      }
      advance(Duration.ZERO);
      empty = queuesAreEmpty() ? empty + 1 : 0;
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  /** Whether nothing is in any queue at the moment. */
  public boolean queuesAreEmpty() throws IOException, InterruptedException {
    return health().object("queues").fields().values().stream()
        .flatMap(queue -> ((Json.Obj) queue).fields().values().stream())
        .allMatch(Json.of(0)::equals);
  }

  /** What it is called through, for sockets. */
  public HttpClient client() {
    return client;
  }

  public Json.Obj health() throws IOException, InterruptedException {
    return call("GET", "/_local/health", "");
  }

  public Instant now() throws IOException, InterruptedException {
    return Instant.parse(health().text("now").orElseThrow());
  }

  /** Where the stack's AWS answers. */
  public URI aws() throws IOException, InterruptedException {
    return URI.create(health().text("aws_endpoint").orElseThrow());
  }

  public Json.Obj stats() throws IOException, InterruptedException {
    return call("GET", "/_local/stats", "");
  }

  /** How often the function was invoked so far. */
  public int invocations(String function) throws IOException, InterruptedException {
    return stats().object(function).get("invocations").orElse(Json.NULL)
            instanceof Json.Num(var count)
        ? count.intValue()
        : 0;
  }

  /** What was delivered, newest first. */
  public List<Json.Obj> outbox() throws IOException, InterruptedException {
    return ((Json.Arr) JsonText.parse(send("GET", "/_local/outbox.json", "", SECRET_KEY).body()))
        .items().stream().map(Json.Obj.class::cast).toList();
  }

  /** Makes users {@code u0} to {@code u<count - 1>} known, each with an address. */
  public void identify(int count) throws IOException, InterruptedException {
    for (int from = 0; from < count; from += 500) {
      var users = new StringBuilder("{\"users\":[");
      for (int i = from; i < Math.min(count, from + 500); i++) {
        users
            .append(i == from ? "" : ",")
            .append(
                "{\"id\":\"u%d\",\"name\":\"User %d\",\"email\":\"u%d@example.com\"}"
                    .formatted(i, i, i));
      }
      call("POST", "/v1/users/bulk/identify", users.append("]}").toString());
    }
    settle();
  }

  /** The folder of the synthesized template. */
  public static Path assembly(Path home) {
    return home.resolve("infra/aws/target/cdk.out");
  }

  /** A file that is deleted when the benchmark ends. */
  public static Path temporary(String name) throws IOException {
    Path file = Files.createTempFile("carillon-bench", name);
    file.toFile().deleteOnExit();
    return file;
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
