package dev.carillon.tracking.link;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a tracked link leads: an absolute {@code https} URL, printable ASCII throughout, so that it
 * stands in a {@code Location} header as it is, byte for byte.
 */
public record LinkTarget(String value) {
  /**
   * Characters. Signed and in base 64 it becomes a path of about 5,600, and API Gateway takes
   * 10,240 bytes of request line and headers.
   */
  public static final int LONGEST = 4_096;

  static final String SCHEME = "https://";

  private static final Pattern WHOLE =
      Pattern.compile(
          "(?i:https)://[0-9A-Za-z.\\-_~%!$&'()*+,;=:@\\[\\]]+([/?#\\\\][\\x21-\\x7e]*)?");

  public LinkTarget {
    if (value.length() > LONGEST || !WHOLE.matcher(value).matches()) {
      throw new IllegalArgumentException("Not a target of " + value.length() + " characters");
    }
  }

  /**
   * The target that is meant by what an author wrote. As a browser would: blanks around it are
   * dropped, blanks within and what is not ASCII are percent-encoded as UTF-8.
   *
   * @return empty for what is not tracked: no {@code https}, no host or one that is not ASCII,
   *     control characters within, leftovers of a template, longer than {@value #LONGEST}
   */
  public static Optional<LinkTarget> of(String written) {
    String text = stripped(written);
    if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || text.length() > LONGEST
        || isLeftover(text)) {
      return Optional.empty();
    }
    return encoded(text)
        .filter(it -> it.length() <= LONGEST && WHOLE.matcher(it).matches())
        .map(LinkTarget::new);
  }

  /** Browsers drop blanks and control characters around an address. */
  private static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isLeftover(String text) {
    return text.contains("{{") || text.contains("}}") || text.contains("{%") || text.contains("%}");
  }

  /** Empty when there is a control character or half of a surrogate pair. */
  private static Optional<String> encoded(String text) {
    var encoded = new StringBuilder(text.length());
    int host = hostEnd(text);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c < ' ' || c == 0x7f || Character.getType(c) == Character.SURROGATE) {
        return Optional.empty();
      }
      if (c > ' ' && c < 0x7f) {
        encoded.append((char) c);
      } else if (i < host) {
        return Optional.empty();
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          encoded.append('%').append("%02X".formatted(b & 0xff));
        }
      }
      i += Character.charCount(c);
    }
    return Optional.of(encoded.toString());
  }

  private static int hostEnd(String text) {
    int end = SCHEME.length();
    while (end < text.length() && "/?#\\".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Whether it begins with the scheme in lower case, which a link need not carry then. */
  boolean plain() {
    return value.startsWith(SCHEME);
  }

  /** The host as it is compared: in lower case, without user and port. */
  public String host() {
    String authority = value.substring(SCHEME.length(), hostEnd(value));
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
