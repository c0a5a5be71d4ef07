package dev.carillon.edge.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of a route: {@code /v1/users/{id}}. A segment is a literal or a parameter; a parameter
 * stands for one segment that is not empty.
 *
 * @param segments what stands between the slashes, parameters with their braces
 */
public record PathTemplate(List<String> segments) {

  public PathTemplate {
    segments = List.copyOf(segments);
    var names = new HashSet<String>();
    for (String segment : segments) {
      if (segment.isEmpty()) {
        throw new IllegalArgumentException("An empty segment in " + segments);
      }
      if (isParameter(segment) && !names.add(segment)) {
        throw new IllegalArgumentException("Two parameters " + segment + " in " + segments);
      }
    }
  }

  /**
   * @throws IllegalArgumentException when it does not begin with a slash, has an empty segment or
   *     the same parameter twice
   */
  public static PathTemplate of(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("Not a path: " + text);
    }
    return new PathTemplate(split(text));
  }

  /** The segments of a path, empty ones too. */
  static List<String> split(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  /** The parameters by name, as they stand in that path; empty when it is none of this template. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < segments.size(); i++) {
      String wanted = segments.get(i);
      String given = path.get(i);
      if (isParameter(wanted) && !given.isEmpty()) {
        parameters.put(name(wanted), given);
      } else if (!wanted.equals(given)) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /**
   * As {@link #match}, but a parameter may be empty and may have slashes; of several ways the one
   * in which the first parameters are short.
   */
  Optional<Map<String, String>> matchLoosely(List<String> path) {
    int last = segments.size();
    int end = path.size();
    while (last > 0 && end > 0 && segments.get(last - 1).equals(path.get(end - 1))) {
      last--;
      end--;
    }
    int from = 0;
    int at = 0;
    while (from < last && at < end && segments.get(from).equals(path.get(at))) {
      from++;
      at++;
    }
    var parameters = new LinkedHashMap<String, String>();
    while (from < last && isParameter(segments.get(from))) {
      int next = from + 1;
      while (next < last && !isParameter(segments.get(next))) {
        next++;
      }
      int until = next == last ? end : find(segments.subList(from + 1, next), path, at + 1, end);
      if (until <= at || next == last && from + 1 < last) {
        return Optional.empty();
      }
      parameters.put(name(segments.get(from)), String.join("/", path.subList(at, until)));
      at = until + next - from - 1;
      from = next;
    }
    return from == last && at == end ? Optional.of(parameters) : Optional.empty();
  }

  /** Where in a path these literals stand first, from that index on; -1 when nowhere. */
  private static int find(List<String> literals, List<String> path, int from, int end) {
    for (int at = from; at + literals.size() <= end; at++) {
      if (path.subList(at, at + literals.size()).equals(literals)) {
        return at;
      }
    }
    return -1;
  }

  /** Whether that path lies below one of this template. */
  boolean begins(List<String> path) {
    return path.size() > segments.size() && match(path.subList(0, segments.size())).isPresent();
  }

  /** The names of the parameters, from the left. */
  public List<String> parameters() {
    return segments.stream().filter(PathTemplate::isParameter).map(PathTemplate::name).toList();
  }

  /** The same for all templates that match the same paths. */
  PathTemplate unnamed() {
    var shape = new ArrayList<String>();
    for (String segment : segments) {
      shape.add(isParameter(segment) ? "{" + shape.size() + "}" : segment);
    }
    return new PathTemplate(shape);
  }

  /**
   * Literals before parameters, from the left; of two templates that match a path, the first is the
   * more specific one. An order of all templates: different literals come by their text, what is a
   * beginning of another before it.
   */
  static int bySpecificity(PathTemplate one, PathTemplate other) {
    for (int i = 0; i < Math.min(one.segments.size(), other.segments.size()); i++) {
      String mine = one.segments.get(i);
      String others = other.segments.get(i);
      int order = Boolean.compare(isParameter(mine), isParameter(others));
      if (order == 0 && !isParameter(mine)) {
        order = mine.compareTo(others);
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.segments.size(), other.segments.size());
  }

  /** How many parameters stand side by side from that segment on, counted from 0. */
  int leadingParameters(int from) {
    int until = from;
    while (until < segments.size() && isParameter(segments.get(until))) {
      until++;
    }
    return Math.max(0, until - from);
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static String name(String parameter) {
    return parameter.substring(1, parameter.length() - 1);
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
