package dev.carillon.template.css;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a value may be that a template puts into a style. */
public final class CssValues {
  private static final Pattern FORBIDDEN = Pattern.compile("[{}<>\\\\@]|/\\*|!\\[|--!?>");
  private static final Pattern CALL = Pattern.compile("([\\w-]*)\\s*\\(");

  /** Functions that compute and fetch nothing. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "rgb",
          "rgba",
          "hsl",
          "hsla",
          "hwb",
          "lab",
          "lch",
          "oklab",
          "oklch",
          "color",
          "color-mix",
          "light-dark",
          "calc",
          "min",
          "max",
          "clamp",
          "var",
          "linear-gradient",
          "radial-gradient",
          "conic-gradient",
          "repeating-linear-gradient",
          "repeating-radial-gradient",
          "translate",
          "rotate",
          "scale",
          "cubic-bezier",
          "steps");

  private CssValues() {}

  /**
   * The value, or nothing where it would do more than set what it stands in: open or close a rule,
   * escape, import, or call what fetches.
   *
   * @param declarations whether it may be several declarations, as in a {@code style} attribute
   */
  public static String harmless(String value, boolean declarations) {
    boolean harmful =
        FORBIDDEN.matcher(value).find()
            || !declarations && value.indexOf(';') >= 0
            || value.toLowerCase(Locale.ROOT).contains("javascript:")
            || CALL.matcher(value)
                .results()
                .anyMatch(call -> !FUNCTIONS.contains(call.group(1).toLowerCase(Locale.ROOT)));
    return harmful ? "" : value;
  }
}
