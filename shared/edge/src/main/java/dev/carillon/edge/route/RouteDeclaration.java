package dev.carillon.edge.route;

import dev.carillon.edge.access.Access;

/**
 * What is known of a route without the code that answers it. The gateway's routes, the
 * authorisation table and the documents of the API are made from these or tied to them by a test.
 *
 * @param access who may call it
 */
public record RouteDeclaration(HttpMethod method, PathTemplate path, Access access) {

  /** As API Gateway calls it: {@code GET /v1/users/{id}}. */
  public String key() {
    return method + " " + path;
  }
}
