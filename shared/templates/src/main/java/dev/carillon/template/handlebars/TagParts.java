package dev.carillon.template.handlebars;

/** The size of a tag as the parser takes it, whose work grows with its square. */
final class TagParts {
  private TagParts() {}

  /** How many words, and names within a path, stand in the tag; a text in quotes is one. */
  static int count(String body) {
    int parts = 1;
    char quote = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
          parts++;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
        parts++;
      }
    }
    return parts;
  }
}
