package dev.carillon.template.render;

import dev.carillon.run.NamesIgnored;

/** What rendering a template gives. */
public sealed interface Rendered<T> {

  /**
   * @param ignored the names of zones and currencies that it asked for and that do not exist
   */
  record Content<T>(T content, NamesIgnored ignored) implements Rendered<T> {}

  /** The template and these variables do not go together; the same again gives the same. */
  record Failed<T>(TemplateProblem problem) implements Rendered<T> {}
}
