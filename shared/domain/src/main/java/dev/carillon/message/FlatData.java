package dev.carillon.message;

import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of a message's data it can be found by: the scalars at its top, texts cut to {@value
 * #CHARACTERS} characters (Knock's figure). Kept beside the message and in the feed's index, so it
 * is bounded: of a large object the first fields count, up to {@value #FIELDS} of them.
 */
public final class FlatData {
  private static final int CHARACTERS = 256;
  private static final int FIELDS = 50;

  private FlatData() {}

  /** The scalars of the data in their order; what nests is left out. */
  public static Json.Obj of(Json.Obj data) {
    var flat = new LinkedHashMap<String, Json>();
    for (Map.Entry<String, Json> field : data.fields().entrySet()) {
      if (flat.size() == FIELDS) {
        break;
      }
      switch (field.getValue()) {
        case Json.Str(var text) -> flat.put(field.getKey(), Json.of(cut(text)));
        case Json.Num _, Json.Bool _, Json.Null _ -> flat.put(field.getKey(), field.getValue());
        case Json.Obj _, Json.Arr _ -> {}
      }
    }
    return new Json.Obj(flat);
  }

  /** A text as far as it can be found by. */
  public static String cut(String text) {
    return text.codePointCount(0, text.length()) <= CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, CHARACTERS));
  }
}
