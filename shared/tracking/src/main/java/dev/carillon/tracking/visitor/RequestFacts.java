package dev.carillon.tracking.visitor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a request that followed a link or asked for a pixel.
 *
 * @param method in upper case
 * @param headers names in lower case
 * @param address the caller's IP address; empty when it is not known
 */
public record RequestFacts(String method, Map<String, String> headers, Optional<String> address) {
  public RequestFacts {
    var lower = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
  }

  /** The header, stripped; empty when it was not sent or is blank. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
