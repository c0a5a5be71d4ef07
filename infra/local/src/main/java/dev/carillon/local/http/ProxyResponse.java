package dev.carillon.local.http;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;

/** Reads a function's answer as an HTTP API does. */
final class ProxyResponse {
  // An answer holds what clients stored: as deep as the functions themselves accept, and a margin.
  private static final int DEPTH = 200;

  private ProxyResponse() {}

  /** The answer to send; empty when it is not one that API Gateway understands. */
  static Optional<HttpApiResponse> read(byte[] payload) {
    try {
      var parsed = JsonText.parse(payload, DEPTH);
      if (!(parsed instanceof Json.Obj object) || object.get("statusCode").isEmpty()) {
        // Without a status the whole payload is the body.
        return Optional.of(HttpApiResponse.of(200, "application/json", payload));
      }
      return structured(object);
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  private static Optional<HttpApiResponse> structured(Json.Obj answer) {
    if (!(answer.fields().get("statusCode") instanceof Json.Num(var status))
        || status.intValue() < 100
        || status.intValue() > 599) {
      return Optional.empty();
    }
    var headers = new ArrayList<HttpApiResponse.Header>();
    answer
        .object("headers")
        .fields()
        .forEach((name, value) -> headers.add(new HttpApiResponse.Header(name, text(value))));
    for (var cookie : answer.list("cookies")) {
      headers.add(new HttpApiResponse.Header("set-cookie", text(cookie)));
    }
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("content-type"))) {
      headers.add(new HttpApiResponse.Header("content-type", "text/plain; charset=utf-8"));
    }
    var body = answer.text("body").orElse("");
    try {
      var bytes =
          answer.get("isBase64Encoded").equals(Optional.of(Json.TRUE))
              ? Base64.getDecoder().decode(body)
              : body.getBytes(StandardCharsets.UTF_8);
      return Optional.of(new HttpApiResponse(status.intValue(), headers, bytes));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String text(Json value) {
    return value instanceof Json.Str(var text) ? text : JsonText.write(value);
  }
}
