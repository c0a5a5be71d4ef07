package dev.carillon.template.liquid.syntax;

/**
 * A stretch of a template's source, by the offsets of its first character and of the one after its
 * last.
 */
sealed interface Token {
  int begin();

  int end();

  /**
   * What stands between the tags.
   *
   * @param from where what is printed begins, after what a dash took away
   * @param to where it ends
   */
  record Html(int begin, int end, int from, int to) implements Token {
    public Html {
      to = Math.max(from, to);
    }
  }

  /**
   * {@code {{ … }}}.
   *
   * @param inside what stands between the braces, without dashes and space at its ends
   */
  record Output(int begin, int end, Span inside, Trim trim) implements Token {}

  /**
   * {@code {% name … %}}, or a line of a {@code liquid} tag.
   *
   * @param arguments what follows the name
   */
  record Tag(int begin, int end, String name, Span arguments, Trim trim) implements Token {}

  record Span(int from, int to) {}

  /** On which sides a dash takes away the space beside a tag. */
  record Trim(boolean left, boolean right) {
    static final Trim NONE = new Trim(false, false);
  }
}
