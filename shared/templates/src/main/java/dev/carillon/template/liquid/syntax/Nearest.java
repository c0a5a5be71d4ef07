package dev.carillon.template.liquid.syntax;

import java.util.Collection;
import java.util.Comparator;

/** What may have been meant by a name that is not known. */
public final class Nearest {
  /** Names longer than this are not compared. */
  private static final int LONG = 40;

  private Nearest() {}

  /** A clause for the end of a sentence: {@code ; did you mean 'upcase'?}, or nothing. */
  public static String suggestion(String name, Collection<String> known) {
    if (name.length() > LONG) {
      return "";
    }
    int far = Math.min(2, (name.length() + 1) / 3);
    return known.stream()
        .filter(candidate -> candidate.length() <= LONG && distance(name, candidate) <= far)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .map(candidate -> "; did you mean '" + candidate + "'?")
        .orElse("");
  }

  /** Letters to add, take away or change, and neighbours to swap. */
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        steps[i][j] = i == 0 ? j : j == 0 ? i : step(a, b, i, j, steps);
      }
    }
    return steps[a.length()][b.length()];
  }

  private static int step(String a, String b, int i, int j, int[][] steps) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
