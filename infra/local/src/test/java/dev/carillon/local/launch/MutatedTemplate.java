package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The synthesized templates with parts of them taken away; what they deploy is as built. */
final class MutatedTemplate {
  private static final String RESOURCES = "Resources";
  private static final String PROPERTIES = "Properties";

  private final Map<String, Json.Obj> documents = new TreeMap<>();

  private MutatedTemplate(Map<String, String> texts) {
    texts.forEach((file, text) -> documents.put(file, (Json.Obj) JsonText.parse(text)));
  }

  interface Change {
    void on(MutatedTemplate template);
  }

  static StackTemplate of(Path folder, Change change) throws IOException {
    return DeployedStack.changedTogether(
        folder,
        texts -> {
          var mutated = new MutatedTemplate(texts);
          change.on(mutated);
          var changed = new TreeMap<String, String>();
          mutated.documents.forEach((file, json) -> changed.put(file, JsonText.write(json)));
          return changed;
        });
  }

  /**
   * The logical ids of the resources of a type whose properties are so, in the templates' order.
   */
  List<String> ids(String type, Predicate<Json.Obj> properties) {
    return documents.values().stream()
        .flatMap(document -> document.object(RESOURCES).fields().entrySet().stream())
        .filter(
            entry ->
                entry.getValue() instanceof Json.Obj resource
                    && resource.text("Type").filter(type::equals).isPresent()
                    && properties.test(resource.object(PROPERTIES)))
        .map(Map.Entry::getKey)
        .toList();
  }

  Json.Obj properties(String id) {
    return documents.get(fileOf(id)).object(RESOURCES).object(id).object(PROPERTIES);
  }

  void remove(String id) {
    change(id, resources -> without(resources, id));
  }

  void remove(String id, String property) {
    change(
        id,
        resources ->
            resources.with(
                id, resources.object(id).with(PROPERTIES, without(properties(id), property))));
  }

  private void change(String id, UnaryOperator<Json.Obj> change) {
    documents.computeIfPresent(
        fileOf(id),
        (_, document) -> document.with(RESOURCES, change.apply(document.object(RESOURCES))));
  }

  private String fileOf(String id) {
    return documents.entrySet().stream()
        .filter(it -> it.getValue().object(RESOURCES).get(id).isPresent())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no " + id));
  }

  private static Json.Obj without(Json.Obj object, String name) {
    var fields = new LinkedHashMap<>(object.fields());
    if (fields.remove(name) == null) {
      throw new IllegalArgumentException("There is no " + name);
    }
    var result = Json.object();
    for (var field : fields.entrySet()) {
      result = result.with(field.getKey(), field.getValue());
    }
    return result;
  }
}
