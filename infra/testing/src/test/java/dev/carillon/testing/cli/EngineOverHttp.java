package dev.carillon.testing.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.project.Api;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An engine that answers HTTP on the loopback address, with the environments development and
 * production and one service token. Calls are answered one after the other.
 */
public final class EngineOverHttp implements AutoCloseable {
  public static final EnvironmentId PRODUCTION = new EnvironmentId("production");
  static final String TOKEN = "knock_st_test";

  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private final InProcessEngine engine;
  private final HttpServer server;

  public EngineOverHttp() throws IOException {
    this(InProcessEngine.at(START));
  }

  /** With these channels in place of the three. */
  public EngineOverHttp(List<Json> channels) throws IOException {
    this(InProcessEngine.at(START, channels));
  }

  private EngineOverHttp(InProcessEngine engine) throws IOException {
    this.engine = engine;
    environment(InProcessEngine.ENVIRONMENT, "development", 0);
    environment(PRODUCTION, "production", 1);
    engine
        .ports()
        .serviceTokens()
        .put(
            Digest.hex(TOKEN),
            new ServiceToken(
                "cli", "cli@example.com", EnumSet.allOf(ManagementScope.class), Set.of(), false));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void environment(EnvironmentId id, String slug, int order) {
    engine
        .ports()
        .environmentList()
        .put(new EnvironmentEntry(id, slug, slug, order, engine.now(), engine.now()));
  }

  public InProcessEngine engine() {
    return engine;
  }

  /** The management API, called with the service token. */
  Api management() {
    return api(Map.of("authorization", "Bearer " + TOKEN));
  }

  /** The id of the newest commit in development of what is of this type. */
  String newestCommit(String type) {
    return ((Json.Obj) management().call("GET", "/v1/commits?limit=100", Optional.empty()).body())
        .list("entries").stream()
            .map(Json.Obj.class::cast)
            .filter(
                commit -> commit.object("resource").text("type").filter(type::equals).isPresent())
            .findFirst()
            .flatMap(commit -> commit.text("id"))
            .orElseThrow();
  }

  /** The API, called with the secret key. */
  Api server() {
    return api(Map.of());
  }

  private Api api(Map<String, String> headers) {
    return (method, path, body) -> {
      CallAnswer answer =
          engine.call(new Call(method, path, headers, body.map(InvocationJson::of)));
      return new Api.Answer(answer.status(), answer.json());
    };
  }

  /** Lets there be a user of that id, with a name and an address made from it, who reads German. */
  void identify(String id) {
    String name = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    engine.call(
        Call.put(
            "/v1/users/" + id,
            Json.object()
                .with("name", name)
                .with("locale", "de-CH")
                .with("email", id + "@example.com")));
  }

  /** What tools are given in the place of Knock's address. */
  public String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    engine.advance(Duration.ofMillis(5));
    var headers = new LinkedHashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    CallAnswer answer =
        engine.call(
            new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toASCIIString(),
                headers,
                Optional.of(body).filter(it -> !it.isEmpty())));
    byte[] bytes =
        answer.status() == 204
            ? new byte[0]
            : InvocationJson.of(answer.json()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
