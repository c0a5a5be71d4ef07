package dev.carillon.provider.email;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a template may set beside those that are made from the rest of a mail. */
public final class EmailHeaders {
  /** Our message id, where a provider carries headers on unchanged. */
  public static final String MESSAGE_ID = "X-Carillon-Message-Id";

  private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,76}");

  /** Made from the mail's parts, or by the servers it passes. */
  private static final Set<String> TAKEN =
      Set.of(
          "from",
          "sender",
          "to",
          "cc",
          "bcc",
          "subject",
          "date",
          "reply-to",
          "message-id",
          "mime-version",
          "dkim-signature",
          "received",
          "return-path",
          "x-carillon-message-id");

  private static final List<String> TAKEN_PREFIXES = List.of("content-", "resent-");

  private EmailHeaders() {}

  /** Whether a template may set it: a header's name (RFC 5322, 2.2) that nothing else sets. */
  public static boolean settable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAME.matcher(name).matches()
        && !TAKEN.contains(lower)
        && TAKEN_PREFIXES.stream().noneMatch(lower::startsWith);
  }

  /** The name for a reason: short and plain. */
  public static String shown(String name) {
    String plain = name.replaceAll("[^!-~]", "?");
    return plain.length() > 40 ? plain.substring(0, 40) : plain;
  }
}
