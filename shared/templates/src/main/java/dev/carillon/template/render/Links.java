package dev.carillon.template.render;

import java.util.Locale;
import java.util.Set;

/** Which addresses may stand behind a link. */
public final class Links {
  private static final Set<String> MARKDOWN = Set.of("", "http", "https", "mailto");
  private static final Set<String> HARMFUL =
      Set.of("javascript", "vbscript", "data", "livescript", "mhtml");

  private Links() {}

  /** Markdown may link to the web and to mail, or relative to where it is shown. */
  public static boolean allowedInMarkdown(String url) {
    return MARKDOWN.contains(scheme(url));
  }

  /** True for what would run in the page that shows it; schemes of apps are nobody's harm. */
  public static boolean harmful(String url) {
    return HARMFUL.contains(scheme(url));
  }

  /**
   * The scheme as a browser reads it, which drops leading blanks and any control character; empty
   * for a relative address.
   */
  public static String scheme(String url) {
    var scheme = new StringBuilder();
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == ':') {
        return scheme.toString().toLowerCase(Locale.ROOT);
      }
      if (c == '/' || c == '?' || c == '#') {
        return "";
      }
      if (c > ' ' && c != '\u007f' && !(c >= '\u0080' && c <= '\u00a0')) {
        scheme.append(c);
      }
    }
    return "";
  }
}
