package dev.carillon.id;

import java.util.Optional;

/**
 * What an id that a client chose may be: 1 to {@value #CHARACTERS} characters of any script,
 * without {@code /} (it would split paths), {@code #} (it would split keys) and control characters;
 * nor {@code .} and {@code ..}, which clients take out of a path however they are encoded.
 */
public final class ClientId {
  /** Code points of the longest. */
  public static final int CHARACTERS = 256;

  private ClientId() {}

  /** What is wrong with the id, behind its name in a sentence; empty when nothing is. */
  public static Optional<String> problem(String id) {
    if (id.isEmpty()) {
      return Optional.of("must not be empty");
    }
    if (id.codePointCount(0, id.length()) > CHARACTERS) {
      return Optional.of("must have at most " + CHARACTERS + " characters");
    }
    if (id.equals(".") || id.equals("..")) {
      return Optional.of("must not be . or ..");
    }
    return id.codePoints().allMatch(ClientId::allowed)
        ? Optional.empty()
        : Optional.of("must not contain /, # or control characters");
  }

  private static boolean allowed(int codePoint) {
    return codePoint != '/'
        && codePoint != '#'
        && !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
