package dev.carillon.edge.access;

import dev.carillon.access.ApiKey;
import dev.carillon.edge.ErrorCode;

/** Who may call a route. Each constant is a row of the authorisation table. */
public enum Access {
  /** Secret keys only: the product's own servers. */
  SECRET_KEY {
    @Override
    boolean includes(ApiKey.Kind kind) {
      return switch (kind) {
        case SECRET -> true;
        case PUBLIC -> false;
      };
    }
  },

  /** Public keys too: browsers and apps. */
  ANY_KEY {
    @Override
    boolean includes(ApiKey.Kind kind) {
      return switch (kind) {
        case SECRET, PUBLIC -> true;
      };
    }
  };

  abstract boolean includes(ApiKey.Kind kind);

  /**
   * Lets the caller pass.
   *
   * @throws dev.carillon.edge.ApiException when this caller may not use such a route
   */
  public void check(Caller caller) {
    if (!includes(caller.key())) {
      throw ErrorCode.INCORRECT_TOKEN_TYPE.refused();
    }
  }
}
