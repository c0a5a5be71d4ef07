package dev.carillon.edge.route;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a resource, or a whole function, answers. What it declares can be read without making what
 * answers.
 *
 * <pre>{@code
 * public static final Operations<Ports> ALL =
 *     Operations.of(RunCalls.OPERATIONS, ports -> new RunCalls(ports.runs()));
 * }</pre>
 *
 * @param <P> what the objects that answer are made from
 */
public final class Operations<P> {
  /** What answers a call that was let in: an operation of an object that was made. */
  interface Bound {
    HttpResponse answer(HttpRequest request, Caller caller);
  }

  private record Part<P, R>(List<Operation<R>> operations, Function<P, R> make) {
    List<RouteTable.Entry<Bound>> bound(P ports) {
      R resource = make.apply(ports);
      return operations.stream().map(it -> bound(it, resource)).toList();
    }

    private static <R> RouteTable.Entry<Bound> bound(Operation<R> operation, R resource) {
      return new RouteTable.Entry<>(
          operation.route(),
          (request, caller) -> operation.handler().answer(resource, request, caller));
    }
  }

  private final List<Part<P, ?>> parts;
  private final List<PathTemplate> absent;

  private Operations(List<Part<P, ?>> parts, List<PathTemplate> absent) {
    this.parts = List.copyOf(parts);
    this.absent = List.copyOf(absent);
  }

  /**
   * @param operations of one class
   * @param make makes the object that answers; called once for each function that is made
   */
  public static <P, R> Operations<P> of(List<Operation<R>> operations, Function<P, R> make) {
    return new Operations<>(List.of(new Part<>(List.copyOf(operations), make)), List.of());
  }

  /** All that these answer. */
  @SafeVarargs
  public static <P> Operations<P> all(Operations<P>... some) {
    var parts = new ArrayList<Part<P, ?>>();
    var absent = new ArrayList<PathTemplate>();
    for (Operations<P> one : some) {
      parts.addAll(one.parts);
      absent.addAll(one.absent);
    }
    return new Operations<>(parts, absent);
  }

  /**
   * These, where it is known that there is nothing below that path: a call of Knock's which is not
   * there is not taken for an id with a slash.
   */
  public Operations<P> withNothingBelow(String path) {
    var more = new ArrayList<>(absent);
    more.add(PathTemplate.of(path));
    return new Operations<>(parts, more);
  }

  /** Their routes, in the order in which they are written. */
  public List<RouteDeclaration> declared() {
    return parts.stream()
        .flatMap(part -> part.operations().stream())
        .map(Operation::route)
        .toList();
  }

  /**
   * Makes what answers.
   *
   * @throws IllegalArgumentException when two operations have the same route
   */
  RouteTable<Bound> bound(P ports) {
    return new RouteTable<>(
        parts.stream().flatMap(part -> part.bound(ports).stream()).toList(), absent);
  }
}
