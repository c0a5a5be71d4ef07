package dev.carillon.edge.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which route a call takes. As in API Gateway, a literal segment wins over a parameter, compared
 * from the left.
 *
 * @param <T> what the routes lead to
 */
public final class RouteTable<T> {
  private final List<Entry<T>> mostSpecificFirst;
  private final List<PathTemplate> absent;

  public record Entry<T>(RouteDeclaration route, T target) {}

  /**
   * @param parameters what stands in the path where the route has parameters
   */
  public record Match<T>(RouteDeclaration route, T target, Map<String, String> parameters) {
    public Match {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * @throws IllegalArgumentException when two routes take the same calls
   */
  public RouteTable(List<Entry<T>> entries) {
    this(entries, List.of());
  }

  /**
   * @param absent below which there is nothing, though one could think so
   * @throws IllegalArgumentException when two routes take the same calls
   */
  RouteTable(List<Entry<T>> entries, List<PathTemplate> absent) {
    this.absent = List.copyOf(absent);
    var shapes = new HashSet<String>();
    for (Entry<T> entry : entries) {
      RouteDeclaration route = entry.route();
      if (!shapes.add(route.method() + " " + route.path().unnamed())) {
        throw new IllegalArgumentException("Two answers for " + route.key());
      }
    }
    var sorted = new ArrayList<>(entries);
    sorted.sort(
        (one, other) -> PathTemplate.bySpecificity(one.route().path(), other.route().path()));
    mostSpecificFirst = List.copyOf(sorted);
  }

  /** What the routes lead to. */
  Stream<T> targets() {
    return mostSpecificFirst.stream().map(Entry::target);
  }

  /**
   * The route that takes the call; empty when there is none, also when the path exists with another
   * method only.
   *
   * @param path decoded
   */
  public Optional<Match<T>> match(String method, String path) {
    Optional<HttpMethod> known = HttpMethod.of(method);
    if (known.isEmpty() || !path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> segments = PathTemplate.split(path);
    for (Entry<T> entry : mostSpecificFirst) {
      if (entry.route().method() == known.get()) {
        Optional<Map<String, String>> parameters = entry.route().path().match(segments);
        if (parameters.isPresent()) {
          return Optional.of(new Match<>(entry.route(), entry.target(), parameters.get()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A parameter without a value that can be one.
   *
   * @param value empty, or with a slash
   */
  public record Misfit(String parameter, String value) {}

  /**
   * Of a path that no route takes: the parameter that would have to be empty or hold a slash for a
   * route to take it. Empty when there is no such route either.
   *
   * @param path decoded: a slash that was percent-encoded is one like any other
   */
  public Optional<Misfit> misfit(String method, String path) {
    Optional<HttpMethod> known = HttpMethod.of(method);
    if (known.isEmpty() || !path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> segments = PathTemplate.split(path);
    if (absent.stream().anyMatch(it -> it.begins(segments))) {
      return Optional.empty();
    }
    return mostSpecificFirst.stream()
        .filter(it -> it.route().method() == known.get())
        .flatMap(it -> it.route().path().matchLoosely(segments).stream())
        .flatMap(parameters -> parameters.entrySet().stream())
        .filter(it -> it.getValue().isEmpty() || it.getValue().contains("/"))
        .map(it -> new Misfit(it.getKey(), it.getValue()))
        .findFirst();
  }
}
