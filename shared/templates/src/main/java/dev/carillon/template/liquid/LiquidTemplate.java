package dev.carillon.template.liquid;

import dev.carillon.template.liquid.syntax.Syntax;
import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateProblem;
import java.util.List;
import java.util.Set;

/** A compiled template. Immutable; renders any number of times, from any thread. */
public final class LiquidTemplate {
  private final Liquid library;
  private final String field;
  private final String source;
  private final Syntax syntax;
  private final OutputEscape escape;

  LiquidTemplate(Liquid library, String field, String source, Syntax syntax, OutputEscape escape) {
    this.library = library;
    this.field = field;
    this.source = source;
    this.syntax = syntax;
    this.escape = escape;
  }

  /** The text with these variables; the same each time for the same variables and occasion. */
  public Rendered<String> render(LiquidRendering rendering) {
    try {
      var out = new OutputText(rendering.meter());
      rendering.frame().begin();
      write(new Renderer(library, rendering, rendering.frame(), escape), out);
      return new Rendered.Content<>(out.toString(), rendering.occasion().names().ignored());
    } catch (Failure failure) {
      return new Rendered.Failed<>(failure.problem());
    }
  }

  /**
   * @throws Failure when it cannot be rendered, or not within the limits
   */
  void write(Renderer renderer, OutputText out) {
    try {
      renderer.write(syntax.parts(), out);
    } catch (LiquidFault fault) {
      throw new Failure(Places.problem(field, source, fault));
    }
  }

  /** The variables that it reads and does not set, in the order in which they stand. */
  public List<VariableUse> variables() {
    return VariableUses.of(source, syntax.parts());
  }

  /** The keys of the partials that it renders itself. */
  public Set<String> partials() {
    return syntax.partials();
  }

  /** Carries a problem with its place out of partials and loops. */
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TemplateProblem problem;

    Failure(TemplateProblem problem) {
      super(problem.reason(), null, false, false);
      this.problem = problem;
    }

    TemplateProblem problem() {
      return problem;
    }
  }
}
