package dev.carillon.provider.callback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A provider's report as it came in.
 *
 * @param method in upper case
 * @param url the public one the provider was given, its query included: some sign it
 * @param headers names in lower case
 * @param body its bytes, decoded from the gateway's base64 and from nothing else
 */
public record CallbackRequest(
    String method, String url, Map<String, List<String>> headers, byte[] body) {
  public CallbackRequest {
    headers = Map.copyOf(headers);
  }

  /** The value of a header that is there exactly once. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
