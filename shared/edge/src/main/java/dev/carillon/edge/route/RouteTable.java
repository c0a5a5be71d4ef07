package dev.carillon.edge.route;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which route a call takes. As in API Gateway, a literal segment wins over a parameter, compared
 * from the left.
 *
 * @param <T> what the routes lead to
 */
public final class RouteTable<T> {
  private final List<Entry<T>> mostSpecificFirst;

  public record Entry<T>(RouteDeclaration route, T target) {}

  /**
   * @param parameters what stands in the path where the route has parameters
   */
  public record Match<T>(RouteDeclaration route, T target, Map<String, String> parameters) {
    public Match {
      parameters = Map.copyOf(parameters);
    }
  }

  private record Shape(HttpMethod method, PathTemplate path) {}

  /**
   * @throws IllegalArgumentException when two routes take the same calls
   */
  public RouteTable(List<Entry<T>> entries) {
    var shapes = new HashSet<Shape>();
    for (Entry<T> entry : entries) {
      RouteDeclaration route = entry.route();
      if (!shapes.add(new Shape(route.method(), route.path().unnamed()))) {
        throw new IllegalArgumentException("Two answers for " + route.key());
      }
    }
    mostSpecificFirst =
        entries.stream()
            .sorted(Comparator.comparing(it -> it.route().path(), PathTemplate::bySpecificity))
            .toList();
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
    return mostSpecificFirst.stream()
        .filter(it -> it.route().method() == known.get())
        .flatMap(it -> match(it, segments).stream())
        .findFirst();
  }

  private static <T> Optional<Match<T>> match(Entry<T> entry, List<String> segments) {
    return entry
        .route()
        .path()
        .match(segments)
        .map(parameters -> new Match<>(entry.route(), entry.target(), parameters));
  }
}
