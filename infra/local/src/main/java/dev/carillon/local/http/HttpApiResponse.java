package dev.carillon.local.http;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP answer.
 *
 * @param headers in order; a name may repeat
 */
public record HttpApiResponse(int status, List<Header> headers, byte[] body) {

  public record Header(String name, String value) {}

  public HttpApiResponse {
    headers = List.copyOf(headers);
  }

  public static HttpApiResponse json(int status, Json body) {
    return of(status, "application/json", JsonText.bytes(body));
  }

  public static HttpApiResponse html(String page) {
    return of(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** An error in the shape of Carillon's own API, for what never reaches a function. */
  public static HttpApiResponse problem(int status, String code, String sentence, String type) {
    return json(
        status,
        Json.object()
            .with("code", code)
            .with("message", sentence)
            .with("status", Json.of(status))
            .with("type", type));
  }

  /** The body that API Gateway itself answers with. */
  static HttpApiResponse message(int status, String message) {
    return json(status, Json.object().with("message", message));
  }

  public static HttpApiResponse of(int status, String contentType, byte[] body) {
    return new HttpApiResponse(status, List.of(new Header("content-type", contentType)), body);
  }

  /** This answer with a header more. */
  public HttpApiResponse with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new HttpApiResponse(status, more, body);
  }

  /** This answer without the header, whatever its letters' case. */
  HttpApiResponse without(String name) {
    return new HttpApiResponse(
        status,
        headers.stream().filter(header -> !header.name().equalsIgnoreCase(name)).toList(),
        body);
  }
}
