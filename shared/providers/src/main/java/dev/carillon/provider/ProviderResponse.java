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
 * @param stage where a conversation over SMTP ended, which tells what its last reply is about;
 *     empty for HTTP
 */
public record ProviderResponse(
    int status,
    Map<String, List<String>> headers,
    byte[] body,
    boolean whole,
    Optional<ProviderCall.SmtpStage> stage) {
  public ProviderResponse {
    headers = Map.copyOf(headers);
  }

  /** Over HTTP. */
  public ProviderResponse(
      int status, Map<String, List<String>> headers, byte[] body, boolean whole) {
    this(status, headers, body, whole, Optional.empty());
  }

  /** The last reply over SMTP, its lines joined by a line feed. */
  public static ProviderResponse smtp(ProviderCall.SmtpStage stage, int code, String text) {
    return new ProviderResponse(
        code, Map.of(), text.getBytes(StandardCharsets.UTF_8), true, Optional.of(stage));
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
