package dev.carillon.template.liquid.filter;

import dev.carillon.template.liquid.value.Spaces;
import java.util.Map;
import java.util.function.IntPredicate;

/** Texts as parts of addresses: {@code Über uns!} is {@code Über-uns}. */
final class Slugs {
  private static final String PRETTY = "._~!$&'()+,;=@";

  private static final Map<Character, String> ACCENTS = accents();

  private Slugs() {}

  /**
   * @param mode raw, default, pretty, ascii, latin; of any other the text stays as it is
   */
  static String of(String text, String mode) {
    return switch (mode) {
      case "raw" -> dashed(text, c -> !Spaces.contains(c));
      case "default" -> dashed(text, Slugs::isWritten);
      case "pretty" -> dashed(text, c -> isWritten(c) || PRETTY.indexOf(c) >= 0);
      case "ascii" -> dashed(text, c -> c < 0x80 && isWritten(c));
      case "latin" -> dashed(plain(text), Slugs::isWritten);
      default -> text;
    };
  }

  /** Each run of what is not kept becomes a dash, and one dash at either end goes. */
  private static String dashed(String text, IntPredicate kept) {
    var out = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (kept.test(c)) {
        out.appendCodePoint(c);
        gap = false;
      } else if (!gap) {
        out.append('-');
        gap = true;
      }
      i += Character.charCount(c);
    }
    int from = !out.isEmpty() && out.charAt(0) == '-' ? 1 : 0;
    int to =
        out.length() > from && out.charAt(out.length() - 1) == '-'
            ? out.length() - 1
            : out.length();
    return out.substring(from, to);
  }

  /** Letters, marks and decimal digits. */
  private static boolean isWritten(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.DECIMAL_DIGIT_NUMBER ->
          true;
      default -> Character.isLetter(c);
    };
  }

  private static String plain(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.append(ACCENTS.getOrDefault(text.charAt(i), String.valueOf(text.charAt(i))));
    }
    return out.toString();
  }

  private static Map<Character, String> accents() {
    var table = new java.util.HashMap<Character, String>();
    String[][] rows = {
      {"àáâãäå", "a"}, {"æ", "ae"}, {"ç", "c"}, {"èéêë", "e"}, {"ìíîï", "i"}, {"ð", "d"},
      {"ñ", "n"}, {"òóôõöø", "o"}, {"ùúûü", "u"}, {"ýÿ", "y"}, {"ß", "ss"}, {"œ", "oe"},
      {"þ", "th"}, {"ẞ", "SS"}, {"Œ", "OE"}, {"Þ", "TH"},
    };
    for (String[] row : rows) {
      row[0].chars().forEach(c -> table.put((char) c, row[1]));
    }
    return Map.copyOf(table);
  }
}
