package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a request. {@link dev.carillon.edge.route.Router} adds {@code x-request-id}.
 *
 * @param headers names in lower case
 * @param body empty for an answer without a body
 */
public record HttpResponse(int status, Map<String, String> headers, Optional<Json> body) {

  public HttpResponse {
    headers = Map.copyOf(headers);
    headers.forEach(
        (name, value) -> {
          for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < 0x20 || value.charAt(i) == 0x7f) {
              throw new IllegalArgumentException("Control character in header " + name);
            }
          }
        });
  }

  public static HttpResponse of(int status, Json body) {
    return new HttpResponse(status, Map.of(), Optional.of(body));
  }

  /** 200 with a body. */
  public static HttpResponse ok(Json body) {
    return of(200, body);
  }

  /** 204, which has no body. */
  public static HttpResponse noContent() {
    return new HttpResponse(204, Map.of(), Optional.empty());
  }

  public HttpResponse with(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new HttpResponse(status, all, body);
  }

  /** Writes the response as API Gateway's payload format 2.0 wants it. */
  public void writeTo(OutputStream out) throws IOException {
    var all = new LinkedHashMap<String, Json>();
    body.ifPresent(_ -> all.put("content-type", Json.of("application/json; charset=utf-8")));
    all.put("cache-control", Json.of("no-store"));
    headers.forEach((name, value) -> all.put(name, Json.of(value)));
    out.write(
        JsonText.bytes(
            Json.object()
                .with("statusCode", Json.of(status))
                .with("headers", new Json.Obj(all))
                .with("body", body.map(JsonText::write).orElse(""))
                .with("isBase64Encoded", Json.FALSE)));
  }
}
