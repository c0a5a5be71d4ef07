package dev.carillon.template.liquid.value;

import java.util.ArrayList;
import java.util.List;

/** White space as JavaScript counts it, which is neither Java's nor Unicode's. */
public final class Spaces {
  private Spaces() {}

  public static boolean contains(int c) {
    return switch (c) {
      case '\t', '\n', '\u000b', '\f', '\r', ' ', 0xa0, 0x1680 -> true;
      case 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff -> true;
      default -> c >= 0x2000 && c <= 0x200a;
    };
  }

  public static String strip(String text) {
    return stripStart(stripEnd(text));
  }

  public static String stripStart(String text) {
    int from = 0;
    while (from < text.length() && contains(text.charAt(from))) {
      from++;
    }
    return text.substring(from);
  }

  public static String stripEnd(String text) {
    int to = text.length();
    while (to > 0 && contains(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  public static boolean isBlank(String text) {
    return text.chars().allMatch(Spaces::contains);
  }

  /** The text with each run of white space written as {@code replacement}. */
  public static String collapse(String text, String replacement) {
    return String.join(replacement, split(text));
  }

  /**
   * The pieces between runs of white space. A text that begins or ends with one has an empty piece
   * there.
   */
  public static List<String> split(String text) {
    var pieces = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (contains(text.charAt(i))) {
        pieces.add(text.substring(start, i));
        while (i + 1 < text.length() && contains(text.charAt(i + 1))) {
          i++;
        }
        start = i + 1;
      }
    }
    pieces.add(text.substring(start));
    return pieces;
  }
}
