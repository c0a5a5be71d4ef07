package dev.carillon.local.e2e;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The stack as the launcher starts it, a process of its own, from the template and the jars of this
 * build. What its user would do with curl, tests do through this.
 */
final class RunningStack implements AutoCloseable {
  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI base;

  URI base() {
    return base;
  }

  private RunningStack(Process process, URI base) {
    this.process = process;
    this.base = base;
  }

  /** Starts it on a free port and returns when it is ready. */
  static RunningStack start(String... options) throws IOException {
    return startAt(0, options);
  }

  /** Starts it on that port, 0 for any free one, and returns when it is ready. */
  static RunningStack startAt(int port, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As the launcher has them.
                "-Xms128m",
                "-Xmx1g",
                "-Xmn96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:CICompilerCount=2",
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-XX:Tier3LoadFeedback=100",
                "-XX:Tier3InvocationThreshold=30",
                "-XX:Tier3MinInvocationThreshold=10",
                "-XX:Tier3CompileThreshold=150",
                "-XX:Tier3BackEdgeThreshold=3000",
                "-Dsun.net.http.retryPost=false",
                "-Dsun.net.httpserver.nodelay=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dcarillon.home=" + HOME,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.carillon.local.launch.Main",
                "--port",
                Integer.toString(port)));
    command.addAll(List.of(options));
    if (Boolean.getBoolean("carillon.isolated")) {
      command.add("--isolated");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new StringBuilder();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    while ((line = lines.readLine()) != null) {
      output.append(line).append('\n');
      if (line.startsWith("ready ")) {
        // What it says later is nobody's here, and would fill the pipe.
        Thread.startVirtualThread(() -> lines.lines().forEach(_ -> {}));
        return new RunningStack(process, URI.create(line.split(" ")[1]));
      }
    }
    throw new IllegalStateException("The stack did not start:\n" + output);
  }

  URI at(String path) {
    return base.resolve(path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> put(String path) throws IOException, InterruptedException {
    return send(request(path).PUT(BodyPublishers.noBody()));
  }

  HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
    return send(request(path).PUT(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  Json.Obj json(String path) throws IOException, InterruptedException {
    return (Json.Obj) JsonText.parse(get(path).body());
  }

  /** What was delivered, newest first. */
  List<Json.Obj> outbox() throws IOException, InterruptedException {
    return ((Json.Arr) JsonText.parse(get("/_local/outbox.json").body()))
        .items().stream().map(Json.Obj.class::cast).toList();
  }

  /** Moves the stack's clock; returns when everything due by then has happened. */
  void advance(Duration by) throws IOException, InterruptedException {
    var answer = post("/_local/advance", "{\"by\":\"" + by + "\"}");
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("advance answered " + answer.body());
    }
  }

  /**
   * Has done what was set going. A task that comes before that of which it tells looks again a
   * second later, so this takes more than a second of the stack's clock.
   */
  void settle() throws IOException, InterruptedException {
    advance(Duration.ofSeconds(5));
  }

  /** What {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What the policies of the template did not let a function do; a sentence each. */
  private List<String> refused() {
    try {
      return json("/_local/access").list("refused").stream()
          .map(sentence -> ((Json.Str) sentence).value())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops it, and fails when a function was refused a call. */
  @Override
  public void close() {
    List<String> refused = process.isAlive() ? refused() : List.of();
    stop();
    if (!refused.isEmpty()) {
      throw new AssertionError("Access was refused:\n" + String.join("\n", refused));
    }
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("The stack did not stop when it was asked to");
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String path) {
    // An advance says by itself when the stack has not come to rest for five minutes.
    return HttpRequest.newBuilder(at(path))
        .timeout(Duration.ofMinutes(10))
        .header("Authorization", "Bearer sk_local")
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
