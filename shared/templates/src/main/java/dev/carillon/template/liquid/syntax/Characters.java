package dev.carillon.template.liquid.syntax;

/** Which characters make names, space and numbers in a template, as the reference has them. */
final class Characters {
  private Characters() {}

  /** Space between the words of a tag, and what a dash in a tag's braces takes away. */
  static boolean isBlank(int c) {
    return switch (c) {
      case '\t', '\n', '\u000b', '\f', '\r', ' ', 0xa0, 0x1680, 0x180e -> true;
      case 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
      default -> c >= 0x2000 && c <= 0x200a;
    };
  }

  /** Of a name: letters, digits, {@code _ - ?}, and all beyond ASCII but space and quotes. */
  static boolean isWord(int c) {
    if (c >= 0x80) {
      return !isBlank(c) && c != 0x201c && c != 0x201d;
    }
    return isDigit(c)
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '_'
        || c == '-'
        || c == '?';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isQuote(int c) {
    return c == '"' || c == '\'';
  }
}
