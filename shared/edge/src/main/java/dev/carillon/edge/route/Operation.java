package dev.carillon.edge.route;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.rate.RateTier;
import java.util.Optional;

/**
 * A route and what answers it: declared once, by the class that does.
 *
 * @param <R> the class whose objects answer
 */
public record Operation<R>(RouteDeclaration route, Handler<R> handler) {

  /**
   * Answers a call that was let in, and knows who makes it.
   *
   * @param <R> the class whose objects answer
   */
  @FunctionalInterface
  public interface Handler<R> {
    /**
     * @throws dev.carillon.edge.ApiException to answer with an error
     */
    HttpResponse answer(R resource, HttpRequest request, Caller caller);
  }

  /**
   * As {@link Handler}, of a call about the environment of the caller's key, by whichever key.
   *
   * @param <R> the class whose objects answer
   */
  @FunctionalInterface
  public interface Answer<R> {
    /**
     * @throws dev.carillon.edge.ApiException to answer with an error
     */
    HttpResponse to(R resource, HttpRequest request, EnvironmentId environment);
  }

  public static <R> Operation<R> get(String path, Access access, Answer<R> answer) {
    return of(HttpMethod.GET, path, access, answer);
  }

  public static <R> Operation<R> post(String path, Access access, Answer<R> answer) {
    return of(HttpMethod.POST, path, access, answer);
  }

  public static <R> Operation<R> put(String path, Access access, Answer<R> answer) {
    return of(HttpMethod.PUT, path, access, answer);
  }

  public static <R> Operation<R> delete(String path, Access access, Answer<R> answer) {
    return of(HttpMethod.DELETE, path, access, answer);
  }

  /** The operation, to be called at most as often as the tier says. */
  public static <R> Operation<R> at(RateTier tier, Operation<R> operation) {
    return operation.with(RateRule.of(tier));
  }

  /** As {@link #at}, the calls about each user counted by themselves. */
  public static <R> Operation<R> ofEachUserAt(RateTier tier, Operation<R> operation) {
    return operation.with(new RateRule(Optional.of(tier), true));
  }

  private Operation<R> with(RateRule rule) {
    return new Operation<>(
        new RouteDeclaration(route.method(), route.path(), route.access(), rule), handler);
  }

  /** Of which what answers depends on who calls. */
  public static <R> Operation<R> byCaller(
      HttpMethod method, String path, Access access, Handler<R> handler) {
    return new Operation<>(new RouteDeclaration(method, PathTemplate.of(path), access), handler);
  }

  /**
   * @throws IllegalArgumentException when what answers has to check the caller, and would not see
   *     it
   */
  private static <R> Operation<R> of(
      HttpMethod method, String path, Access access, Answer<R> answer) {
    if (access instanceof Access.Client(_, var about, _) && about == Access.About.ELSEWHERE) {
      throw new IllegalArgumentException("What answers " + path + " must check its caller");
    }
    return byCaller(
        method,
        path,
        access,
        (resource, request, caller) -> answer.to(resource, request, caller.environment()));
  }
}
