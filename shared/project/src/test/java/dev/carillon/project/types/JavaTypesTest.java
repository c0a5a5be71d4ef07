package dev.carillon.project.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaTypesTest {
  private static final String ORDER =
      """
      {"key": "order-shipped", "trigger_data_json_schema": {
        "type": "object", "required": ["order_id"],
        "properties": {
          "order_id": {"type": "string"},
          "class": {"type": ["integer", "null"]},
          "total": {"type": "number"},
          "gift": {"type": "boolean"},
          "lines": {"type": "array", "items": {"type": "object", "properties": {
            "name": {"type": "string"}, "parts": {"type": "array", "items": {"$ref": "#/$defs/part"}}}}},
          "to": {"$ref": "#/$defs/address"},
          "extra": {"type": "object"},
          "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
        "$defs": {
          "address": {"type": "object", "properties": {"city": {"type": "string"}}},
          "part": {"type": "object", "properties": {"made_of": {"$ref": "#/$defs/part"}}}}}}
      """;

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text);
  }

  private static Class<?> compiled(Path folder, String source, String name)
      throws IOException, ClassNotFoundException {
    Path file = folder.resolve("Notifications.java");
    Files.writeString(file, source);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all",
                "-cp",
                folder.toString(),
                "-Werror",
                "-d",
                folder.toString(),
                file.toString());
    assertThat(status).as(source).isZero();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> type = loader.loadClass("com.example.Notifications$" + name);
      // Before the loader is closed: what it refers to.
      type.getRecordComponents();
      Stream.of(type.getDeclaredClasses()).forEach(Class::getRecordComponents);
      return type;
    }
  }

  @Test
  void a_record_compiles_and_becomes_json_again(@TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    String source =
        JavaTypes.source("com.example", "Notifications", List.of(json(ORDER))).orElseThrow();
    Class<?> order = compiled(folder, source, "OrderShipped");
    assertThat(
            Arrays.stream(order.getRecordComponents())
                .map(it -> it.getGenericType().getTypeName() + " " + it.getName()))
        .containsExactly(
            "java.lang.String orderId",
            "java.lang.Long class_",
            "java.lang.Double total",
            "java.lang.Boolean gift",
            "java.util.List<com.example.Notifications$OrderShipped$LinesItem> lines",
            "com.example.Notifications$OrderShipped$To to",
            "java.util.Map<java.lang.String, java.lang.Object> extra",
            "java.lang.Object either");
    assertThat(order.getField("WORKFLOW").get(null)).isEqualTo("order-shipped");
    Class<?> to = order.getDeclaredClasses()[indexOf(order, "To")];
    Object address = to.getDeclaredConstructors()[0].newInstance("Kiel");
    Object made =
        order.getDeclaredConstructors()[0].newInstance(
            "F-1", 7L, null, true, List.of(), address, Map.of("a", 1), null);
    assertThat(order.getMethod("toMap").invoke(made))
        .isEqualTo(
            Map.of(
                "order_id",
                "F-1",
                "class",
                7L,
                "gift",
                true,
                "lines",
                List.of(),
                "to",
                Map.of("city", "Kiel"),
                "extra",
                Map.of("a", 1)));
  }

  private static int indexOf(Class<?> outer, String name) {
    return Arrays.stream(outer.getDeclaredClasses())
        .map(Class::getSimpleName)
        .toList()
        .indexOf(name);
  }

  @Test
  void what_has_no_schema_of_an_object_is_passed_by() {
    assertThat(JavaTypes.source("", "Notifications", List.of(json("{\"key\": \"plain\"}"))))
        .isEmpty();
  }

  @Test
  void names_that_are_alike_stay_apart(@TempDir Path folder)
      throws IOException, ClassNotFoundException {
    String source =
        JavaTypes.source(
                "com.example",
                "Notifications",
                List.of(
                    json(ORDER),
                    json(
                        """
                        {"key": "order_shipped", "trigger_data_json_schema": {"properties": {
                          "a-b": {"type": "string"}, "aB": {"type": "string"}, "1st": {"type": "string"},
                          "": {"type": "string"}, "to\\"Map": {"type": "string"}}}}
                        """)))
            .orElseThrow();
    assertThat(
            Arrays.stream(compiled(folder, source, "OrderShipped2").getRecordComponents())
                .map(RecordComponent::getName))
        .containsExactly("aB", "aB2", "_1st", "value", "toMap_");
  }
}
