package dev.carillon.template.liquid.filter;

import static dev.carillon.template.liquid.filter.TextFilters.text;

import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Compare;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Fields;
import dev.carillon.template.liquid.value.Datum.Items;
import dev.carillon.template.liquid.value.Datum.Num;
import dev.carillon.template.liquid.value.Datum.Stamp;
import dev.carillon.template.liquid.value.Datum.Text;
import dev.carillon.template.liquid.value.Property;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Filters that take lists apart and put them together. Lists are copied, each item paid for. */
final class CollectionFilters {
  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("join", CollectionFilters::join),
          Map.entry("first", (in, _, s) -> end(in, s, "first", 0)),
          Map.entry("last", (in, _, s) -> end(in, s, "last", -1)),
          Map.entry("size", CollectionFilters::size),
          Map.entry("reverse", (in, _, s) -> items(List.copyOf(list(in, s)).reversed())),
          Map.entry("compact", CollectionFilters::compact),
          Map.entry("concat", (in, a, s) -> concat(in, list(a.at(0), s), s)),
          Map.entry("push", (in, a, s) -> concat(in, List.of(a.at(0)), s)),
          Map.entry("unshift", (in, a, s) -> concat(items(List.of(a.at(0))), list(in, s), s)),
          Map.entry("pop", (in, _, s) -> without(in, s, false)),
          Map.entry("shift", (in, _, s) -> without(in, s, true)),
          Map.entry("slice", CollectionFilters::slice),
          Map.entry("map", CollectionFilters::map),
          Map.entry("sum", CollectionFilters::sum),
          Map.entry("sort", (in, a, s) -> Sorting.sort(list(in, s), a, s, false)),
          Map.entry("sort_natural", (in, a, s) -> Sorting.sort(list(in, s), a, s, true)),
          Map.entry("uniq", (in, _, s) -> distinct(list(in, s))),
          Map.entry("intersect", CollectionFilters::intersect));

  private CollectionFilters() {}

  static Datum items(List<Datum> list) {
    return new Items(List.copyOf(list));
  }

  /** The items, paid for. */
  static List<Datum> list(Datum datum, FilterScope scope) {
    List<Datum> list = Coerce.list(datum);
    scope.meter().charge(list.size());
    return list;
  }

  private static Datum join(Datum input, FilterArguments arguments, FilterScope scope) {
    String separator = Coerce.isNothing(arguments.at(0)) ? " " : arguments.text(0, scope);
    return text(Coerce.joined(Coerce.list(input), separator, scope.meter()));
  }

  private static Datum end(Datum input, FilterScope scope, String name, int place) {
    return switch (input) {
      case Items _ -> Property.of(input, new Text(name), scope.meter());
      case Text(var value, _) when !value.isEmpty() ->
          Property.of(input, new Num(place < 0 ? value.length() - 1 : place), scope.meter());
      default -> text("");
    };
  }

  private static Datum size(Datum input, FilterArguments arguments, FilterScope scope) {
    return switch (input) {
      case Items(var list) -> new Num(list.size());
      case Text(var value, _) -> new Num(value.length());
      case Stamp stamp -> new Num(stamp.iso().length());
      case Fields fields -> {
        Datum length = Property.of(fields, new Text("length"), scope.meter());
        yield Coerce.isTrueInJs(length) ? length : new Num(0);
      }
      default -> new Num(0);
    };
  }

  private static Datum compact(Datum input, FilterArguments arguments, FilterScope scope) {
    return items(list(input, scope).stream().filter(item -> !Coerce.isNothing(item)).toList());
  }

  private static Datum concat(Datum input, List<Datum> more, FilterScope scope) {
    List<Datum> list = list(input, scope);
    scope.meter().charge(more.size());
    var joined = new ArrayList<Datum>(list.size() + more.size());
    joined.addAll(list);
    joined.addAll(more);
    return items(joined);
  }

  private static Datum without(Datum input, FilterScope scope, boolean first) {
    List<Datum> list = list(input, scope);
    if (list.isEmpty()) {
      return items(list);
    }
    return items(first ? list.subList(1, list.size()) : list.subList(0, list.size() - 1));
  }

  /** Counted in characters of a text, in items of a list; a negative start is from the end. */
  private static Datum slice(Datum input, FilterArguments arguments, FilterScope scope) {
    if (Coerce.isNothing(input)) {
      return items(List.of());
    }
    double begin = Coerce.number(arguments.at(0), scope.meter());
    double length = arguments.number(1, 1, scope);
    if (input instanceof Items(var list)) {
      double from = Math.floor(begin < 0 ? list.size() + begin : begin);
      double to = Math.min(from + length, list.size());
      // What is no number leaves nothing of a list, but the start of a text.
      if (from < 0 || length < 0 || !(from < to)) {
        return items(List.of());
      }
      scope.meter().charge((long) (to - from));
      return items(list.subList((int) from, (int) to));
    }
    String text = scope.text(input);
    double from = begin < 0 ? text.codePointCount(0, text.length()) + begin : begin;
    if (from < 0 || length < 0) {
      return text("");
    }
    int start = TextFilters.codePoints(text, 0, from);
    return text(text.substring(start, TextFilters.codePoints(text, start, length)));
  }

  private static Datum map(Datum input, FilterArguments arguments, FilterScope scope) {
    List<String> path = path(arguments.text(0, scope), scope);
    var found = new ArrayList<Datum>();
    for (Datum item : list(input, scope)) {
      found.add(Property.at(item, path, scope.meter()));
    }
    return items(found);
  }

  /** The names of a path, which is nothing but names and points. */
  static List<String> path(String text, FilterScope scope) {
    var path = List.of(text.split("\\.", -1));
    scope.meter().charge(path.size());
    return path;
  }

  private static Datum sum(Datum input, FilterArguments arguments, FilterScope scope) {
    List<String> path = arguments.isSet(0) ? path(arguments.text(0, scope), scope) : List.of();
    double sum = 0;
    for (Datum item : list(input, scope)) {
      sum += Coerce.numberOrZero(Property.at(item, path, scope.meter()), scope.meter());
    }
    return new Num(sum);
  }

  private static Datum distinct(List<Datum> list) {
    return items(
        List.copyOf(new LinkedHashSet<>(list.stream().map(CollectionFilters::plain).toList())));
  }

  /** Texts that were captured are the same as others. */
  static Datum plain(Datum datum) {
    return datum instanceof Text(var value, _) ? new Text(value) : datum;
  }

  /** The items that the other list has too, in the order of this one, each once. */
  private static Datum intersect(Datum input, FilterArguments arguments, FilterScope scope) {
    List<Datum> other = list(arguments.at(0), scope);
    var common = new ArrayList<Datum>();
    for (Datum item : list(input, scope)) {
      if (has(other, item, scope) && !has(common, item, scope)) {
        common.add(item);
      }
    }
    return items(common);
  }

  private static boolean has(List<Datum> list, Datum searched, FilterScope scope) {
    for (Datum item : list) {
      if (same(item, searched, scope)) {
        return true;
      }
    }
    return false;
  }

  /** Objects, too, are the same when their fields are. */
  private static boolean same(Datum a, Datum b, FilterScope scope) {
    if (a instanceof Fields(var left) && b instanceof Fields(var right)) {
      scope.meter().charge(1 + left.fields().size());
      return left == right || left.equals(right);
    }
    return Compare.equal(a, b, scope.meter());
  }
}
