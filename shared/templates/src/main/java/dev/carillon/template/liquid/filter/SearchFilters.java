package dev.carillon.template.liquid.filter;

import dev.carillon.json.Json;
import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Compare;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Bool;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.Datum.Num;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Filters that choose items of a list by what these hold. */
final class SearchFilters {
  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("where", (in, a, s) -> chosen(in, byPath(a, s), true, s)),
          Map.entry("reject", (in, a, s) -> chosen(in, byPath(a, s), false, s)),
          Map.entry("where_exp", (in, a, s) -> judged(in, a, s, true)),
          Map.entry("reject_exp", (in, a, s) -> judged(in, a, s, false)),
          Map.entry("find", (in, a, s) -> item(in, byPath(a, s), s)),
          Map.entry("find_exp", (in, a, s) -> item(in, byExpression(a, s), s)),
          Map.entry("find_index", (in, a, s) -> place(in, byPath(a, s), s)),
          Map.entry("find_index_exp", (in, a, s) -> place(in, byExpression(a, s), s)),
          Map.entry("has", (in, a, s) -> new Bool(index(in, byPath(a, s), s) >= 0)),
          Map.entry("has_exp", (in, a, s) -> new Bool(index(in, byExpression(a, s), s) >= 0)),
          Map.entry("group_by", (in, a, s) -> grouped(in, s.path(a.text(0, s)), s)),
          Map.entry("group_by_exp", (in, a, s) -> grouped(in, expression(a, s), s)));

  private SearchFilters() {}

  /** Without a value to compare with, whether what the path leads to is true. */
  private static Predicate<Datum> byPath(FilterArguments arguments, FilterScope scope) {
    UnaryOperator<Datum> path = scope.path(arguments.text(0, scope));
    return arguments.has(1)
        ? item -> Compare.equal(path.apply(item), arguments.at(1), scope.meter())
        : item -> Compare.isTrue(path.apply(item));
  }

  private static UnaryOperator<Datum> expression(FilterArguments arguments, FilterScope scope) {
    return scope.expression(arguments.text(1, scope), arguments.text(0, scope));
  }

  private static Predicate<Datum> byExpression(FilterArguments arguments, FilterScope scope) {
    UnaryOperator<Datum> expression = expression(arguments, scope);
    return item -> Coerce.isTrueInJs(expression.apply(item));
  }

  private static Datum chosen(
      Datum input, Predicate<Datum> condition, boolean wanted, FilterScope scope) {
    var chosen = new ArrayList<Datum>();
    for (Datum item : CollectionFilters.list(input, scope)) {
      if (condition.test(item) == wanted) {
        chosen.add(item);
      }
    }
    return CollectionFilters.items(chosen);
  }

  /** Items whose expression comes to neither true nor false are in neither list. */
  private static Datum judged(
      Datum input, FilterArguments arguments, FilterScope scope, boolean wanted) {
    UnaryOperator<Datum> expression = expression(arguments, scope);
    return chosen(
        input,
        item -> expression.apply(item) instanceof Bool(var value) && value == wanted,
        true,
        scope);
  }

  private static int index(Datum input, Predicate<Datum> condition, FilterScope scope) {
    List<Datum> list = CollectionFilters.list(input, scope);
    for (int i = 0; i < list.size(); i++) {
      if (condition.test(list.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static Datum item(Datum input, Predicate<Datum> condition, FilterScope scope) {
    int index = index(input, condition, scope);
    return index < 0 ? Mark.UNDEFINED : Coerce.list(input).get(index);
  }

  private static Datum place(Datum input, Predicate<Datum> condition, FilterScope scope) {
    int index = index(input, condition, scope);
    return index < 0 ? Mark.UNDEFINED : new Num(index);
  }

  /** A list of {@code {name, items}}, in the order in which the names first came up. */
  private static Datum grouped(Datum input, UnaryOperator<Datum> key, FilterScope scope) {
    List<Datum> list = Coerce.enumerable(input, scope.meter());
    scope.meter().charge(list.size());
    var groups = new LinkedHashMap<Datum, List<Json>>();
    for (Datum item : list) {
      groups
          .computeIfAbsent(CollectionFilters.plain(key.apply(item)), _ -> new ArrayList<>())
          .add(Datum.json(item, scope.meter()));
    }
    var named = new ArrayList<Json>();
    groups.forEach(
        (name, items) -> {
          var group = Json.object();
          if (name != Mark.UNDEFINED) {
            group = group.with("name", Datum.json(name, scope.meter()));
          }
          named.add(group.with("items", new Json.Arr(items)));
        });
    return Datum.of(new Json.Arr(named));
  }
}
