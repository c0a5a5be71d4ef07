package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/**
 * An object in a request, read strictly: what is not as asked for is {@link Refused} with the path
 * of the field. Reading stops at the first such field, so what was read can be used at once.
 *
 * @param path where the object stands in the body; empty for the body itself
 */
public record Fields(Json.Obj json, String path) {

  public static Fields of(Json json, String path) {
    return new Value(path, json).object();
  }

  /** The value; refused when it is absent or null. */
  public Value required(String name) {
    return optional(name).orElseThrow(() -> Problem.INVALID_PARAMS.at(pathOf(name), "is required"));
  }

  /** The value; empty when it is absent or null. */
  public Optional<Value> optional(String name) {
    return json.get(name)
        .filter(value -> !(value instanceof Json.Null))
        .map(value -> new Value(pathOf(name), value));
  }

  /** These fields; refused when there is one that is not among {@code names}. */
  public Fields only(Set<String> names) {
    var unknown = new ArrayList<Refused.Field>();
    json.fields().keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> unknown.add(new Refused.Field(pathOf(name), "is not a known field")));
    if (!unknown.isEmpty()) {
      throw new Refused(Problem.INVALID_PARAMS, unknown);
    }
    return this;
  }

  /** These fields; refused when they take more than {@code bytes} as JSON. */
  public Fields within(int bytes) {
    if (JsonText.bytes(json).length > bytes) {
      throw Problem.INVALID_PARAMS.at(
          path.isEmpty() ? "body" : path, "must be at most " + bytes + " bytes of JSON");
    }
    return this;
  }

  public String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
