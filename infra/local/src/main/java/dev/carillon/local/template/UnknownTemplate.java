package dev.carillon.local.template;

/** The template asks for something the local stack does not know. The message names it. */
public final class UnknownTemplate extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownTemplate(String message) {
    super(message);
  }
}
