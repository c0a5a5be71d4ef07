package dev.carillon.template.render;

/**
 * A helper was used in a way that cannot work, or a limit is reached; its message is the reason.
 */
public final class RenderRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RenderRefusal(String reason) {
    super(reason, null, false, false);
  }
}
