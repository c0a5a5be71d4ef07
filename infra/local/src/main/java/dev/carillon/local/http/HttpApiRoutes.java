package dev.carillon.local.http;

import dev.carillon.local.template.StackTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of an HTTP API. The most specific one wins: a literal segment over a {@code
 * {variable}}, that over a {@code {greedy+}} one, a method over {@code ANY}, any route over {@code
 * $default}.
 */
final class HttpApiRoutes {
  private static final String DEFAULT = "$default";

  private final List<Pattern> patterns;
  private final Optional<StackTemplate.Route> fallback;

  /**
   * @param parameters the path's variables by name; values as in the path given to match
   */
  record Match(StackTemplate.Route route, Map<String, String> parameters) {
    Match {
      parameters = Map.copyOf(parameters);
    }
  }

  private record Pattern(StackTemplate.Route route, String method, List<String> parts) {

    static Pattern of(StackTemplate.Route route) {
      var space = route.key().indexOf(' ');
      return new Pattern(
          route, route.key().substring(0, space), segments(route.key().substring(space + 1)));
    }

    Optional<Match> match(String requestMethod, List<String> path) {
      if (!method.equals("ANY") && !method.equals(requestMethod)) {
        return Optional.empty();
      }
      var parameters = new LinkedHashMap<String, String>();
      for (var i = 0; i < parts.size(); i++) {
        var segment = parts.get(i);
        if (greedy(segment)) {
          if (i >= path.size()) {
            return Optional.empty();
          }
          parameters.put(
              segment.substring(1, segment.length() - 2),
              String.join("/", path.subList(i, path.size())));
          return Optional.of(new Match(route, parameters));
        }
        if (i >= path.size() || path.get(i).isEmpty()) {
          return Optional.empty();
        }
        if (variable(segment)) {
          parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
        } else if (!segment.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return path.size() == parts.size()
          ? Optional.of(new Match(route, parameters))
          : Optional.empty();
    }

    /** Lower is more specific; compared segment by segment from the left. */
    List<Integer> rank() {
      var ranks = new ArrayList<Integer>();
      for (var segment : parts) {
        ranks.add(greedy(segment) ? 2 : variable(segment) ? 1 : 0);
      }
      ranks.add(method.equals("ANY") ? 1 : 0);
      return ranks;
    }

    private static boolean variable(String segment) {
      return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean greedy(String segment) {
      return segment.startsWith("{") && segment.endsWith("+}");
    }
  }

  HttpApiRoutes(List<StackTemplate.Route> routes) {
    fallback = routes.stream().filter(route -> route.key().equals(DEFAULT)).findFirst();
    patterns =
        routes.stream()
            .filter(route -> !route.key().equals(DEFAULT))
            .map(Pattern::of)
            .sorted(Comparator.comparing(Pattern::rank, HttpApiRoutes::compare))
            .toList();
  }

  /** The route for this decoded path; empty when there is none, nor a default. */
  Optional<Match> match(String method, String path) {
    var segments = segments(path);
    return patterns.stream()
        .flatMap(pattern -> pattern.match(method, segments).stream())
        .findFirst()
        .or(() -> fallback.map(route -> new Match(route, Map.of())));
  }

  private static List<String> segments(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (var i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return one.get(i) - other.get(i);
      }
    }
    return other.size() - one.size();
  }
}
