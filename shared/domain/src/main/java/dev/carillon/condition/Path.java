package dev.carillon.condition;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A way into a JSON value, taken apart once, when it is read from a file: {@code
 * data.items.0.price}. Objects are entered by name, lists by number, counted from 0.
 *
 * @param text as it was written
 * @param names the parts between the dots, at least one; a part may be empty, which leads nowhere
 *     but into an object with such a key
 */
public record Path(String text, List<String> names) {

  /** What paths begin with wherever conditions stand. */
  static final Set<String> ROOTS =
      Set.of("data", "recipient", "actor", "vars", "workflow", "run", "tenant", Refs.ROOT);

  /** Knock compares timestamps with templates; a path alone is what we can do of them. */
  private static final Pattern BRACES =
      Pattern.compile("\\{\\{\\s*([A-Za-z_$][A-Za-z0-9_$-]*(?:\\.[A-Za-z0-9_$-]+)*+)\\s*}}");

  public Path {
    names = List.copyOf(names);
  }

  public static Path of(String text) {
    return new Path(text, List.of(text.split("\\.", -1)));
  }

  /** The path that stands between braces, {@code {{ data.at }}}; empty for any other text. */
  static Optional<Path> braced(String text) {
    var braces = BRACES.matcher(text);
    return braces.matches() ? Optional.of(of(braces.group(1))) : Optional.empty();
  }

  /** The first name. */
  String root() {
    return names.getFirst();
  }

  /** What it leads to from there; empty when it leads nowhere. JSON null is something. */
  public Optional<Json> in(Json start) {
    Json here = start;
    for (String name : names) {
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
}
