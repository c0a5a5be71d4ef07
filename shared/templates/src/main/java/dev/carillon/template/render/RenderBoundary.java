package dev.carillon.template.render;

import dev.carillon.template.render.Rendered.Content;
import dev.carillon.template.render.Rendered.Failed;
import java.util.function.Function;

/** Where whatever a template manages to bring about becomes a problem. */
public final class RenderBoundary {
  private RenderBoundary() {}

  /** A stack that overflowed is unwound by the time it gets here, so going on is safe. */
  public static <T> Rendered<T> render(
      String field, TemplateScope scope, Function<Rendering, T> template) {
    var rendering = new Rendering(scope);
    try {
      T content = template.apply(rendering);
      return new Content<>(content, rendering.names().ignored());
    } catch (Unrenderable e) {
      return new Failed<>(e.problem());
    } catch (StackOverflowError e) {
      return new Failed<>(TemplateProblem.of(field, "it is nested too deeply to be rendered"));
    } catch (RuntimeException e) {
      return new Failed<>(
          TemplateProblem.of(
              field, "it could not be rendered (" + e.getClass().getSimpleName() + ")"));
    }
  }
}
