package dev.carillon.local.iam;

/** A policy says something that is not evaluated here. The message names what. */
public final class UnsupportedPolicy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedPolicy(String message) {
    super(message);
  }
}
