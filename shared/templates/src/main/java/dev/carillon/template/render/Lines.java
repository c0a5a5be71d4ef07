package dev.carillon.template.render;

/** Texts that end up in one line of a header or an address. */
public final class Lines {
  private Lines() {}

  /** One line, whatever it was: line breaks and tabs become spaces, other controls go. */
  public static String flattened(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == '\t' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      } else if (!Character.isISOControl(c)) {
        out.append(c);
      }
    }
    return out.toString().strip();
  }

  /**
   * The text without blanks at its ends.
   *
   * @throws Unrenderable when a control character or line separator is left in it
   */
  public static String strict(String field, String text) {
    String line = text.strip();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        throw new Unrenderable(
            TemplateProblem.of(field, "it holds a line break or another control character"));
      }
    }
    return line;
  }
}
