package dev.carillon.template.render;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Puts values into a URL so that each stays where the template put it: in a path in its segment, in
 * a query in its parameter, in a host in its label. The first value, when nothing stands before it,
 * is the URL's beginning and is taken as it is.
 */
public final class UrlValues {
  private static final char START = '\ufdd3';
  private static final char ENCODED = '\ufdd4';
  private static final char END = '\ufdd5';
  private static final String UNRESERVED = "-._~";
  private static final String IN_SEGMENT = UNRESERVED + "!$'()*,:@&=+;";
  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._~-]*(?::\\d{1,5})?");
  private static final Pattern DOTS = Pattern.compile("(?:\\.|%2e){1,2}", Pattern.CASE_INSENSITIVE);

  private UrlValues() {}

  static void mark(CharSequence value, StringBuilder out) {
    boolean encoded = value instanceof UrlEncoded;
    out.append(encoded ? ENCODED : START);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      out.append(c >= START && c <= END ? '\ufffd' : c);
    }
    out.append(END);
  }

  /** A text that was percent-encoded already. */
  public record UrlEncoded(String text) implements PrintedText {
    /** All but letters, digits and {@code - . _ ~}, as UTF-8. */
    public static UrlEncoded of(String text) {
      return new UrlEncoded(encoded(text, UNRESERVED));
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * The URL, its values encoded for their places.
   *
   * @param marked what a piece with {@link Escaping#URL} came to
   * @throws Unrenderable when a value would change the host, or a segment into a step up or none
   */
  public static String place(String field, String marked) {
    var out = new StringBuilder(marked.length());
    int at = 0;
    while (at < marked.length()) {
      char c = marked.charAt(at);
      if (c != START && c != ENCODED) {
        out.append(c);
        at++;
        continue;
      }
      int end = marked.indexOf(END, at);
      value(field, marked.substring(at + 1, end), c == ENCODED, out);
      at = end + 1;
      if (isDots(out, marked, at)) {
        throw new Unrenderable(
            TemplateProblem.of(field, "a value would leave its segment of the path"));
      }
    }
    return out.toString();
  }

  private static void value(String field, String value, boolean encoded, StringBuilder out) {
    String text = out.toString();
    int scheme = text.indexOf("://");
    String rest = scheme < 0 ? "/" + text : text.substring(scheme + 3);
    if (text.isBlank()) {
      out.append(value);
    } else if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      out.append(encoded ? value : encoded(value, UNRESERVED));
    } else if (rest.indexOf('/') >= 0) {
      out.append(encoded ? value : encoded(value, IN_SEGMENT));
    } else if (HOST.matcher(value).matches()) {
      out.append(value);
    } else {
      throw new Unrenderable(TemplateProblem.of(field, "a value would change the host"));
    }
  }

  /** Whether the segment that a value just ended in is one or two dots. */
  private static boolean isDots(StringBuilder out, String marked, int at) {
    int scheme = out.indexOf("://");
    int path = out.indexOf("/", scheme < 0 ? 0 : scheme + 3);
    if (path < 0 || out.indexOf("?") >= 0 || out.indexOf("#") >= 0) {
      return false;
    }
    int end = at;
    while (end < marked.length() && "/?#\\".indexOf(marked.charAt(end)) < 0) {
      if (marked.charAt(end) == START || marked.charAt(end) == ENCODED) {
        return false; // the value that follows is looked at in its turn
      }
      end++;
    }
    String segment = out.substring(out.lastIndexOf("/") + 1) + marked.substring(at, end);
    return DOTS.matcher(segment).matches();
  }

  private static String encoded(String text, String allowed) {
    var out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (plain || allowed.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return out.toString();
  }
}
