package dev.carillon.provider.email;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Texts that may end up in a header of a mail. No control character is left in them, so that
 * nothing which comes from a recipient's data, whichever field it is in, can begin a header of its
 * own.
 */
public final class SingleLines {
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
  private static final Pattern HALF_PAIR =
      Pattern.compile(
          "[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");

  private SingleLines() {}

  /** A space in place of each run of control characters and line breaks; none at either end. */
  public static String of(String text) {
    return BREAKS.matcher(whole(text)).replaceAll(" ").strip();
  }

  /** The text with halves of surrogate pairs, which no encoding has, replaced. */
  public static String whole(String text) {
    return HALF_PAIR.matcher(text).replaceAll("\uFFFD");
  }

  /**
   * A payload in which every text and every key is one line, but for the texts under these keys:
   * the bodies of the mail.
   */
  public static Json.Obj of(Json.Obj payload, Set<String> bodies) {
    var fields = new LinkedHashMap<String, Json>();
    payload
        .fields()
        .forEach(
            (key, value) ->
                fields.put(
                    flat(key),
                    bodies.contains(key) && value instanceof Json.Str body
                        ? body
                        : value(value, bodies)));
    return new Json.Obj(fields);
  }

  private static Json value(Json value, Set<String> bodies) {
    return switch (value) {
      case Json.Obj object -> of(object, bodies);
      case Json.Arr(var items) -> {
        var flat = new ArrayList<Json>();
        items.forEach(item -> flat.add(value(item, bodies)));
        yield Json.array(flat);
      }
      case Json.Str(var text) -> Json.of(flat(text));
      case Json.Num _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private static String flat(String text) {
    return BREAKS.matcher(text).replaceAll(" ");
  }
}
