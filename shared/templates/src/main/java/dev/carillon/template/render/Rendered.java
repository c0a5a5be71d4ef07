package dev.carillon.template.render;

import java.util.List;

/** What rendering a template gives. */
public sealed interface Rendered<T> {

  /**
   * @param zonesIgnored the names of zones that it asked for and that do not exist; it has the
   *     usual one instead
   */
  record Content<T>(T content, List<String> zonesIgnored) implements Rendered<T> {
    public Content {
      zonesIgnored = List.copyOf(zonesIgnored);
    }
  }

  /** The template and these variables do not go together; the same again gives the same. */
  record Failed<T>(TemplateProblem problem) implements Rendered<T> {}
}
