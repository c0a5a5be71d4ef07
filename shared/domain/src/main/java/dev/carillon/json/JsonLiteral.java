package dev.carillon.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads and writes the short JSON values that people write into conditions and variables, where
 * text that is not JSON is meant as it stands. Documents are the matter of {@code shared/json},
 * with its limits and its messages; the domain, which knows only {@code java.*}, needs no more than
 * this. The two agree, except that of a key that an object has twice the last counts here, and that
 * a number has at most 31 digits before and 30 after its point, and its exponent two.
 */
public final class JsonLiteral {
  private static final int MAX_LENGTH = 16_384;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_ZEROS = 20;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");

  private final String text;
  private int position;

  private JsonLiteral(String text) {
    this.text = text;
  }

  /** The value that the whole text is; empty when it is not JSON. */
  public static Optional<Json> parse(String text) {
    return parse(text, MAX_LENGTH);
  }

  /**
   * As {@link #parse(String)}, of a text that may be longer than a value that is written by hand.
   *
   * @param most how many characters it may have
   */
  public static Optional<Json> parse(String text, int most) {
    if (text.length() > most) {
      return Optional.empty();
    }
    var reader = new JsonLiteral(text);
    try {
      Json value = reader.value(0);
      reader.skipSpace();
      return reader.position == text.length() ? Optional.of(value) : Optional.empty();
    } catch (NotJson _) {
      return Optional.empty();
    }
  }

  /**
   * The value as compact JSON; values that are equal give the same: numbers with no zero too many,
   * fields in the order of their names.
   */
  public static String write(Json value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case Json.Obj(var fields) -> {
        char before = '{';
        for (var field : new TreeMap<>(fields).entrySet()) {
          quote(field.getKey(), out.append(before));
          write(field.getValue(), out.append(':'));
          before = ',';
        }
        out.append(fields.isEmpty() ? "{}" : "}");
      }
      case Json.Arr(var items) -> {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
          write(items.get(i), i == 0 ? out : out.append(','));
        }
        out.append(']');
      }
      case Json.Str(var text) -> quote(text, out);
      case Json.Num(var number) -> out.append(shown(number));
      case Json.Bool(var bool) -> out.append(bool);
      case Json.Null() -> out.append("null");
    }
  }

  /** As people write it, 50 and not 5E+1, unless that would be a row of zeros. */
  private static String shown(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    return bare.scale() < 0 && bare.scale() >= -MAX_ZEROS ? bare.toPlainString() : bare.toString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson() {
      super("not JSON", null, false, false);
    }
  }

  private Json value(int depth) throws NotJson {
    skipSpace();
    if (depth > MAX_DEPTH) {
      throw new NotJson();
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Str(string());
      case 't' -> word("true", Json.TRUE);
      case 'f' -> word("false", Json.FALSE);
      case 'n' -> word("null", Json.NULL);
      default -> number();
    };
  }

  private Json object(int depth) throws NotJson {
    Map<String, Json> fields = new LinkedHashMap<>();
    position++;
    skipSpace();
    if (peek() == '}') {
      position++;
      return new Json.Obj(fields);
    }
    while (true) {
      skipSpace();
      String key = string();
      skipSpace();
      expect(':');
      fields.put(key, value(depth + 1));
      skipSpace();
      if (peek() == '}') {
        position++;
        return new Json.Obj(fields);
      }
      expect(',');
    }
  }

  private Json array(int depth) throws NotJson {
    var items = new ArrayList<Json>();
    position++;
    skipSpace();
    if (peek() == ']') {
      position++;
      return new Json.Arr(items);
    }
    while (true) {
      items.add(value(depth + 1));
      skipSpace();
      if (peek() == ']') {
        position++;
        return new Json.Arr(items);
      }
      expect(',');
    }
  }

  private String string() throws NotJson {
    expect('"');
    var result = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return whole(result.toString());
      }
      if (c < ' ') {
        throw new NotJson();
      }
      result.append(c == '\\' ? escaped() : c);
    }
  }

  /** Refuses half of a surrogate pair, as the reader of documents does. */
  private static String whole(String text) throws NotJson {
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new NotJson();
    }
    return text;
  }

  private char escaped() throws NotJson {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw new NotJson();
    };
  }

  private char unicode() throws NotJson {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new NotJson();
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Json number() throws NotJson {
    var matcher = NUMBER.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      throw new NotJson();
    }
    position = matcher.end();
    return new Json.Num(new BigDecimal(matcher.group()));
  }

  private Json word(String word, Json value) throws NotJson {
    if (!text.startsWith(word, position)) {
      throw new NotJson();
    }
    position += word.length();
    return value;
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private char peek() throws NotJson {
    if (position >= text.length()) {
      throw new NotJson();
    }
    return text.charAt(position);
  }

  private char next() throws NotJson {
    char c = peek();
    position++;
    return c;
  }

  private void expect(char wanted) throws NotJson {
    if (next() != wanted) {
      throw new NotJson();
    }
  }
}
