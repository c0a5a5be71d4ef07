package dev.carillon.authoring;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What differs between two contents, field by field. */
public final class JsonChanges {
  private JsonChanges() {}

  /**
   * One field that differs.
   *
   * @param path from the root: {@code steps[0].template.subject}
   * @param before empty when it was not there
   * @param after empty when it is not there
   */
  public record Difference(String path, Optional<Json> before, Optional<Json> after) {}

  /** The differences, outermost fields in the order of the first, then those that are new. */
  public static List<Difference> between(Json before, Json after) {
    var found = new ArrayList<Difference>();
    compare("", Optional.of(before), Optional.of(after), found);
    return List.copyOf(found);
  }

  private static void compare(
      String path, Optional<Json> before, Optional<Json> after, List<Difference> found) {
    if (before.equals(after)) {
      return;
    }
    if (before.orElse(Json.NULL) instanceof Json.Obj one
        && after.orElse(Json.NULL) instanceof Json.Obj other) {
      var names = new LinkedHashSet<>(one.fields().keySet());
      names.addAll(other.fields().keySet());
      for (String name : names) {
        compare(path.isEmpty() ? name : path + "." + name, one.get(name), other.get(name), found);
      }
    } else if (before.orElse(Json.NULL) instanceof Json.Arr(var one)
        && after.orElse(Json.NULL) instanceof Json.Arr(var other)) {
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        compare(path + "[" + i + "]", item(one, i), item(other, i), found);
      }
    } else {
      found.add(new Difference(path, before, after));
    }
  }

  private static Optional<Json> item(List<Json> items, int i) {
    return i < items.size() ? Optional.of(items.get(i)) : Optional.empty();
  }
}
