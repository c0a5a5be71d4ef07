package dev.carillon.project.types;

import dev.carillon.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Java records of what workflows are triggered with, from the JSON Schemas of their data: one for
 * each workflow that has a schema, with those of the objects in it inside. Knock's command line
 * makes types of other languages itself.
 *
 * <p>A field is null where it is left out; one that the schema requires may not be. What a record
 * cannot say, alternatives and bounds, is left to the schema, by which every trigger is checked.
 */
public final class JavaTypes {
  private static final String ANY = "Object";
  private static final String ANY_OBJECT = "Map<String, Object>";
  private static final String INDENT = "  ";

  /** How many components the constructor of a record can have. */
  private static final int MOST_COMPONENTS = 200;

  private final Json.Obj root;
  private final Deque<String> following = new ArrayDeque<>();

  private record Component(String key, String name, String type, String asMap, boolean required) {}

  private JavaTypes(Json.Obj root) {
    this.root = root;
  }

  /**
   * The source of one class that holds them all.
   *
   * @param packageName empty for none
   * @param className of the class around the records
   * @param workflows as the management API lists them; those without a schema of an object are
   *     passed by
   * @return empty when none has one
   */
  public static Optional<String> source(
      String packageName, String className, List<Json.Obj> workflows) {
    var names = new JavaNames();
    names.type(className);
    var records = new StringBuilder();
    for (Json.Obj workflow : workflows) {
      Json.Obj schema = workflow.object("trigger_data_json_schema");
      if (!schema.object("properties").fields().isEmpty()) {
        String key = workflow.text("key").orElse("");
        new JavaTypes(schema).record(names.type(key), schema, Optional.of(key), INDENT, records);
      }
    }
    if (records.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        """
        // Made by ./carillon types from the schemas of trigger data. Made anew when they change.
        %simport java.util.LinkedHashMap;
        import java.util.List;
        import java.util.Map;
        import java.util.Objects;

        /** What workflows are triggered with. */
        public final class %s {
          private %s() {}
        %s}
        """
            .formatted(
                packageName.isEmpty() ? "" : "package " + packageName + ";\n\n",
                className,
                className,
                records));
  }

  private void record(
      String name, Json.Obj schema, Optional<String> workflow, String indent, StringBuilder out) {
    var inner = new StringBuilder();
    List<Component> components = components(name, schema, indent, inner);
    String within = indent + INDENT;
    out.append('\n');
    workflow.ifPresent(
        key ->
            out.append(indent)
                .append("/** What {@code ")
                .append(key)
                .append("} is triggered with. */\n"));
    out.append(indent)
        .append("public record ")
        .append(name)
        .append('(')
        .append(
            components.stream()
                .map(it -> it.type() + " " + it.name())
                .collect(Collectors.joining(", ")))
        .append(") {\n");
    workflow.ifPresent(
        key ->
            out.append(within)
                .append("/** The key of the workflow. */\n")
                .append(within)
                .append("public static final String WORKFLOW = ")
                .append(quoted(key))
                .append(";\n\n"));
    List<Component> required = components.stream().filter(Component::required).toList();
    if (!required.isEmpty()) {
      out.append(within).append("public ").append(name).append(" {\n");
      required.forEach(
          it ->
              out.append(within)
                  .append(INDENT)
                  .append(
                      "Objects.requireNonNull(%s, %s);\n".formatted(it.name(), quoted(it.key()))));
      out.append(within).append("}\n\n");
    }
    out.append(within)
        .append("/** As JSON has it, without what was left out. */\n")
        .append(within)
        .append("public Map<String, Object> toMap() {\n")
        .append(within)
        .append(INDENT)
        .append("var map = new LinkedHashMap<String, Object>();\n");
    components.forEach(
        it ->
            out.append(within)
                .append(INDENT)
                .append("if (%s != null) {\n".formatted(it.name()))
                .append(within)
                .append(INDENT.repeat(2))
                .append("map.put(%s, %s);\n".formatted(quoted(it.key()), it.asMap()))
                .append(within)
                .append(INDENT)
                .append("}\n"));
    out.append(within)
        .append(INDENT)
        .append("return map;\n")
        .append(within)
        .append("}\n")
        .append(inner)
        .append(indent)
        .append("}\n");
  }

