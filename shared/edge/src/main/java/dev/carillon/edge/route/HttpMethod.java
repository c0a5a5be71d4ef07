package dev.carillon.edge.route;

import java.util.Optional;

/** The methods that routes have. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  DELETE;

  /** The method of that name, which is in upper case as HTTP has it; empty for any other. */
  static Optional<HttpMethod> of(String name) {
    for (HttpMethod method : values()) {
      if (method.name().equals(name)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }
}
