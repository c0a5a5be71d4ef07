package dev.carillon.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Has a function work on one event before Lambda takes the snapshot that SnapStart restores it
 * from, so that the classes its first request needs are loaded by then.
 *
 * <p>What works is a handler of its own, whose AWS is a server of this process that knows nothing:
 * so no grant is needed, nothing is read or written, and the snapshot holds no credentials, no
 * connection, nothing random and no time. The handler that serves has done nothing by then; it asks
 * for its credentials when it is first called. Without SnapStart nothing happens.
 */
public final class Priming implements Resource {
  /** Set in the environment of the handler that is worked with: it writes no log. */
  static final String QUIET = "CARILLON_PRIMING";

  /** The context keeps weak references alone. */
  private static final class Registered {
    private static final Queue<Priming> ALL = new ConcurrentLinkedQueue<>();
  }

  private final Environment environment;
  private final Function<Environment, RequestStreamHandler> handler;
  private final String event;
  private final Consumer<Environment> rehearsal;

  Priming(
      Environment environment,
      Function<Environment, RequestStreamHandler> handler,
      String event,
      Consumer<Environment> rehearsal) {
    this.environment = environment;
    this.handler = handler;
    this.event = event;
    this.rehearsal = rehearsal;
  }

  /**
   * The environment of this process, for the handler that serves.
   *
   * @param handler makes another
   * @param event what that one is given before the snapshot, in the form that Lambda gives it; what
   *     comes of it does not matter
   */
  public static Environment ofProcess(
      Function<Environment, RequestStreamHandler> handler, String event) {
    return ofProcess(handler, event, _ -> {});
  }

  /**
   * As above, for a function that comes to more than an AWS that knows nothing lets it.
   *
   * @param rehearsal does what else a first request does, in the environment of that handler; one
   *     that fails does no harm
   */
  public static Environment ofProcess(
      Function<Environment, RequestStreamHandler> handler,
      String event,
      Consumer<Environment> rehearsal) {
    Environment environment = Environment.ofProcess();
    if (environment.isForSnapshot()) {
      var priming = new Priming(environment, handler, event, rehearsal);
      Registered.ALL.add(priming);
      Core.getGlobalContext().register(priming);
    }
    return environment;
  }

  /** An event of the HTTP API: a call that names no key that there is. */
  public static String http(String method, String path, String body) {
    // Not formatted: this is made at each start, and few of them need a formatter.
    return """
    {"version": "2.0", "rawPath": "$path", "rawQueryString": "",
     "headers": {"authorization": "Bearer sk_priming", "content-type": "application/json"},
     "requestContext": {"requestId": "priming", "stage": "$default",
       "http": {"method": "$method", "path": "$path", "sourceIp": "127.0.0.1", "userAgent": "priming"}},
     "body": "$body", "isBase64Encoded": false}
    """
        .replace("$method", method)
        .replace("$path", path)
        .replace("$body", quoted(body));
  }

  /** An event of a queue with one task: of nothing that there is. */
  public static String queue(String body) {
    return """
    {"Records": [{"messageId": "priming", "receiptHandle": "priming", "body": "$body",
      "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1767603660000"},
      "messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:::priming"}]}
    """
        .replace("$body", quoted(body));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      prime();
    } catch (Exception | LinkageError e) {
      // It only would have been faster.
      Log.of(environment).failure("snapshot.not_primed", e);
    }
  }

  private void prime() throws IOException {
    HttpServer nothing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    nothing.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    nothing.start();
    Environment there = at("http://127.0.0.1:" + nothing.getAddress().getPort());
    try {
      attempt(
          () ->
              handler
                  .apply(there)
                  .handleRequest(
                      new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                      OutputStream.nullOutputStream(),
                      null));
      attempt(() -> rehearsal.accept(there));
    } finally {
      nothing.stop(0);
    }
  }

  private interface Attempt {
    void make() throws IOException;
  }

  private static void attempt(Attempt attempt) throws IOException {
    try {
      attempt.make();
    } catch (RuntimeException _) {
      // An AWS that knows nothing leads to that; what was to be loaded is.
    }
  }

  private Environment at(String aws) {
    Map<String, String> variables = new HashMap<>(environment.variables());
    variables.keySet().removeIf(name -> name.startsWith("AWS_ENDPOINT_URL"));
    variables.keySet().removeIf(name -> name.startsWith("AWS_CONTAINER_"));
    variables.remove("AWS_SESSION_TOKEN");
    variables.put("AWS_ENDPOINT_URL", aws);
    variables.put("AWS_ACCESS_KEY_ID", "priming");
    variables.put("AWS_SECRET_ACCESS_KEY", "priming");
    variables.put(QUIET, "true");
    return new Environment(variables, environment.clock());
  }

  /** Nothing: nothing that a snapshot must not hold was there. */
  @Override
  public void afterRestore(Context<? extends Resource> context) {}
}