  private List<Component> components(
      String record, Json.Obj schema, String indent, StringBuilder inner) {
    var names = new JavaNames();
    var types = new JavaNames();
    types.type(record);
    List<String> required =
        schema.list("required").stream()
            .filter(Json.Str.class::isInstance)
            .map(it -> ((Json.Str) it).value())
            .toList();
    var components = new ArrayList<Component>();
    for (Map.Entry<String, Json> property : schema.object("properties").fields().entrySet()) {
      if (components.size() == MOST_COMPONENTS) {
        throw new IllegalArgumentException(
            record + " has more than " + MOST_COMPONENTS + " fields, which no record can have");
      }
      String name = names.component(property.getKey());
      Made made = made(property.getKey(), property.getValue(), types, indent + INDENT, inner);
      components.add(
          new Component(
              property.getKey(),
              name,
              made.type(),
              made.asMap().formatted(name),
              required.contains(property.getKey())));
    }
    return components;
  }

  /**
   * @param asMap how a value of the type becomes one of JSON
   */
  private record Made(String type, String asMap) {
    static Made plain(String type) {
      return new Made(type, "%s");
    }
  }

  private Made made(String key, Json schema, JavaNames types, String indent, StringBuilder inner) {
    if (!(schema instanceof Json.Obj object)) {
      return Made.plain(ANY);
    }
    Optional<String> reference = object.text("$ref");
    if (reference.isPresent()) {
      return referred(key, reference.get(), types, indent, inner);
    }
    return switch (type(object)) {
      case "string" -> Made.plain("String");
      case "integer" -> Made.plain("Long");
      case "number" -> Made.plain("Double");
      case "boolean" -> Made.plain("Boolean");
      case "array" -> {
        Made item =
            made(key + "-item", object.get("items").orElse(Json.NULL), types, indent, inner);
        yield new Made(
            "List<" + item.type() + ">",
            item.asMap().equals("%s")
                ? "%s"
                : "%s.stream().map(it -> " + item.asMap().formatted("it") + ").toList()");
      }
      case "object" -> {
        if (object.object("properties").fields().isEmpty()) {
          yield Made.plain(ANY_OBJECT);
        }
        String name = types.type(key);
        record(name, object, Optional.empty(), indent, inner);
        yield new Made(name, "%s.toMap()");
      }
      default -> Made.plain(ANY);
    };
  }

  /** What a reference within the schema leads to; one that leads back to itself is any object. */
  private Made referred(
      String key, String reference, JavaNames types, String indent, StringBuilder inner) {
    Json found = root;
    if (!reference.startsWith("#/") || following.contains(reference)) {
      return Made.plain(ANY_OBJECT);
    }
    for (String name : reference.substring(2).split("/")) {
      found =
          found instanceof Json.Obj object
              ? object.get(name.replace("~1", "/").replace("~0", "~")).orElse(Json.NULL)
              : Json.NULL;
    }
    following.push(reference);
    try {
      return made(key, found, types, indent, inner);
    } finally {
      following.pop();
    }
  }

  /** Of a type and null, the type; of others, none. */
  private static String type(Json.Obj schema) {
    return switch (schema.get("type").orElse(Json.NULL)) {
      case Json.Str(var type) -> type;
      case Json.Arr(var items) -> {
        List<Json> some = items.stream().filter(it -> !it.equals(Json.of("null"))).toList();
        yield some.size() == 1 && some.getFirst() instanceof Json.Str(var type) ? type : "";
      }
      default -> schema.get("properties").isPresent() ? "object" : "";
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
