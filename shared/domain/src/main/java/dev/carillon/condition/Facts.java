package dev.carillon.condition;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What conditions are held against.
 *
 * @param scope what paths lead into: {@code data}, {@code recipient}, {@code vars}, …
 * @param statuses the steps that the conditions ask about, by ref
 * @param secrets the names below {@code vars} whose values must not appear in a log
 */
public record Facts(
    Json.Obj scope, Map<String, StepStatus> statuses, Set<String> secrets, Instant now) {

  public Facts {
    statuses = Map.copyOf(statuses);
    secrets = Set.copyOf(secrets);
  }

  /**
   * What the path leads to; empty when it leads nowhere. A number steps into a list, counted from
   * 0.
   */
  public Optional<Json> at(String path) {
    Json here = scope;
    for (String name : path.split("\\.", -1)) {
      Json next =
          switch (here) {
            case Json.Obj(var fields) -> fields.get(name);
            case Json.Arr(var items) -> item(items, name);
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> null;
          };
      if (next == null) {
        return Optional.empty();
      }
      here = next;
    }
    return Optional.of(here);
  }

  private static Json item(List<Json> items, String name) {
    if (name.isEmpty() || name.length() > 9 || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    int index = Integer.parseInt(name);
    return index < items.size() ? items.get(index) : null;
  }

  /** Whether the path leads to a secret, or to all variables when there are secrets among them. */
  public boolean isSecret(String path) {
    String[] names = path.split("\\.", -1);
    return names[0].equals("vars")
        && (names.length == 1 ? !secrets.isEmpty() : secrets.contains(names[1]));
  }
}
