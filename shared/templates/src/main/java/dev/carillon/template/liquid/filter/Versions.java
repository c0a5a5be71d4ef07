package dev.carillon.template.liquid.filter;

import java.math.BigInteger;
import java.util.List;

/** Versions in the order of semver.org: {@code 1.10.0-rc.1 < 1.10.0}. */
final class Versions {
  /** Digits of one number that are compared as a number. */
  private static final int DIGITS = 30;

  private Versions() {}

  /** Whatever is no version is compared as far as it looks like one. */
  static int compare(String left, String right) {
    String a = bare(left);
    String b = bare(right);
    int numbers = parts(core(a), core(b), "0");
    if (numbers != 0) {
      return numbers;
    }
    String before = preRelease(a);
    String after = preRelease(b);
    if (before.isEmpty() || after.isEmpty()) {
      return Boolean.compare(before.isEmpty(), after.isEmpty());
    }
    return parts(before, after, "");
  }

  private static String bare(String version) {
    String text = version.strip();
    String start = text.startsWith("v") ? text.substring(1) : text;
    int build = start.indexOf('+');
    return build < 0 ? start : start.substring(0, build);
  }

  private static String core(String version) {
    int dash = version.indexOf('-');
    return dash < 0 ? version : version.substring(0, dash);
  }

  private static String preRelease(String version) {
    int dash = version.indexOf('-');
    return dash < 0 ? "" : version.substring(dash + 1);
  }

  /**
   * @param missing what the shorter one has where the longer one goes on
   */
  private static int parts(String left, String right, String missing) {
    List<String> a = List.of(left.split("\\.", -1));
    List<String> b = List.of(right.split("\\.", -1));
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int order = part(i < a.size() ? a.get(i) : missing, i < b.size() ? b.get(i) : missing);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int part(String a, String b) {
    boolean left = isNumber(a);
    boolean right = isNumber(b);
    if (left && right) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    if (left != right) {
      return a.isEmpty() || !b.isEmpty() && left ? -1 : 1;
    }
    return Integer.signum(a.compareTo(b));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
