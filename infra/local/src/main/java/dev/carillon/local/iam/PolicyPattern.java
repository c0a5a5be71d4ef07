package dev.carillon.local.iam;

import java.util.Locale;

/**
 * The patterns of policies: {@code *} stands for any number of characters, {@code ?} for exactly
 * one. Policy variables ({@code ${aws:username}}) are refused when a policy is read.
 */
final class PolicyPattern {
  /** Parts of an ARN; the last holds all that follows, colons included. */
  private static final int PARTS = 6;

  private PolicyPattern() {}

  static String checked(String pattern) {
    if (pattern.contains("${")) {
      throw new UnsupportedPolicy("The policy variable in " + pattern + " is not evaluated");
    }
    return pattern;
  }

  /** {@code *} or a whole ARN. */
  static String checkedArn(String pattern) {
    if (!pattern.equals("*") && pattern.split(":", PARTS).length < PARTS) {
      throw new UnsupportedPolicy(pattern + " is not an ARN");
    }
    return checked(pattern);
  }

  static boolean matches(String pattern, String text) {
    var p = 0;
    var t = 0;
    var star = -1;
    var afterStar = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        afterStar = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Actions are the same in any case of letters. */
  static boolean matchesAction(String pattern, String action) {
    return matches(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
  }

  /** Part by part: a {@code *} reaches over a colon in the last part only. */
  static boolean matchesArn(String pattern, String arn) {
    if (pattern.equals("*")) {
      return true;
    }
    var wanted = pattern.split(":", PARTS);
    var given = arn.split(":", PARTS);
    if (wanted.length != given.length) {
      return false;
    }
    for (var part = 0; part < wanted.length; part++) {
      if (!matches(wanted[part], given[part])) {
        return false;
      }
    }
    return true;
  }
}
