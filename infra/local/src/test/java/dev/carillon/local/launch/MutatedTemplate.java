package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The synthesized template with parts of it taken away; what it deploys is as built. */
final class MutatedTemplate {
  private Json.Obj document;

  private MutatedTemplate(Json.Obj document) {
    this.document = document;
  }

  interface Change {
    void on(MutatedTemplate template);
  }

  static StackTemplate of(Path folder, Change change) throws IOException {
    return DeployedStack.changed(
        folder,
        text -> {
          var mutated = new MutatedTemplate((Json.Obj) JsonText.parse(text));
          change.on(mutated);
          return JsonText.write(mutated.document);
        });
  }

  /**
   * The logical ids of the resources of a type whose properties are so, in the template's order.
   */
  List<String> ids(String type, Predicate<Json.Obj> properties) {
    return resources(type, properties).toList();
  }

  private Stream<String> resources(String type, Predicate<Json.Obj> properties) {
    return document.object("Resources").fields().entrySet().stream()
        .filter(
            entry ->
                entry.getValue() instanceof Json.Obj resource
                    && resource.text("Type").filter(type::equals).isPresent()
                    && properties.test(resource.object("Properties")))
        .map(Map.Entry::getKey);
  }

  Json.Obj properties(String id) {
    return document.object("Resources").object(id).object("Properties");
  }

  void remove(String id) {
    document = document.with("Resources", without(document.object("Resources"), id));
  }

  void remove(String id, String property) {
    var resources = document.object("Resources");
    document =
        document.with(
            "Resources",
            resources.with(
                id, resources.object(id).with("Properties", without(properties(id), property))));
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
