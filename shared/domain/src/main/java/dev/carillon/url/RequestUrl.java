package dev.carillon.url;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the URL of a request from what a template came to. */
public final class RequestUrl {
  private static final String NOT_IN_URLS = "\"<>^`{|}";

  private RequestUrl() {}

  /** A query parameter, not encoded. */
  public record Parameter(String name, String value) {}

  /**
   * The URL with these parameters behind its own. Templates put values into URLs as they are; what
   * no URL may hold and what means nothing in one is encoded.
   */
  public static String of(String url, List<Parameter> parameters) {
    String sendable =
        url.codePoints()
            .mapToObj(Character::toString)
            .map(c -> c.isBlank() || NOT_IN_URLS.contains(c) ? encoded(c).replace("+", "%20") : c)
            .collect(Collectors.joining());
    if (parameters.isEmpty()) {
      return sendable;
    }
    String query =
        parameters.stream()
            .map(it -> encoded(it.name()) + "=" + encoded(it.value()))
            .collect(Collectors.joining("&"));
    return sendable + (sendable.contains("?") ? "&" : "?") + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
