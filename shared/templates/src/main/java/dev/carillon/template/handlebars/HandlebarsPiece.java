package dev.carillon.template.handlebars;

import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Template;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.render.RenderRefusal;
import dev.carillon.template.render.Rendering;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.Unrenderable;
import java.io.IOException;
import java.util.Map;

/** A field that is written in Handlebars. */
record HandlebarsPiece(String field, Template template) implements Piece {

  @Override
  public String render(Rendering rendering, Map<String, Object> extra) {
    var run = new HandlebarsRun(rendering);
    try {
      template.apply(run.context(extra), run.sink());
      return run.sink().toString();
    } catch (HandlebarsException e) {
      throw new Unrenderable(problem(e));
    } catch (RenderRefusal e) {
      throw new Unrenderable(TemplateProblem.of(field, e.getMessage()));
    } catch (StackOverflowError e) {
      throw new Unrenderable(TemplateProblem.of(field, "it is nested too deeply to be rendered"));
    } catch (IOException e) {
      throw new IllegalStateException("a sink in memory failed", e);
    }
  }

  private TemplateProblem problem(HandlebarsException e) {
    String reason = null;
    for (Throwable cause = e; cause != null && reason == null; cause = cause.getCause()) {
      if (cause instanceof RenderRefusal) {
        reason = cause.getMessage();
      }
    }
    var error = e.getError();
    if (error == null) {
      return TemplateProblem.of(field, reason == null ? "it could not be rendered" : reason);
    }
    return new TemplateProblem(
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
