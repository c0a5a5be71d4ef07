package dev.carillon.template.engine;

import dev.carillon.template.render.TemplateProblem;
import java.util.List;

/** What compiling a template gives. */
public sealed interface Compiled<T> {

  /** A template that can be rendered any number of times, from any thread. */
  record Ready<T>(T template) implements Compiled<T> {}

  /** At least one problem; all that were found. */
  record Refused<T>(List<TemplateProblem> problems) implements Compiled<T> {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** The problems; empty when the template is ready. */
  default List<TemplateProblem> problems() {
    return switch (this) {
      case Ready<T> _ -> List.of();
      case Refused<T>(var problems) -> problems;
    };
  }
}
