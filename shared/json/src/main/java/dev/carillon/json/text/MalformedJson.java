package dev.carillon.json.text;

/**
 * A text that is not the JSON we accept. The message is one sentence for the author of the text; it
 * never quotes the text, so it may be logged and shown.
 *
 * <p>{@code line} and {@code column} count from 1 and point at, or just behind, the offending
 * place; both are 0 when the bytes were not even UTF-8.
 */
public final class MalformedJson extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  MalformedJson(String sentence, int line, int column) {
    // What the client did wrong needs no stack of ours, and building one is what costs.
    super(sentence, null, false, false);
    this.line = line;
    this.column = column;
  }

  /** The message and, when there is one, the place: what to show to the author of the text. */
  public String located() {
    return line == 0
        ? getMessage()
        : "%s (line %d, column %d)".formatted(getMessage(), line, column);
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
