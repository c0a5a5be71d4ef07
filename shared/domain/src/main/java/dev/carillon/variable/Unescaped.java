package dev.carillon.variable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * A text as it was before anybody escaped it for a URL, for JSON or for HTML, in part or several
 * times over, with the places that its characters came from. Whatever forms of one text are
 * unescaped give the same; so do some texts that differ, which is no harm to who looks for secrets.
 */
final class Unescaped {
  private static final Map<String, Character> ENTITIES =
      Map.of("amp", '&', "lt", '<', "gt", '>', "quot", '"', "apos", '\'');
  private static final String ESCAPES = "%\\&+";
  private static final String CONTROLS = "\n\r\t\b\f";
  private static final String NAMED = "nrtbf";
  private static final int LONGEST_ENTITY = 10;

  private final String text;
  private final StringBuilder plain = new StringBuilder();

  /** Where in the text each character of the plain one begins; behind them, where the text ends. */
  private int[] starts = new int[64];

  /** Places in the plain text before which a word ends that its characters do not show to end. */
  private final BitSet breaks = new BitSet();

  private Unescaped(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      at =
          switch (text.charAt(at)) {
            case '%' -> percent(at);
            case '\\' -> backslashes(at);
            case '&' -> entity(at);
            default -> add(text.charAt(at), at, at + 1);
          };
    }
    mark(plain.length(), at);
  }

  static Unescaped of(String text) {
    return new Unescaped(text);
  }

  /** Whether the text may say something else when unescaped. */
  static boolean differs(String text) {
    return text.chars().anyMatch(c -> ESCAPES.indexOf(c) >= 0);
  }

  String plain() {
    return plain.toString();
  }

  boolean holds(String wanted) {
    return plain.indexOf(wanted) >= 0;
  }

  /**
   * The text with another one in the place of whatever unescapes to {@code wanted}.
   *
   * @param alone whether only where it is a word of its own
   */
  String replaced(String wanted, String by, boolean alone) {
    var replaced = new StringBuilder();
    int kept = 0;
    for (int at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at)) {
      if (alone
          && (isOneWord(at)
              || isOneWord(at + wanted.length())
              || SecretValues.isWithin(by, wanted, text, starts[at]))) {
        at++;
        continue;
      }
      replaced.append(text, kept, starts[at]).append(by);
      at += wanted.length();
      kept = starts[at];
    }
    return replaced.append(text, kept, text.length()).toString();
  }

  /** Whether a word goes on from before that place to behind it. */
  private boolean isOneWord(int at) {
    return at > 0
        && at < plain.length()
        && !breaks.get(at)
        && Character.isLetterOrDigit(plain.charAt(at - 1))
        && Character.isLetterOrDigit(plain.charAt(at));
  }

  /**
   * Backslashes are left out, line breaks are an {@code n} and a plus is a space, in whatever way
   * each came: {@code %2B} is what a plus of the secret itself looks like in a URL.
   */
  private int add(char given, int from, int next) {
    char c = given == '+' ? ' ' : given;
    if (c == '\\') {
      breaks.set(plain.length());
    } else {
      int control = CONTROLS.indexOf(c);
      if (control >= 0) {
        breaks.set(plain.length(), plain.length() + 2);
      }
      mark(plain.length(), from);
      plain.append(control < 0 ? c : NAMED.charAt(control));
    }
    return next;
  }

  private void mark(int index, int from) {
    if (index == starts.length) {
      starts = Arrays.copyOf(starts, 2 * index);
    }
    starts[index] = from;
  }

  /** {@code %22}, and {@code %2522}, which is the same encoded once more; bytes are UTF-8. */
  private int percent(int from) {
    byte[] bytes = new byte[4];
    int count = 0;
    int at = from;
    for (int end = encoded(at); end > 0 && count < bytes.length; end = encoded(at)) {
      bytes[count++] = (byte) Integer.parseInt(text, end - 2, end, 16);
      at = end;
      String character = character(bytes, count);
      if (!character.isEmpty()) {
        for (char c : character.toCharArray()) {
          add(c, from, at);
        }
        return at;
      }
    }
    // A percent sign that encodes nothing, itself encoded or not.
    int next = from + 1;
    while (text.startsWith("25", next)) {
      next += 2;
    }
    return add('%', from, next);
  }

  /** Where the encoded byte that begins there ends; 0 when none does. */
  private int encoded(int from) {
    if (from >= text.length() || text.charAt(from) != '%') {
      return 0;
    }
    int at = from + 1;
    while (text.startsWith("25", at) && areHex(at + 2, 2)) {
      at += 2;
    }
    return areHex(at, 2) ? at + 2 : 0;
  }

  /** The one character that the bytes are; empty when they are none. */
  private static String character(byte[] bytes, int count) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, count))
          .toString();
    } catch (CharacterCodingException _) {
      return "";
    }
  }

  /** {@code \"} or {@code \\u0022}, behind as many backslashes as there may be. */
  private int backslashes(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    if (at == text.length()) {
      return at;
    }
    if (text.charAt(at) == 'u' && areHex(at + 1, 4)) {
      return add((char) Integer.parseInt(text, at + 1, at + 5, 16), from, at + 5);
    }
    // It may be a letter behind a backslash, or a line break.
    breaks.set(plain.length(), plain.length() + (NAMED.indexOf(text.charAt(at)) < 0 ? 1 : 2));
    return add(text.charAt(at), from, at + 1);
  }

  /** {@code &quot;}, {@code &#34;} or {@code &#x22;}. */
  private int entity(int from) {
    int end = text.indexOf(';', from);
    if (end < 0 || end - from > LONGEST_ENTITY) {
      return add('&', from, from + 1);
    }
    String name = text.substring(from + 1, end);
    Character named = ENTITIES.get(name);
    if (named != null) {
      return add(named, from, end + 1);
    }
    int code = code(name);
    if (code < 0) {
      return add('&', from, from + 1);
    }
    for (char c : Character.toChars(code)) {
      add(c, from, end + 1);
    }
    return end + 1;
  }

  /** The character that {@code #34} or {@code #x22} numbers; negative when it is none. */
  private static int code(String name) {
    boolean hex = name.startsWith("#x") || name.startsWith("#X");
    if (!name.startsWith("#")) {
      return -1;
    }
    try {
      int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      return Character.isValidCodePoint(code) ? code : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private boolean areHex(int from, int count) {
    if (from + count > text.length()) {
      return false;
    }
    for (int at = from; at < from + count; at++) {
      if (Character.digit(text.charAt(at), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
