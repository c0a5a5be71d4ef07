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
    return (int) segments.stream().skip(from).takeWhile(PathTemplate::isParameter).count();
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
