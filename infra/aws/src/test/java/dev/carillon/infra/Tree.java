package dev.carillon.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reading a template that came as maps and lists. */
final class Tree {
  private Tree() {}

  static Map<String, Object> map(Object value) {
    var map = new TreeMap<String, Object>();
    ((Map<?, ?>) value).forEach((name, member) -> map.put((String) name, member));
    return map;
  }

  static List<Object> list(Object value) {
    return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
  }

  static List<String> texts(Object value) {
    return list(value).stream().map(Tree::text).toList();
  }

  /**
   * A value in one line, intrinsic functions as {@code ${LogicalId}}, {@code
   * ${LogicalId.Attribute}} and {@code ${Export}}.
   */
  static String text(Object value) {
    return switch (value) {
      case Map<?, ?> map when map.get("Ref") instanceof String id -> "${" + id + "}";
      case Map<?, ?> map when map.get("Fn::ImportValue") instanceof String name ->
          "${" + name + "}";
      case Map<?, ?> map when map.get("Fn::GetAtt") instanceof List<?> path ->
          "${" + path.stream().map(String::valueOf).collect(Collectors.joining(".")) + "}";
      case Map<?, ?> map when map.get("Fn::Join") instanceof List<?> join ->
          list(join.get(1)).stream()
              .map(Tree::text)
              .collect(Collectors.joining(String.valueOf(join.get(0))));
      case Map<?, ?> map ->
          map(map).entrySet().stream()
              .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(Tree::text).collect(Collectors.joining(", ", "[", "]"));
      default -> String.valueOf(value);
    };
  }

  /** The logical id that a Ref or GetAtt names. */
  static String target(Object value) {
    return text(value).replaceAll("^\\$\\{([^.}]*).*", "$1");
  }
}
