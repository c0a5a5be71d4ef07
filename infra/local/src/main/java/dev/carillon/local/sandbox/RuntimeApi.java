package dev.carillon.local.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.local.functions.FunctionHost.Invocation;
import dev.carillon.local.functions.InvocationResult;
import dev.carillon.local.wire.LoopbackHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lambda's Runtime API for one sandbox, version 2018-06-01, and the address that gives it its
 * credentials. Events go through it one at a time.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime";
  private static final String CREDENTIALS = "/2021-04-23/credentials";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String token = UUID.randomUUID().toString();
  private final String accessKey;
  private final Duration timeout;
  private final BlockingQueue<Asked> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<InvocationResult> ready = new CompletableFuture<>();
  private final AtomicReference<Optional<Asked>> current = new AtomicReference<>(Optional.empty());

  private record Asked(
      Invocation invocation, Instant deadline, CompletableFuture<InvocationResult> answer) {}

  /**
   * @param accessKey of the function's role
   * @param timeout of each invocation, from when it is given to the runtime
   */
  RuntimeApi(String accessKey, Duration timeout) throws IOException {
    this.accessKey = accessKey;
    this.timeout = timeout;
    server = LoopbackHttp.server();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** For {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** For {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}. */
  String credentials() {
    return "http://" + address() + CREDENTIALS;
  }

  /** For {@code AWS_CONTAINER_AUTHORIZATION_TOKEN}. */
  String token() {
    return token;
  }

  /**
   * Ends once the handler is made and asks for its first event, or could not be made: then with the
   * failure.
   */
  CompletableFuture<InvocationResult> ready() {
    return ready;
  }

  /** Gives the runtime an event; ends with its answer, which may never come. */
  CompletableFuture<InvocationResult> give(Invocation invocation) {
    var asked = new Asked(invocation, Instant.now().plus(timeout), new CompletableFuture<>());
    events.add(asked);
    return asked.answer();
  }

  /** The process has ended: nothing will be answered any more. */
  void ended(InvocationResult failure) {
    ready.complete(failure);
    current.get().ifPresent(asked -> asked.answer().complete(failure));
    for (var asked = events.poll(); asked != null; asked = events.poll()) {
      asked.answer().complete(failure);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var body = exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestMethod() + " " + path) {
        case "GET " + RUNTIME + "/invocation/next" -> next(exchange);
        // The snapshot is taken and restored in the same moment.
        case "GET " + RUNTIME + "/restore/next" -> send(exchange, 200, new byte[0]);
        case "POST " + RUNTIME + "/init/error", "POST " + RUNTIME + "/restore/error" -> {
          ready.complete(failure(body));
          send(exchange, 202, new byte[0]);
        }
        case "GET " + CREDENTIALS -> credentials(exchange);
        default -> outcome(exchange, path, body);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    ready.complete(new InvocationResult.Returned(new byte[0]));
    var asked = events.take();
    current.set(Optional.of(asked));
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", asked.invocation().requestId());
    headers.set("Lambda-Runtime-Invoked-Function-Arn", asked.invocation().arn());
    headers.set("Lambda-Runtime-Trace-Id", asked.invocation().trace());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(asked.deadline().toEpochMilli()));
    headers.set("Content-Type", "application/json");
    send(exchange, 200, asked.invocation().event());
  }

  /** {@code /invocation/<request id>/response} or {@code …/error}. */
  private void outcome(HttpExchange exchange, String path, byte[] body) throws IOException {
    var asked = current.get();
    var one = RUNTIME + "/invocation/" + asked.map(it -> it.invocation().requestId()).orElse("");
    if (asked.isEmpty() || !path.startsWith(one + "/")) {
      send(exchange, 400, "{\"errorType\":\"InvalidRequestID\"}".getBytes());
      return;
    }
    var returned = path.equals(one + "/response");
    var result = returned ? InvocationResult.of(body) : failure(body);
    var tooLarge = returned && result instanceof InvocationResult.Failed;
    send(exchange, tooLarge ? 413 : 202, new byte[0]);
    asked.get().answer().complete(result);
  }

  private static InvocationResult failure(byte[] body) {
    try {
      if (JsonText.parse(body) instanceof Json.Obj json) {
        return new InvocationResult.Failed(
            json.text("errorType").orElse("Error"), json.text("errorMessage").orElse("null"));
      }
    } catch (MalformedJson _) {
      // As for any other body that says nothing.
    }
    return new InvocationResult.Failed("Error", "The runtime reported an error without words.");
  }

  private void credentials(HttpExchange exchange) throws IOException {
    if (!token.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 403, new byte[0]);
      return;
    }
    var json =
        Json.object()
            .with("AccessKeyId", accessKey)
            .with("SecretAccessKey", "local")
            .with("Token", "local")
            // Farther than anybody moves the stack's clock.
            .with("Expiration", Instant.now().plus(36_500, ChronoUnit.DAYS).toString());
    send(exchange, 200, JsonText.bytes(json));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
