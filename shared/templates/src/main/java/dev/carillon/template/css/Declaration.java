package dev.carillon.template.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One declaration of a rule or of a {@code style} attribute.
 *
 * @param property in lower case, unless it is a custom property, whose name is as it was written
 */
record Declaration(String property, String value, boolean important) {

  /** Values that every mail client understands, so that nothing has to stand in for them. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?!-[a-z])(?:(?:url|rgba?)\\([^()]*\\)|[#\\w%\\s,'\"/+.-])*+", Pattern.CASE_INSENSITIVE);

  /** Units that some clients do not know. */
  private static final Pattern NEWER_UNIT =
      Pattern.compile("\\d(?:rem|ch|vh|vw|vmin|vmax|[dls]v[hw]|fr|lh)\\b");

  /** Properties that begin with {@code border-} and are not parts of {@code border}. */
  private static final Pattern BESIDE_BORDER =
      Pattern.compile("border-(?:.*radius|collapse|spacing|image.*)");

  /**
   * Properties that set all that begin with their name and a hyphen. {@code color} is none: it does
   * not set {@code color-scheme}, nor {@code overflow} {@code overflow-wrap}.
   */
  private static final Pattern SHORTHANDS =
      Pattern.compile(
          "margin|padding|border(?:-(?:top|right|bottom|left))?|background|font|list-style|outline"
              + "|text-decoration");

  /** Those that begin so and are not set. */
  private static final Pattern BESIDE_SHORTHAND =
      Pattern.compile(
          "border-(?:.*radius|collapse|spacing)|outline-offset|background-blend-mode"
              + "|text-decoration-skip.*|font-(?:synthesis.*|palette|smooth.*)");

  /** Sides of a box; the second group is there when they go by where text flows. */
  private static final Pattern BOX =
      Pattern.compile("(margin|padding)-(?:(inline|block)(?:-start|-end)?|top|right|bottom|left)");

  /** Two names of one property. */
  private static final Set<String> WRAPPING = Set.of("overflow-wrap", "word-wrap");

  /** The declarations of a rule's body or of a {@code style} attribute, in order. */
  static List<Declaration> all(String body) {
    var declarations = new ArrayList<Declaration>();
    for (String declaration : CssText.split(body, ';')) {
      int colon = declaration.indexOf(':');
      if (colon > 0) {
        String property = declaration.substring(0, colon).strip();
        String value = declaration.substring(colon + 1).strip();
        int bang = value.lastIndexOf('!');
        boolean important =
            bang >= 0 && value.substring(bang + 1).strip().equalsIgnoreCase("important");
        if (important) {
          value = value.substring(0, bang).strip();
        }
        if (!property.isEmpty() && !value.isEmpty()) {
          declarations.add(
              new Declaration(
                  property.startsWith("--") ? property : property.toLowerCase(Locale.ROOT),
                  value,
                  important));
        }
      }
    }
    return List.copyOf(declarations);
  }

  /** Whether the two set something in common, as {@code margin} and {@code margin-top} do. */
  boolean overlaps(Declaration other) {
    return overlap(property, other.property);
  }

  static boolean overlap(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    if (a.startsWith("--") || b.startsWith("--")) {
      return false;
    }
    if (a.equals("all") || b.equals("all") || isPartOf(a, b) || isPartOf(b, a)) {
      return true;
    }
    return overlapAsBorders(a, b)
        || isCornerOf(a, b)
        || isCornerOf(b, a)
        || isSameBox(a, b)
        || WRAPPING.contains(a) && WRAPPING.contains(b);
  }

  private static boolean overlapAsBorders(String a, String b) {
    return a.startsWith("border-")
        && b.startsWith("border-")
        && !BESIDE_BORDER.matcher(a).matches()
        && !BESIDE_BORDER.matcher(b).matches();
  }

  private static boolean isCornerOf(String corner, String whole) {
    return whole.equals("border-radius")
        && corner.startsWith("border-")
        && corner.endsWith("-radius");
  }

  /** Whether one names sides by where text flows and the other by where they are. */
  private static boolean isSameBox(String a, String b) {
    Matcher one = BOX.matcher(a);
    Matcher other = BOX.matcher(b);
    return one.matches()
        && other.matches()
        && one.group(1).equals(other.group(1))
        && (one.group(2) == null) != (other.group(2) == null);
  }

  private static boolean isPartOf(String part, String whole) {
    return part.startsWith(whole + "-") || whole.equals("font") && part.equals("line-height");
  }

  /**
   * Whether nothing is left of {@code earlier} where this one follows. One that some client may not
   * understand leaves what stood there before, as {@code background: #369} in front of a gradient.
   */
  boolean replaces(Declaration earlier) {
    return (property.equals(earlier.property) || resets(property, earlier.property))
        && PLAIN.matcher(value).matches()
        && !NEWER_UNIT.matcher(value).find();
  }

  /** Whether the one sets the other too, as {@code border} sets {@code border-top}. */
  private static boolean resets(String shorthand, String part) {
    return part.startsWith(shorthand + "-")
        && SHORTHANDS.matcher(shorthand).matches()
        && !BESIDE_SHORTHAND.matcher(part).matches();
  }

  /** As CSS, with a semicolon at its end. */
  String text(boolean asImportant) {
    return property + ": " + value + (asImportant ? " !important" : "") + ";";
  }
}
