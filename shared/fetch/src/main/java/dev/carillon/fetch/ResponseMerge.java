package dev.carillon.fetch;

import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lays an answer over data: shallowly, at the root or below a path. */
public final class ResponseMerge {
  private ResponseMerge() {}

  /**
   * @param path dots lead into objects, which come to be where there are none; a name between dots
   *     that is blank is no name, and without any name the path is the root
   * @return empty when something else than an object is to be laid over the root
   */
  public static Optional<Json.Obj> at(Optional<String> path, Json.Obj data, Json answer) {
    List<String> names =
        path.stream()
            .flatMap(text -> Arrays.stream(text.strip().split("\\.")))
            .filter(name -> !name.isBlank())
            .toList();
    if (names.isEmpty()) {
      return answer instanceof Json.Obj object
          ? Optional.of(data.merged(object))
          : Optional.empty();
    }
    return Optional.of(at(names, data, answer));
  }

  private static Json.Obj at(List<String> names, Json.Obj data, Json answer) {
    String name = names.getFirst();
    Json.Obj below = data.object(name);
    if (names.size() > 1) {
      return data.with(name, at(names.subList(1, names.size()), below, answer));
    }
    return data.with(name, answer instanceof Json.Obj object ? below.merged(object) : answer);
  }
}
