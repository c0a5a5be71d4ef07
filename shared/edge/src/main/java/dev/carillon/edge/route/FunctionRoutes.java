package dev.carillon.edge.route;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * All that one function answers, resource by resource. What it declares can be read without making
 * any of the resources.
 *
 * <pre>{@code
 * static final FunctionRoutes<ApiWiring> ALL =
 *     FunctionRoutes.<ApiWiring>none()
 *         .and(UserCalls.OPERATIONS, ApiWiring::users)
 *         .and(RunCalls.OPERATIONS, ApiWiring::runs);
 * }</pre>
 *
 * @param <W> the function's wiring, which makes the resources
 */
public final class FunctionRoutes<W> {
  /** What answers a call that was let in: an operation of a resource that was made. */
  interface Bound {
    HttpResponse answer(HttpRequest request, Caller caller);
  }

  private final List<Resource<W, ?>> resources;

  private record Resource<W, R>(List<Operation<R>> operations, Function<W, R> make) {
    List<RouteTable.Entry<Bound>> bound(W wiring) {
      R resource = make.apply(wiring);
      return operations.stream().map(it -> bound(it, resource)).toList();
    }

    private static <R> RouteTable.Entry<Bound> bound(Operation<R> operation, R resource) {
      return new RouteTable.Entry<>(
          operation.route(),
          (request, caller) -> operation.handler().answer(resource, request, caller));
    }
  }

  private FunctionRoutes(List<Resource<W, ?>> resources) {
    this.resources = List.copyOf(resources);
  }

  public static <W> FunctionRoutes<W> none() {
    return new FunctionRoutes<>(List.of());
  }

  /** These, and what one more resource answers. */
  public <R> FunctionRoutes<W> and(List<Operation<R>> operations, Function<W, R> make) {
    var more = new ArrayList<>(resources);
    more.add(new Resource<>(List.copyOf(operations), make));
    return new FunctionRoutes<>(more);
  }

  public List<RouteDeclaration> declared() {
    return resources.stream()
        .flatMap(resource -> resource.operations().stream())
        .map(Operation::route)
        .toList();
  }

  /**
   * Makes the resources.
   *
   * @throws IllegalArgumentException when two operations have the same route
   */
  RouteTable<Bound> bound(W wiring) {
    return new RouteTable<>(
        resources.stream().flatMap(resource -> resource.bound(wiring).stream()).toList());
  }
}
