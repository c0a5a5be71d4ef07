package dev.carillon.local.template;

/** The template asks for something the local stack does not know. The message names it. */
public final class UnsupportedTemplate extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedTemplate(String message) {
    super(message);
  }
}
