package dev.carillon.template.liquid.syntax;

import java.util.Collection;
import java.util.Comparator;

/** What may have been meant by a name that is not known. */
public final class Nearest {
  /** More letters than this apart, and the one is no misspelling of the other. */
  private static final int FAR = 3;

  /** Names longer than this are not compared. */
  private static final int LONG = 40;

  private Nearest() {}

  /** A clause for the end of a sentence: {@code ; did you mean 'upcase'?}, or nothing. */
  public static String suggestion(String name, Collection<String> known) {
    if (name.length() > LONG) {
      return "";
    }
    return known.stream()
        .filter(candidate -> candidate.length() <= LONG)
        .filter(candidate -> distance(name, candidate) <= Math.min(FAR - 1, name.length() / 2))
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .map(candidate -> "; did you mean '" + candidate + "'?")
        .orElse("");
  }

  /** Letters to add, take away or change. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) >= FAR) {
      return FAR;
    }
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
      }
      above = row;
    }
    return above[b.length()];
  }
}
