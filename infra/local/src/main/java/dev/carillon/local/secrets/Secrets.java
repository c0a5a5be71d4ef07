package dev.carillon.local.secrets;

import java.util.Optional;

/** Secrets Manager. Everything acknowledged survives {@code kill -9}. */
public final class Secrets {

  /** Creates the secret with this text; false, and nothing changes, when there is one. */
  public boolean create(String name, String value) {
    throw new UnsupportedOperationException();
  }

  /** The current text of the secret; empty when there is no such secret or it has no value yet. */
  public Optional<String> value(String name) {
    throw new UnsupportedOperationException();
  }
}
