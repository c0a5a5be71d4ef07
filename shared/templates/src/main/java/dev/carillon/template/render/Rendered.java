package dev.carillon.template.render;

/** What rendering a template gives. */
public sealed interface Rendered<T> {

  record Content<T>(T content) implements Rendered<T> {}

  /** The template and these variables do not go together; the same again gives the same. */
  record Failed<T>(TemplateProblem problem) implements Rendered<T> {}
}
