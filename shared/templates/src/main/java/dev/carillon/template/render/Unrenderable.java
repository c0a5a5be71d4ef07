package dev.carillon.template.render;

/** Carries a problem up to the boundary in {@link RenderBoundary}; never leaves this package. */
public final class Unrenderable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TemplateProblem problem;

  public Unrenderable(TemplateProblem problem) {
    super(problem.sentence(), null, false, false);
    this.problem = problem;
  }

  public TemplateProblem problem() {
    return problem;
  }
}
