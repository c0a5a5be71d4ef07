package dev.carillon.template;

import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Template;
import java.io.IOException;
import java.util.Map;

/** One compiled template field. Immutable, for any number of threads. */
record Piece(String field, Template template) {

  String render(Rendering rendering) {
    return render(rendering, Map.of());
  }

  /**
   * The output, with {@code extra} laid over the variables.
   *
   * @throws Unrenderable when it cannot be rendered, or not within the limits
   */
  String render(Rendering rendering, Map<String, Object> extra) {
    try {
      template.apply(rendering.begin(extra), rendering.sink());
      return rendering.sink().toString();
    } catch (HandlebarsException e) {
      throw new Unrenderable(problem(e));
    } catch (Refusal e) {
      throw new Unrenderable(Problem.of(field, e.getMessage()));
    } catch (StackOverflowError e) {
      throw new Unrenderable(Problem.of(field, "it is nested too deeply to be rendered"));
    } catch (IOException e) {
      throw new IllegalStateException("a sink in memory failed", e);
    }
  }

  private Problem problem(HandlebarsException e) {
    String reason = null;
    for (Throwable cause = e; cause != null && reason == null; cause = cause.getCause()) {
      if (cause instanceof Refusal) {
        reason = cause.getMessage();
      }
    }
    var error = e.getError();
    if (error == null) {
      return Problem.of(field, reason == null ? "it could not be rendered" : reason);
    }
    return new Problem(
        error.filename == null ? field : error.filename,
        error.line,
        error.column + 1,
        reason == null ? firstLine(error.reason) : reason);
  }

  static String firstLine(String text) {
    return text == null || text.isBlank()
        ? "it is not a template"
        : text.lines().findFirst().orElseThrow();
  }
}
