package dev.carillon.template.http;

import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.Unrenderable;

/** The body of a request that is to be JSON, once its values are in it. */
final class RequestJson {
  /** As deep as a body may nest; who reads it has bounds of their own. */
  private static final int DEPTH = 500;

  private RequestJson() {}

  /**
   * The text, with {@code null} where a field has no value. What does not look like JSON is left as
   * it is: a text may be sent, too.
   *
   * @throws Unrenderable for what looks like JSON and is none, which nobody could read
   */
  static String checked(String field, String text) {
    String bare = text.strip();
    boolean looksLikeJson = bare.startsWith("{") || bare.startsWith("[") && bare.endsWith("]");
    if (!looksLikeJson) {
      return text;
    }
    String whole = withNulls(text);
    try {
      JsonText.parse(whole, DEPTH);
    } catch (MalformedJson malformed) {
      if (whole.lines().filter(line -> !line.isBlank()).allMatch(RequestJson::isJson)) {
        return whole;
      }
      throw new Unrenderable(
          TemplateProblem.of(
              field,
              "it does not come to JSON: "
                  + malformed.located()
                  + "; a content-type header says what else it is"));
    }
    return whole;
  }

  /** A line by itself, of a body that holds one value in each. */
  private static boolean isJson(String line) {
    try {
      JsonText.parse(line, DEPTH);
      return true;
    } catch (MalformedJson _) {
      return false;
    }
  }

  private static String withNulls(String text) {
    var out = new StringBuilder(text.length() + 16);
    boolean quoted = false;
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        out.append(c);
        if (c == '\\' && i + 1 < text.length()) {
          out.append(text.charAt(++i));
        } else if (c == '"') {
          quoted = false;
        }
        continue;
      }
      if (before == ':' && (c == ',' || c == '}')) {
        out.append("null");
      }
      out.append(c);
      quoted = c == '"';
      before = Character.isWhitespace(c) ? before : c;
    }
    return out.toString();
  }
}
