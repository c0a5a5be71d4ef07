package dev.carillon.edge;

import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.List;

/**
 * Fields that a caller does not want in an answer: {@code exclude=entries.archived_at,vars}. A path
 * goes through lists into each of their entries; one that leads nowhere excludes nothing.
 *
 * @param paths each of one to three names
 */
public record ExcludedFields(List<List<String>> paths) {
  private static final String NAME = "exclude";
  private static final int LEVELS = 3;

  public ExcludedFields {
    paths = paths.stream().map(List::copyOf).toList();
  }

  /**
   * Those that the query names; none without {@code exclude}.
   *
   * @throws ApiException when one goes deeper than three levels, or there are more than {@value
   *     Limits#IDS}
   */
  public static ExcludedFields of(Query query) {
    var paths =
        query.one(NAME).stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(path -> !path.isEmpty())
            .map(path -> List.of(path.split("\\.", -1)))
            .toList();
    if (paths.size() > Limits.IDS) {
      throw ErrorCode.INVALID_PARAMS.at(NAME, "must name at most " + Limits.IDS + " fields");
    }
    if (paths.stream().anyMatch(path -> path.size() > LEVELS)) {
      throw ErrorCode.INVALID_PARAMS.at(NAME, "must name fields at most three levels deep");
    }
    return new ExcludedFields(paths);
  }

  /** The answer without them. */
  public Json.Obj from(Json.Obj answer) {
    Json.Obj rest = answer;
    for (var path : paths) {
      rest = without(rest, path);
    }
    return rest;
  }

  private static Json.Obj without(Json.Obj object, List<String> path) {
    var name = path.getFirst();
    var value = object.fields().get(name);
    if (value == null) {
      return object;
    }
    return path.size() == 1
        ? object.without(name)
        : object.with(name, within(value, path.subList(1, path.size())));
  }

  private static Json within(Json value, List<String> path) {
    return switch (value) {
      case Json.Obj object -> without(object, path);
      case Json.Arr(var items) ->
          Json.array(items.stream().map(item -> within(item, path)).toList());
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> value;
    };
  }
}
