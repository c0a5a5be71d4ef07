package dev.carillon.runtime;

/**
 * A store or a queue took as much as it could, also when asked again and again: nothing is wrong,
 * and the same may work in a moment. A queue's handler lets the task come again; who called over
 * HTTP is told when to.
 */
public final class Overloaded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what took no more, without a word of what was asked of it
   */
  public Overloaded(String what, Throwable cause) {
    super(what, cause);
  }

  public Overloaded(String what) {
    super(what);
  }
}
