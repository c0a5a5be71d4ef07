package dev.carillon.template.liquid.syntax;

/** Texts in quotes, with the escapes that the reference implementation knows. */
final class Quoted {
  private Quoted() {}

  /** What a text in quotes says; the first and the last character are its quotes. */
  static String text(String quoted) {
    if (quoted.indexOf('\\') < 0) {
      return quoted.length() < 2 ? "" : quoted.substring(1, quoted.length() - 1);
    }
    var out = new StringBuilder(quoted.length());
    int last = quoted.length() - 1;
    int i = 1;
    while (i < last) {
      char c = quoted.charAt(i);
      i = c == '\\' ? escape(quoted, i + 1, out) : plain(c, i, out);
    }
    return out.toString();
  }

  private static int plain(char c, int i, StringBuilder out) {
    out.append(c);
    return i + 1;
  }

  /** Reads the escape whose letter is at {@code i}; the offset after it. */
  private static int escape(String quoted, int i, StringBuilder out) {
    char c = quoted.charAt(i);
    switch (c) {
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'v' -> out.append('\u000b');
      case 'u' -> {
        return code(quoted, i + 1, i + 5, 16, out);
      }
      default -> {
        if (c >= '0' && c <= '7') {
          return code(quoted, i, i + 3, 8, out);
        }
        out.append(c);
      }
    }
    return i + 1;
  }

  private static int code(String quoted, int from, int to, int radix, StringBuilder out) {
    int code = 0;
    int i = from;
    while (i < Math.min(to, quoted.length())
        && quoted.charAt(i) < 0x80
        && Character.digit(quoted.charAt(i), radix) >= 0) {
      code = code * radix + Character.digit(quoted.charAt(i), radix);
      i++;
    }
    out.append((char) code);
    return i;
  }
}
