package dev.carillon.schema;

import java.util.List;

/** What compiling a schema gives. */
public sealed interface CompiledSchema {

  /** A schema that can be used any number of times, from any thread. */
  record Ready(Schema schema) implements CompiledSchema {}

  /** At least one problem; their paths lie in the schema. */
  record Refused(List<SchemaProblem> problems) implements CompiledSchema {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** The problems; empty when the schema is ready. */
  default List<SchemaProblem> problems() {
    return switch (this) {
      case Ready _ -> List.of();
      case Refused(var problems) -> problems;
    };
  }
}
