package dev.carillon.edge;

import dev.carillon.access.DeploymentKey;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** Builds the events of API Gateway for tests. */
public record GatewayEvents(Json.Obj json) {
  public static final DeploymentKeys KEYS = () -> new DeploymentKey("a1".repeat(32));

  /**
   * A call.
   *
   * @param line its method and its path, decoded as the gateway has it
   */
  public static GatewayEvents of(String line) {
    String[] parts = line.split(" ", 2);
    return new GatewayEvents(
        Json.object()
            .with("version", "2.0")
            .with("routeKey", "$default")
            .with("rawPath", parts[1])
            .with("rawQueryString", "")
            .with("headers", Json.object())
            .with(
                "requestContext",
                Json.object()
                    .with("requestId", "req-1")
                    .with("http", Json.object().with("method", parts[0])))
            .with("isBase64Encoded", Json.FALSE));
  }

  public GatewayEvents query(String raw) {
    return new GatewayEvents(json.with("rawQueryString", raw));
  }

  public GatewayEvents header(String name, String value) {
    return new GatewayEvents(json.with("headers", json.object("headers").with(name, value)));
  }

  public GatewayEvents key(String key) {
    return header("authorization", "Bearer " + key);
  }

  public GatewayEvents body(String text) {
    return new GatewayEvents(json.with("body", text));
  }

  public HttpRequest request() {
    try {
      return HttpRequest.of(stream(), KEYS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public InputStream stream() {
    return stream(JsonText.write(json));
  }

  public static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Log silent() {
    return logTo(OutputStream.nullOutputStream());
  }

  public static Log logTo(OutputStream out) {
    return new Log(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        InstantSource.system(),
        Optional.empty());
  }

  public static Json.Obj json(ByteArrayOutputStream out) {
    return (Json.Obj) JsonText.parse(out.toByteArray());
  }
}
