package dev.carillon.provider.push;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Data as Firebase takes it: texts alone, under names that say the way to them. {@code {"foo":
 * {"bar": [21]}}} becomes {@code {"foo.bar.0": "21"}}, as Knock has it. What is null or empty has
 * no name of its own and is left out.
 */
public final class FlattenedData {
  private FlattenedData() {}

  public static Json.Obj of(Json.Obj data) {
    var flat = new LinkedHashMap<String, Json>();
    data.fields().forEach((name, value) -> flatten(name, value, flat));
    return new Json.Obj(flat);
  }

  private static void flatten(String name, Json value, Map<String, Json> flat) {
    switch (value) {
      case Json.Obj(var fields) ->
          fields.forEach((field, inner) -> flatten(name + "." + field, inner, flat));
      case Json.Arr(var items) -> flattenEach(name, items, flat);
      case Json.Str _ -> flat.put(name, value);
      case Json.Num _, Json.Bool _ -> flat.put(name, Json.of(JsonText.write(value)));
      case Json.Null() -> {}
    }
  }

  private static void flattenEach(String name, List<Json> items, Map<String, Json> flat) {
    for (int i = 0; i < items.size(); i++) {
      flatten(name + "." + i, items.get(i), flat);
    }
  }
}
