package dev.carillon.edge;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.runtime.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The routes of one HTTP function. Every request is answered: what a route refuses with its {@link
 * Problem}, what fails with a 500 that tells nothing (the log has it, under the same request id).
 *
 * <pre>{@code
 * new Routes(keys, log)
 *     .on("GET /v1/users/{id}", SECRET_KEY, (request, environment) -> ...)
 *     .on("PUT /v1/users/{id}", SECRET_KEY, (request, environment) -> ...);
 * }</pre>
 */
public final class Routes {
  /** Which keys may use a route. */
  public enum Access {
    /** Secret keys only: the product's own servers. */
    SECRET_KEY,
    /** Public keys too: browsers and apps. */
    ANY_KEY
  }

  /** What answers one route. The environment is that of the caller's key. */
  @FunctionalInterface
  public interface Answer {
    /**
     * @throws Refused to answer with a problem
     */
    HttpResponse to(HttpRequest request, EnvironmentId environment);
  }

  private record Route(Access access, Answer answer) {}

  private final Authentication keys;
  private final Log log;
  private final Map<String, Route> routes = new HashMap<>();

  public Routes(Authentication keys, Log log) {
    this.keys = keys;
    this.log = log;
  }

  /** Adds a route; to be called while wiring, before the first request. */
  public Routes on(String routeKey, Access access, Answer answer) {
    if (routes.put(routeKey, new Route(access, answer)) != null) {
      throw new IllegalArgumentException("Two answers for " + routeKey);
    }
    return this;
  }

  /**
   * Reads an API Gateway event and writes the response.
   *
   * @throws IllegalArgumentException when it is no such event
   */
  public void handle(InputStream event, OutputStream out) throws IOException {
    var request = HttpRequest.of(event);
    answer(request).with("x-request-id", request.id()).writeTo(out);
  }

  private HttpResponse answer(HttpRequest request) {
    HttpResponse response;
    try {
      response = route(request);
      log.decision(
          "http.answered",
          "request",
          request.id(),
          "route",
          request.routeKey(),
          "status",
          response.status());
    } catch (ApiException e) {
      response = e.response();
      log.decision(
          "http.refused",
          "request",
          request.id(),
          "route",
          request.routeKey(),
          "status",
          response.status(),
          "code",
          e.problem().code(),
          "fields",
          e.fields().size());
    } catch (RuntimeException | StackOverflowError e) {
      // A stack overflow has unwound to here and is this request's own matter.
      log.failure("http.failed", e, "request", request.id(), "route", request.routeKey());
      response = new ApiException(ErrorCode.INTERNAL_ERROR, List.of()).response();
    }
    return response;
  }

  private HttpResponse route(HttpRequest request) {
    var route = routes.get(request.routeKey());
    if (route == null) {
      throw ErrorCode.ROUTE_MISSING.refused();
    }
    var environment = keys.authenticate(request, route.access());
    if (request.body().length > Limits.BODY_BYTES) {
      throw ErrorCode.BODY_TOO_LARGE.refused();
    }
    return route.answer().to(request, environment);
  }
}
