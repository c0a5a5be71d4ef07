package dev.carillon.schema;

import java.util.List;

/** What compiling a schema gives. */
public sealed interface Compiled {

  /** A schema that can be used any number of times, from any thread. */
  record Ready(Schema schema) implements Compiled {}

  /** At least one problem; their paths lie in the schema. */
  record Refused(List<Problem> problems) implements Compiled {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** The problems; empty when the schema is ready. */
  default List<Problem> problems() {
    return switch (this) {
      case Ready _ -> List.of();
      case Refused(var problems) -> problems;
    };
  }
}
