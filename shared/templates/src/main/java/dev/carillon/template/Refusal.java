package dev.carillon.template;

/**
 * A helper was used in a way that cannot work, or a limit is reached; its message is the reason.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String reason) {
    super(reason, null, false, false);
  }
}
