package dev.carillon.json.text;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads one document, as RFC 8259 has it. The recursion is bounded by the depth it is given. */
final class JsonReader {
  private static final String NOT_JSON = "This is not valid JSON.";

  private final String text;
  private final int depth;
  private int at;

  private JsonReader(String text, int depth) {
    this.text = text;
    this.depth = depth;
  }

  static Json read(String text, int depth) {
    return new JsonReader(text, depth).document();
  }

  private Json document() {
    skipSpace();
    if (at == text.length()) {
      throw malformed("There is no JSON: the text is empty.");
    }
    Json value = value(0);
    skipSpace();
    if (at < text.length()) {
      throw malformed("There is more text after the end of the JSON.");
    }
    return value;
  }

  /** The value that begins here. */
  private Json value(int around) {
    return switch (peek()) {
      case '{' -> object(deeper(around));
      case '[' -> array(deeper(around));
      case '"' -> new Json.Str(string());
      case 't' -> word("true", Json.TRUE);
      case 'f' -> word("false", Json.FALSE);
      case 'n' -> word("null", Json.NULL);
      default -> number();
    };
  }

  private int deeper(int around) {
    if (around == depth) {
      throw malformed("The JSON is nested deeper than " + depth + " levels.");
    }
    return around + 1;
  }

  private Json object(int level) {
    var fields = new LinkedHashMap<String, Json>();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
      return new Json.Obj(fields);
    }
    while (true) {
      if (peek() != '"') {
        throw malformed(NOT_JSON);
      }
      String name = string();
      if (name.length() > JsonText.NAME_LENGTH) {
        throw malformed("A name has more than " + JsonText.NAME_LENGTH + " characters.");
      }
      skipSpace();
      expect(':');
      skipSpace();
      if (fields.putIfAbsent(name, value(level)) != null) {
        throw malformed("An object has the same key twice.");
      }
      skipSpace();
      if (peek() == '}') {
        at++;
        return new Json.Obj(fields);
      }
      expect(',');
      skipSpace();
    }
  }

  private Json array(int level) {
    var items = new ArrayList<Json>();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
      return new Json.Arr(items);
    }
    while (true) {
      items.add(value(level));
      skipSpace();
      if (peek() == ']') {
        at++;
        return new Json.Arr(items);
      }
      expect(',');
      skipSpace();
    }
  }

  /** The text between the quotes that begin here. */
  private String string() {
    int begin = at + 1;
    for (at = begin; ; at++) {
      char c = peek();
      if (c == '"') {
        at++;
        return text.substring(begin, at - 1);
      }
      if (c == '\\' || Character.isSurrogate(c)) {
        return string(new StringBuilder(text.substring(begin, at)));
      }
      if (c < ' ') {
        throw malformed(NOT_JSON);
      }
    }
  }

  /** The same, of which the part before this place holds nothing but plain characters. */
  private String string(StringBuilder found) {
    for (; ; at++) {
      char c = peek();
      if (c == '"') {
        at++;
        return whole(found.toString());
      }
      if (c < ' ') {
        throw malformed(NOT_JSON);
      }
      found.append(c == '\\' ? escaped() : c);
    }
  }

  /** What stands behind the backslash here; the last of its characters is the place then. */
  private char escaped() {
    at++;
    return switch (peek()) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw malformed(NOT_JSON);
    };
  }

  private char unit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      at++;
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw malformed(NOT_JSON);
      }
      unit = unit * 16 + digit;
    }
    return (char) unit;
  }

  /** Half a surrogate pair is no character: it could not be stored or sent as UTF-8. */
  private String whole(String found) {
    for (int i = 0; i < found.length(); i++) {
      char c = found.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < found.length()
                && Character.isLowSurrogate(found.charAt(i + 1));
        if (!paired) {
          throw malformed("A text holds half of a surrogate pair.");
        }
        i++;
      }
    }
    return found;
  }

  private Json word(String word, Json value) {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    return value;
  }

  private Json number() {
    int begin = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('-')) {
        skip('+');
      }
      digits();
    }
    if (at - begin > JsonText.NUMBER_LENGTH) {
      throw malformed("A number has more than " + JsonText.NUMBER_LENGTH + " characters.");
    }
    try {
      var value = new BigDecimal(text.substring(begin, at));
      // BigDecimal reads 1e1000000000 at once and needs a gigabyte to print or add it.
      if (Math.abs((long) value.scale()) > JsonText.EXPONENT) {
        throw malformed("A number is too large or has too many decimal places.");
      }
      // What is accepted is stored and read again, in the form we give it.
      if (JsonText.digits(value).length() > JsonText.NUMBER_LENGTH) {
        throw malformed("A number has more than " + JsonText.NUMBER_LENGTH + " digits.");
      }
      return new Json.Num(value);
    } catch (NumberFormatException _) { // an exponent that is no int
      throw malformed("A number is too large or has too many decimal places.");
    }
  }

  /** One digit or more. */
  private void digits() {
    if (!isDigit(peek())) {
      throw malformed(NOT_JSON);
    }
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether that character stood here; it is behind then. */
  private boolean skip(char c) {
    boolean here = at < text.length() && text.charAt(at) == c;
    at += here ? 1 : 0;
    return here;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw malformed(NOT_JSON);
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case ' ', '\t', '\n', '\r' -> at++;
        default -> {
          return;
        }
      }
    }
  }

  private char peek() {
    if (at == text.length()) {
      throw malformed("The JSON ends before it is complete.");
    }
    return text.charAt(at);
  }

  /** With the line and column of this place; a line ends with CR, LF or both. */
  private MalformedJson malformed(String sentence) {
    int line = 1;
    int begin = 0;
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
        line++;
        begin = i + 1;
      }
    }
    return new MalformedJson(sentence, line, at - begin + 1);
  }
}
