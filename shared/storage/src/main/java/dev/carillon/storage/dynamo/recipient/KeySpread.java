package dev.carillon.storage.dynamo.recipient;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a range of sort keys into parts of about one size without reading it, by what some of its
 * keys look like: between the first and the last, as numbers whose digits are the characters that
 * occur. Ids that are random, or counted up, are cut evenly; others less so. Any cut is right, as
 * each key lies between two of them.
 */
final class KeySpread {
  /** Characters behind what all keys begin with that are counted with: about 50 bits at most. */
  private static final int DIGITS = 5;

  private KeySpread() {}

  /**
   * @param some of the keys, in their order
   * @param last the last of all
   * @param parts how many there are to be
   * @return up to {@code parts - 1} texts in ascending order, each behind the first of {@code some}
   *     and before {@code last}; a key belongs before the first cut that is no less
   */
  static List<String> cuts(List<String> some, String last, int parts) {
    String first = some.getFirst();
    int common = common(first, last);
    List<Character> digits =
        some.stream()
            .map(it -> it.substring(Math.min(common, it.length())))
            .reduce(last.substring(Math.min(common, last.length())), String::concat)
            .chars()
            .filter(c -> c < 0x7F)
            .sorted()
            .distinct()
            .mapToObj(c -> (char) c)
            .toList();
    double low = number(first, common, digits);
    double high = number(last, common, digits);
    var cuts = new ArrayList<String>();
    String before = first;
    for (int part = 1; part < parts; part++) {
      String cut = first.substring(0, common) + text(low + (high - low) * part / parts, digits);
      if (cut.compareTo(before) > 0 && cut.compareTo(last) < 0) {
        cuts.add(cut);
        before = cut;
      }
    }
    return List.copyOf(cuts);
  }

  private static int common(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return at;
  }

  /** Between 0 and 1; a character that is no digit counts as the last, as it lies behind them. */
  private static double number(String key, int from, List<Character> digits) {
    double number = 0;
    double weight = 1;
    for (int at = from; at < Math.min(from + DIGITS, key.length()); at++) {
      int digit = digits.indexOf(key.charAt(at));
      weight /= digits.size() + 1;
      number += weight * (digit < 0 ? digits.size() : digit + 1);
    }
    return number;
  }

  private static String text(double number, List<Character> digits) {
    var text = new StringBuilder();
    double rest = number;
    for (int at = 0; at < DIGITS; at++) {
      rest *= digits.size() + 1;
      int digit = Math.min((int) rest, digits.size());
      rest -= digit;
      if (digit == 0) {
        return text.toString();
      }
      text.append(digits.get(digit - 1));
    }
    return text.toString();
  }
}
