package dev.carillon.condition;

import java.util.Arrays;
import java.util.Optional;

/**
 * A path to the status of an earlier step's messages: {@code refs.<ref>.delivery_status}, {@code
 * .engagement_status} or {@code .status}, which ranks both in one row.
 */
record StatusPath(String ref, Kind kind) {

  enum Kind {
    DELIVERY("delivery_status"),
    ENGAGEMENT("engagement_status"),
    COMBINED("status");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }
  }

  static final String PREFIX = "refs.";

  /** Empty when the variable is not of that form. */
  static Optional<StatusPath> of(String variable) {
    int last = variable.lastIndexOf('.');
    if (!variable.startsWith(PREFIX) || last <= PREFIX.length()) {
      return Optional.empty();
    }
    String name = variable.substring(last + 1);
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.wireName.equals(name))
        .findFirst()
        .map(kind -> new StatusPath(variable.substring(PREFIX.length(), last), kind));
  }
}
