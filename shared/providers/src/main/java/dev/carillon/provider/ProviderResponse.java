package dev.carillon.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider answered.
 *
 * @param status of HTTP, or the reply code of SMTP
 * @param headers names in lower case; none for SMTP
 * @param body as much of it as is kept; the reply's text for SMTP
 * @param whole whether that is all of the body
 */
public record ProviderResponse(
    int status, Map<String, List<String>> headers, byte[] body, boolean whole) {
  public ProviderResponse {
    headers = Map.copyOf(headers);
  }

  /** The first value of the header, whatever its case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** The body, malformed UTF-8 replaced. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public boolean successful() {
    return status >= 200 && status < 300;
  }
}
