package dev.carillon.local.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as it came.
 *
 * @param rawPath still percent-encoded
 * @param rawQuery without the question mark; empty when there is none
 * @param headers names in lower case, values in the order they came
 */
public record HttpApiRequest(
    String method,
    String rawPath,
    String rawQuery,
    Map<String, List<String>> headers,
    byte[] body,
    String sourceIp,
    String protocol) {

  public HttpApiRequest {
    headers = Map.copyOf(headers);
  }

  /** The header's values joined by commas; empty when it was not sent. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
  }
}
