package dev.carillon.template;

import java.util.function.Supplier;

/** What rendering a template gives. */
public sealed interface Rendered<T> {

  record Content<T>(T content) implements Rendered<T> {}

  /** The template and these variables do not go together; the same again gives the same. */
  record Failed<T>(Problem problem) implements Rendered<T> {}

  /**
   * The boundary at which whatever a template manages to bring about becomes a problem. A stack
   * that overflowed is unwound by the time it gets here, so going on is safe.
   */
  static <T> Rendered<T> of(String field, Supplier<T> rendering) {
    try {
      return new Content<>(rendering.get());
    } catch (Unrenderable e) {
      return new Failed<>(e.problem());
    } catch (StackOverflowError e) {
      return new Failed<>(Problem.of(field, "it is nested too deeply to be rendered"));
    } catch (RuntimeException e) {
      return new Failed<>(
          Problem.of(field, "it could not be rendered (" + e.getClass().getSimpleName() + ")"));
    }
  }
}
