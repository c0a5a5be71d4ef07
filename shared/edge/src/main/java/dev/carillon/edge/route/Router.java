package dev.carillon.edge.route;

import dev.carillon.access.DeploymentKeys;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.access.Authentication;
import dev.carillon.edge.access.Caller;
import dev.carillon.id.ClientId;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Overloaded;
import dev.carillon.runtime.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The way of a call through one HTTP function: its route, its caller, its answer. Every request is
 * answered: what is refused with its {@link ErrorCode}, what comes when the store can take no more
 * with a 503 that says when to come again, what fails with a 500 that tells nothing (the log has
 * both, under the same request id). Safe to use from several threads.
 */
public final class Router {
  /** What the log calls the route of a call that takes none; a path may hold ids. */
  private static final String NO_ROUTE = "$default";

  private final BoundRoutes routes;
  private final Authentication authentication;
  private final CallRates rates;
  private final DeploymentKeys keys;
  private final Log log;

  private Router(
      BoundRoutes routes,
      Authentication authentication,
      CallRates rates,
      DeploymentKeys keys,
      Log log) {
    this.routes = routes;
    this.authentication = authentication;
    this.rates = rates;
    this.keys = keys;
    this.log = log;
  }

  /**
   * On these ports.
   *
   * @throws IllegalArgumentException when two operations have the same route
   */
  public static Router on(Operations<Ports> operations, Ports ports) {
    return of(
        operations,
        ports,
        Authentication.on(ports),
        new CallRates(ports.callAllowances(), ports.rateLimits(), ports.clock()),
        ports.deploymentKeys(),
        ports.log());
  }

  /**
   * @param ports what the operations' resources are made from, now
   * @throws IllegalArgumentException when two operations have the same route
   */
  static <P> Router of(
      Operations<P> operations,
      P ports,
      Authentication authentication,
      CallRates rates,
      DeploymentKeys keys,
      Log log) {
    return new Router(BoundRoutes.of(operations, ports), authentication, rates, keys, log);
  }

  /** Makes all that answers, ahead of the first call of each: for a snapshot. */
  public void complete() {
    routes.complete();
  }

  /**
   * Reads an API Gateway event and writes the response.
   *
   * @throws IllegalArgumentException when it is no such event
   */
  public void handle(InputStream event, OutputStream out) throws IOException {
    handle(HttpRequest.of(event, keys), out);
  }

  /** Writes the response to a request that was read already. */
  public void handle(HttpRequest request, OutputStream out) throws IOException {
    answer(request).with("x-request-id", request.id()).writeTo(out);
  }

  private HttpResponse answer(HttpRequest request) {
    var match = routes.at(request.path()).match(request.method(), request.path());
    String route = match.map(it -> it.route().key()).orElse(NO_ROUTE);
    HttpResponse response;
    try {
      response = answer(request, match);
      log.decision(
          "http.answered", "request", request.id(), "route", route, "status", response.status());
    } catch (ApiException e) {
      response =
          e.problem() == ErrorCode.RATE_LIMITED
              ? e.response().with("retry-after", Limits.NEXT_SECOND)
              : e.response();
      log.decision(
          "http.refused",
          "request",
          request.id(),
          "route",
          route,
          "status",
          response.status(),
          "code",
          e.problem().code(),
          "fields",
          e.fields().size());
    } catch (Overloaded e) {
      log.failure("http.overloaded", e, "request", request.id(), "route", route);
      response =
          ErrorCode.OVERLOADED.refused().response().with("retry-after", Limits.RETRY_AFTER_SECONDS);
    } catch (RuntimeException | StackOverflowError e) {
      // A stack overflow has unwound to here and is this request's own matter.
      log.failure("http.failed", e, "request", request.id(), "route", route);
      response = new ApiException(ErrorCode.INTERNAL_ERROR, List.of()).response();
    }
    return response;
  }

  /**
   * What is wrong with a path that no route takes. A gateway that decodes paths makes another path
   * of an id with a slash; who sent it hears of the id.
   */
  private ApiException missing(HttpRequest request) {
    return routes
        .at(request.path())
        .misfit(request.method(), request.path())
        .flatMap(
            misfit ->
                ClientId.problem(misfit.value())
                    .map(
                        sentence ->
                            ErrorCode.INVALID_PARAMS.at(
                                misfit.parameter(),
                                sentence + "; and there is no other call at this path")))
        .orElseGet(ErrorCode.ROUTE_MISSING::refused);
  }

  private HttpResponse answer(
      HttpRequest request, Optional<RouteTable.Match<Operations.Bound>> match) {
    var found = match.orElseThrow(() -> missing(request));
    Caller caller = authentication.authenticate(request);
    found.route().admit(caller, found.parameters());
    if (!rates.admit(found.route(), found.route().subject(found.parameters()), caller)) {
      throw ErrorCode.RATE_LIMITED.refused();
    }
    if (request.body().length > Limits.BODY_BYTES) {
      throw ErrorCode.BODY_TOO_LARGE.refused();
    }
    return found.target().answer(request.withPathParameters(found.parameters()), caller);
  }
}
