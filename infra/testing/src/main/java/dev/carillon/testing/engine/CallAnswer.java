package dev.carillon.testing.engine;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an HTTP call was answered.
 *
 * @param headers names in lower case
 * @param json the body; JSON null when there was none
 */
public record CallAnswer(int status, Map<String, String> headers, Json json) {

  public CallAnswer {
    headers = Map.copyOf(headers);
  }

  /** The body; the empty object when there was none or it is a list. */
  public Json.Obj body() {
    return json instanceof Json.Obj object ? object : Json.object();
  }

  /** The objects of a body that is a bare list, as of calls that make schedules; else none. */
  public List<Json.Obj> list() {
    return json instanceof Json.Arr(var items)
        ? items.stream().map(Json.Obj.class::cast).toList()
        : List.of();
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
