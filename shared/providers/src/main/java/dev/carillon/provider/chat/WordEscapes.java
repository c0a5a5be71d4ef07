package dev.carillon.provider.chat;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Escapes in words, around the URLs among them: a backslash would become part of the URL. */
public final class WordEscapes {
  private static final Pattern URL = Pattern.compile("https?://[^\\s<>()\\[\\]\"`|\\\\]+");

  /** What marks something up at the beginning of a line alone, the blank behind it seen. */
  private static final Pattern LINE_START = Pattern.compile("(?m)^(\\s*)([-+#>])");

  private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\s*[0-9]{1,9})([.)])(?=\\s)");

  private WordEscapes() {}

  /**
   * A backslash before each of the characters.
   *
   * @param characters ASCII punctuation
   */
  public static String backslashed(String words, String characters) {
    return outsideUrls(
        words,
        part -> {
          var out = new StringBuilder();
          for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (characters.indexOf(c) >= 0) {
              out.append('\\');
            }
            out.append(c);
          }
          String started = LINE_START.matcher(out).replaceAll("$1\\\\$2");
          return NUMBERED.matcher(started).replaceAll("$1\\\\$2");
        });
  }

  private static String outsideUrls(String words, UnaryOperator<String> escape) {
    Matcher urls = URL.matcher(words);
    var out = new StringBuilder();
    int end = 0;
    while (urls.find()) {
      out.append(escape.apply(words.substring(end, urls.start()))).append(urls.group());
      end = urls.end();
    }
    return out.append(escape.apply(words.substring(end))).toString();
  }
}
