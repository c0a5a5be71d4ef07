package dev.carillon.edge.route;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import dev.carillon.runtime.Late;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
  /** What answers a call that was let in: an operation of an object, made for its first call. */
  interface Bound {
    HttpResponse answer(HttpRequest request, Caller caller);

    /** Makes that object, unless it was made already. */
    void ready();
  }

  private record OfResource<R>(Operation<R> operation, Late<R> resource) implements Bound {
    @Override
    public HttpResponse answer(HttpRequest request, Caller caller) {
      return operation.handler().answer(resource.get(), request, caller);
    }

    @Override
    public void ready() {
      resource.get();
    }
  }

  /** What is answered, or will be once somebody asks for it. */
  private sealed interface Part<P> {
    Stream<RouteDeclaration> declared();

    /** Adds what answers; it is made for its first call. */
    void bind(P ports, List<RouteTable.Entry<Bound>> into);

    /** Below which there is nothing. */
    default List<PathTemplate> absent() {
      return List.of();
    }
  }

  private record Here<P, R>(List<Operation<R>> operations, Function<P, R> make) implements Part<P> {
    @Override
    public Stream<RouteDeclaration> declared() {
      return operations.stream().map(Operation::route);
    }

    @Override
    public void bind(P ports, List<RouteTable.Entry<Bound>> into) {
      var resource = new Late<R>(() -> make.apply(ports));
      for (Operation<R> operation : operations) {
        into.add(new RouteTable.Entry<>(operation.route(), new OfResource<>(operation, resource)));
      }
    }
  }

  private record Under<P>(Set<String> roots, Supplier<Operations<P>> some) implements Part<P> {
    @Override
    public Stream<RouteDeclaration> declared() {
      return some.get().parts.stream().flatMap(Part::declared).peek(this::check);
    }

    @Override
    public void bind(P ports, List<RouteTable.Entry<Bound>> into) {
      int before = into.size();
      for (Part<P> part : some.get().parts) {
        part.bind(ports, into);
      }
      for (RouteTable.Entry<Bound> entry : into.subList(before, into.size())) {
        check(entry.route());
      }
    }

    @Override
    public List<PathTemplate> absent() {
      return some.get().absent;
    }

    private void check(RouteDeclaration route) {
      if (!roots.contains(root(route.path().segments()))) {
        throw new IllegalArgumentException(route.key() + " is under none of " + roots);
      }
    }
  }

  private final List<Part<P>> parts;
  private final List<PathTemplate> absent;

  private Operations(List<Part<P>> parts, List<PathTemplate> absent) {
    this.parts = List.copyOf(parts);
    this.absent = List.copyOf(absent);
  }

  /**
   * @param operations of one class
   * @param make makes the object that answers; called once for each function that is made, when it
   *     is called for
   */
  public static <P, R> Operations<P> of(List<Operation<R>> operations, Function<P, R> make) {
    return new Operations<>(List.of(new Here<>(List.copyOf(operations), make)), List.of());
  }

  /**
   * What is not looked at before somebody calls a path with one of these roots: a function that
   * answers much starts sooner so.
   *
   * @param roots the first two segments of the paths, {@code v1/users}
   * @param some all of whose routes have one of the roots
   */
  public static <P> Operations<P> under(Set<String> roots, Supplier<Operations<P>> some) {
    return new Operations<>(List.of(new Under<>(Set.copyOf(roots), some)), List.of());
  }

  /** All that these answer. */
  @SafeVarargs
  public static <P> Operations<P> all(Operations<P>... some) {
    var parts = new ArrayList<Part<P>>();
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

  /** What a path is found under. */
  static String root(List<String> segments) {
    return String.join("/", segments.subList(0, Math.min(2, segments.size())));
  }

  /** Their routes, in the order in which they are written. */
  public List<RouteDeclaration> declared() {
    return parts.stream().flatMap(Part::declared).toList();
  }

  /** The roots of what is looked at later. */
  List<String> roots() {
    var roots = new ArrayList<String>();
    for (Part<P> part : parts) {
      if (part instanceof Under<P>(var some, _)) {
        roots.addAll(some);
      }
    }
    return roots;
  }

  /**
   * What answers calls of paths with that root.
   *
   * @throws IllegalArgumentException when two operations have the same route
   */
  RouteTable<Bound> bound(String root, P ports) {
    var entries = new ArrayList<RouteTable.Entry<Bound>>();
    var nothing = new ArrayList<>(absent);
    for (Part<P> part : parts) {
      if (!(part instanceof Under<P>(var roots, _)) || roots.contains(root)) {
        part.bind(ports, entries);
        nothing.addAll(part.absent());
      }
    }
    return new RouteTable<>(entries, nothing);
  }
}
