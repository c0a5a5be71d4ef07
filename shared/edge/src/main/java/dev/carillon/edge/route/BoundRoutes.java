package dev.carillon.edge.route;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The routes of a function and what answers them, found root by root as calls come. Safe for many
 * threads.
 */
final class BoundRoutes {
  /** Of paths that nothing has the root of. */
  private static final String OTHERS = "";

  private final Set<String> roots;
  private final Function<String, RouteTable<Operations.Bound>> make;
  private final ConcurrentMap<String, RouteTable<Operations.Bound>> made =
      new ConcurrentHashMap<>();

  private BoundRoutes(Set<String> roots, Function<String, RouteTable<Operations.Bound>> make) {
    this.roots = roots;
    this.make = make;
  }

  /**
   * Of these operations; what has no root of its own is looked at now.
   *
   * @throws IllegalArgumentException when two of those have the same route
   */
  static <P> BoundRoutes of(Operations<P> operations, P ports) {
    var routes =
        new BoundRoutes(new HashSet<>(operations.roots()), root -> operations.bound(root, ports));
    routes.of(OTHERS);
    return routes;
  }

  private RouteTable<Operations.Bound> of(String root) {
    return made.computeIfAbsent(root, make);
  }

  /** Those that a path can be found among. */
  RouteTable<Operations.Bound> at(String path) {
    String root = Operations.root(PathTemplate.split(path));
    return of(roots.contains(root) ? root : OTHERS);
  }

  /** Makes all that is not made yet. */
  void complete() {
    roots.forEach(this::of);
    made.values().forEach(table -> table.targets().forEach(Operations.Bound::ready));
  }
}
