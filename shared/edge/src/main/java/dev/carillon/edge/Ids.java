package dev.carillon.edge;

import java.util.Optional;

/**
 * What an id that a client chose may be: 1 to {@value Limits#ID_CHARACTERS} characters of any
 * script, without {@code /} (it would split paths), {@code #} (it would split keys) and control
 * characters.
 */
public final class Ids {
  private Ids() {}

  /**
   * The id, unchanged.
   *
   * @throws Refused naming {@code field} when it breaks the rules
   */
  public static String checked(String field, String id) {
    problem(id)
        .ifPresent(
            sentence -> {
              throw Problem.INVALID_PARAMS.at(field, sentence);
            });
    return id;
  }

  /** What is wrong with the id; empty when nothing is. */
  public static Optional<String> problem(String id) {
    if (id.isEmpty()) {
      return Optional.of("must not be empty");
    }
    if (id.codePointCount(0, id.length()) > Limits.ID_CHARACTERS) {
      return Optional.of("must have at most " + Limits.ID_CHARACTERS + " characters");
    }
    return id.codePoints().allMatch(Ids::allowed)
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
