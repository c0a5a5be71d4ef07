package dev.carillon.template.liquid.value;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;

/** JSON as JavaScript writes it: on one line, or indented; numbers in their shortest form. */
public final class JsonPrint {
  private final StringBuilder out = new StringBuilder();
  private final String indent;
  private final Meter meter;

  private JsonPrint(String indent, Meter meter) {
    this.indent = indent;
    this.meter = meter;
  }

  /**
   * @param indent what each level is indented by; empty writes all on one line
   */
  public static String write(Json json, String indent, Meter meter) {
    var print = new JsonPrint(indent, meter);
    print.value(json, 0);
    return print.out.toString();
  }

  private void value(Json json, int depth) {
    Meter.checkDepth(depth);
    meter.charge(1);
    meter.checkText(out.length());
    switch (json) {
      case Json.Obj(var fields) -> object(fields, depth);
      case Json.Arr(var items) -> list(items, depth);
      case Json.Str(var text) -> quote(text);
      case Json.Num number -> out.append(Coerce.text(Datum.of(number), meter));
      case Json.Bool(var bool) -> out.append(bool);
      case Json.Null() -> out.append("null");
    }
  }

  private void object(Map<String, Json> fields, int depth) {
    char before = '{';
    for (var field : fields.entrySet()) {
      out.append(before);
      line(depth + 1);
      quote(field.getKey());
      out.append(indent.isEmpty() ? ":" : ": ");
      value(field.getValue(), depth + 1);
      before = ',';
    }
    if (fields.isEmpty()) {
      out.append('{');
    } else {
      line(depth);
    }
    out.append('}');
  }

  private void list(List<Json> items, int depth) {
    char before = '[';
    for (Json item : items) {
      out.append(before);
      line(depth + 1);
      value(item, depth + 1);
      before = ',';
    }
    if (items.isEmpty()) {
      out.append('[');
    } else {
      line(depth);
    }
    out.append(']');
  }

  private void line(int depth) {
    if (!indent.isEmpty()) {
      out.append('\n').repeat(indent, depth);
      meter.chargeChars((long) indent.length() * depth);
    }
  }

  private void quote(String text) {
    meter.chargeChars(text.length());
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || isHalf(text, i)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Whether half of a surrogate pair stands there alone. */
  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
            && (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1)))
        || Character.isLowSurrogate(c)
            && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
