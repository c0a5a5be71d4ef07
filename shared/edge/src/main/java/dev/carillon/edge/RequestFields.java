package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/**
 * An object in a request, read strictly: what is not as asked for is {@link ApiException} with the
 * path of the field. Reading stops at the first such field, so what was read can be used at once.
 *
 * @param path where the object stands in the body; empty for the body itself
 */
public record RequestFields(Json.Obj json, String path) {

  public static RequestFields of(Json json, String path) {
    return new RequestValue(path, json).object();
  }

  /** The value; refused when it is absent or null. */
  public RequestValue required(String name) {
    return optional(name)
        .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at(pathOf(name), "is required"));
  }

  /** The value; empty when it is absent or null. */
  public Optional<RequestValue> optional(String name) {
    return json.get(name)
        .filter(value -> !(value instanceof Json.Null))
        .map(value -> new RequestValue(pathOf(name), value));
  }

  /** These fields; refused when there is one that is not among {@code names}. */
  public RequestFields only(Set<String> names) {
    var unknown = new ArrayList<ApiException.Field>();
    json.fields().keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> unknown.add(new ApiException.Field(pathOf(name), "is not a known field")));
    if (!unknown.isEmpty()) {
      throw new ApiException(ErrorCode.INVALID_PARAMS, unknown);
    }
    return this;
  }

  /** These fields; refused when they take more than {@code bytes} as JSON. */
  public RequestFields within(int bytes) {
    if (JsonText.bytes(json).length > bytes) {
      throw ErrorCode.INVALID_PARAMS.at(
          path.isEmpty() ? "body" : path, "must be at most " + bytes + " bytes of JSON");
    }
    return this;
  }

  public String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
