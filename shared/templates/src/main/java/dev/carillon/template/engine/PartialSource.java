package dev.carillon.template.engine;

import dev.carillon.json.Json;
import java.util.Map;

/**
 * A partial as it was written.
 *
 * @param inputs those that it declares, by their keys
 */
public record PartialSource(PartialType type, String content, Map<String, PartialInput> inputs) {
  public PartialSource {
    inputs = Map.copyOf(inputs);
  }

  /** With the inputs that {@code partial} declares. */
  public static PartialSource of(PartialType type, String content, Json.Obj partial) {
    return new PartialSource(type, content, PartialInput.of(partial));
  }

  /** The path of a partial's source, as problems name it. */
  public static String field(String key) {
    return "partials/" + key + "/content";
  }
}
