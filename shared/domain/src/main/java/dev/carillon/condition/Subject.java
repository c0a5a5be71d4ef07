package dev.carillon.condition;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.Arrays;
import java.util.Optional;

/** What a condition's variable means. */
public sealed interface Subject {

  /** The variable as it was written. */
  String text();

  /** A value of the scope. */
  record Value(String text, Path path) implements Subject {}

  /**
   * Where the messages of an earlier step stand: {@code refs.<ref>.delivery_status}, {@code
   * .engagement_status} or {@code .status}.
   */
  record Status(String text, String ref, Kind kind) implements Subject {}

  /** The value that the variable itself is, which Knock allows: {@code true}, {@code 5}. */
  record Fixed(String text, Json value) implements Subject {}

  /** Which status of a message. */
  enum Kind {
    DELIVERY("delivery_status"),
    ENGAGEMENT("engagement_status"),
    /** Ranks both in one row. */
    COMBINED("status");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    static Optional<Kind> named(String name) {
      return Arrays.stream(values()).filter(kind -> kind.wireName.equals(name)).findFirst();
    }
  }

  /** Text that is JSON is what it says, unless it begins as paths do. */
  static Subject of(String variable) {
    Path path = Path.braced(variable).orElseGet(() -> Path.of(variable));
    if (Refs.isRef(path)) {
      return Refs.status(variable, path).<Subject>map(it -> it).orElse(new Value(variable, path));
    }
    return Path.ROOTS.contains(path.root())
        ? new Value(variable, path)
        : JsonLiteral.parse(variable)
            .<Subject>map(value -> new Fixed(variable, value))
            .orElse(new Value(variable, path));
  }
}
