package dev.carillon.edge.route;

import java.util.Arrays;
import java.util.Optional;

/** The methods that routes have. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  DELETE;

  /** The method of that name, which is in upper case as HTTP has it; empty for any other. */
  static Optional<HttpMethod> of(String name) {
    return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
  }
}
