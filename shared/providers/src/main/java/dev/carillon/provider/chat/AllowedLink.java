package dev.carillon.provider.chat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a link in a message may lead. */
final class AllowedLink {
  private static final Pattern ALLOWED = Pattern.compile("(?i)(https?://|mailto:|tel:).+");
  private static final String NOT_IN_URLS = "\"<>\\^`{|}";

  private AllowedLink() {}

  /** The address with what no URL may hold encoded; empty when no link may lead there. */
  static String of(String destination) {
    String url =
        destination
            .strip()
            .codePoints()
            .mapToObj(AllowedLink::sendable)
            .collect(Collectors.joining());
    return ALLOWED.matcher(url).matches() ? url : "";
  }

  private static String sendable(int c) {
    String text = Character.toString(c);
    boolean plain = c > ' ' && c != 0x7f && NOT_IN_URLS.indexOf(c) < 0;
    return plain && !Character.isISOControl(c) && !Character.isWhitespace(c)
        ? text
        : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
