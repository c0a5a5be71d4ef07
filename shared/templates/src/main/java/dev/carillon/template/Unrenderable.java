package dev.carillon.template;

/** Carries a problem up to the boundary in {@link Boundary}; never leaves this package. */
final class Unrenderable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Unrenderable(Problem problem) {
    super(problem.sentence(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
