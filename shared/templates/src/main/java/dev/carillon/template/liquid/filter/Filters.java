package dev.carillon.template.liquid.filter;

import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.LiquidFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All filters, by name. There are no others and none can be added. */
public final class Filters {
  private static final Map<String, Filter> ALL = all();

  private Filters() {}

  public static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * Why the filter can never do what is asked of it.
   *
   * @param literals its positional arguments, where they are texts in quotes
   */
  public static Optional<String> problem(String name, List<Optional<String>> literals) {
    return DateFilters.problem(name, literals);
  }

  /**
   * What the filter makes of a value.
   *
   * @throws LiquidFault when there is no such filter, it cannot be used like this, or not within
   *     the limits
   */
  public static Datum apply(
      String name, Datum input, FilterArguments arguments, FilterScope scope) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw new LiquidFault("unknown filter '" + name + "'");
    }
    scope.meter().charge(1);
    return filter.apply(input, arguments, scope);
  }

  private static Map<String, Filter> all() {
    var all = new HashMap<String, Filter>();
    for (var some :
        List.of(
            TextFilters.ALL,
            NumberFilters.ALL,
            MarkupFilters.ALL,
            CollectionFilters.ALL,
            SearchFilters.ALL,
            ValueFilters.ALL,
            DateFilters.ALL,
            LocaleFilters.ALL)) {
      some.forEach(
          (name, filter) -> {
            if (all.put(name, filter) != null) {
              throw new IllegalStateException("two filters are called " + name);
            }
          });
    }
    return Map.copyOf(all);
  }
}
