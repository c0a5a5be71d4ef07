package dev.carillon.edge;

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
record Events(Json.Obj json) {
  static Events get(String routeKey) {
    return new Events(
        Json.object()
            .with("version", "2.0")
            .with("routeKey", routeKey)
            .with("rawPath", "/ignored")
            .with("rawQueryString", "")
            .with("headers", Json.object())
            .with(
                "requestContext",
                Json.object()
                    .with("requestId", "req-1")
                    .with("http", Json.object().with("method", routeKey.split(" ")[0])))
            .with("isBase64Encoded", Json.FALSE));
  }

  Events query(String raw) {
    return new Events(json.with("rawQueryString", raw));
  }

  Events header(String name, String value) {
    return new Events(json.with("headers", json.object("headers").with(name, value)));
  }

  Events key(String key) {
    return header("authorization", "Bearer " + key);
  }

  Events path(String name, String value) {
    return new Events(json.with("pathParameters", json.object("pathParameters").with(name, value)));
  }

  Events body(String text) {
    return new Events(json.with("body", text));
  }

  HttpRequest request() {
    try {
      return HttpRequest.of(stream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InputStream stream() {
    return stream(JsonText.write(json));
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static Log silent() {
    return logTo(OutputStream.nullOutputStream());
  }

  static Log logTo(OutputStream out) {
    return new Log(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        InstantSource.system(),
        Optional.empty());
  }

  static Json.Obj json(ByteArrayOutputStream out) {
    return (Json.Obj) JsonText.parse(out.toByteArray());
  }
}
