package dev.carillon.json.text;

import dev.carillon.json.Json;

/** Writes one value on one line, without spaces. */
final class JsonWriter {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final StringBuilder out = new StringBuilder();
  private final char most;

  private JsonWriter(char most) {
    this.most = most;
  }

  /**
   * @param most the greatest character that is written as it stands
   */
  static String write(Json json, char most) {
    var writer = new JsonWriter(most);
    writer.write(json);
    return writer.out.toString();
  }

  private void write(Json json) {
    switch (json) {
      case Json.Obj(var fields) -> {
        out.append('{');
        boolean first = true;
        for (var field : fields.entrySet()) {
          if (!first) {
            out.append(',');
          }
          first = false;
          quote(field.getKey());
          out.append(':');
          write(field.getValue());
        }
        out.append('}');
      }
      case Json.Arr(var items) -> {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
          if (i > 0) {
            out.append(',');
          }
          write(items.get(i));
        }
        out.append(']');
      }
      case Json.Str(var value) -> quote(value);
      case Json.Num(var value) -> out.append(JsonText.digits(value));
      case Json.Bool(var value) -> out.append(value);
      case Json.Null() -> out.append("null");
    }
  }

  private void quote(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > most) {
        out.append(text, plain, i);
        escape(c);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append("\\u")
              .append(HEX[c >> 12])
              .append(HEX[c >> 8 & 15])
              .append(HEX[c >> 4 & 15])
              .append(HEX[c & 15]);
    }
  }
}
