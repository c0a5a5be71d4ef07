package dev.carillon.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers requests as a test says and remembers them. */
final class FakeAws implements AutoCloseable {

  /** What was asked. */
  record Asked(String method, String path, Map<String, String> headers, Json.Obj body) {}

  /** What is answered; {@code error} names the exception, empty when all went well. */
  record Answer(int status, String error, Json.Obj body) {
    static Answer ok(Json.Obj body) {
      return new Answer(200, "", body);
    }

    static Answer error(int status, String error) {
      return new Answer(status, error, Json.object().with("__type", error).with("Message", "no"));
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new ArrayList<>();

  FakeAws(Function<Asked, Answer> answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Asked request = read(exchange);
            synchronized (asked) {
              asked.add(request);
            }
            write(exchange, answers.apply(request));
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Asked> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  /** Variables with which every client asks here. */
  Map<String, String> variables() {
    return new LinkedHashMap<>(
        Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ENDPOINT_URL", url(),
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret"));
  }

  AwsClients clients() {
    return AwsClients.of(new Environment(variables(), InstantSource.system()));
  }

  private static Asked read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var headers = new LinkedHashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
    return new Asked(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers,
        body.length > 0 && JsonText.parse(body) instanceof Json.Obj object
            ? object
            : Json.Obj.EMPTY);
  }

  private static void write(HttpExchange exchange, Answer answer) {
    try {
      if (!answer.error().isEmpty()) {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.error());
      }
      byte[] bytes = JsonText.bytes(answer.body());
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
