package dev.carillon.template.liquid.filter;

import static dev.carillon.template.liquid.filter.TextFilters.text;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Compare;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Bool;
import dev.carillon.template.liquid.value.Datum.Fields;
import dev.carillon.template.liquid.value.Datum.Items;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.Datum.Text;
import dev.carillon.template.liquid.value.JsonPrint;
import dev.carillon.template.liquid.value.LiquidFault;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Filters that take any value: what stands for nothing, JSON, loaders, translations. */
final class ValueFilters {
  /** Spaces that JSON is indented by at most, as JavaScript has it. */
  private static final int INDENT = 10;

  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("default", ValueFilters::otherwise),
          Map.entry("raw", (in, _, _) -> in),
          Map.entry("json", ValueFilters::json),
          Map.entry("jsonify", ValueFilters::json),
          Map.entry("inspect", ValueFilters::json),
          Map.entry("from_json", ValueFilters::fromJson),
          Map.entry("user", (in, _, s) -> load(in, s, s.occasion().lookups()::user)),
          Map.entry("tenant", (in, _, s) -> load(in, s, s.occasion().lookups()::tenant)),
          Map.entry("object", ValueFilters::object),
          Map.entry("subscriptions", ValueFilters::subscriptions),
          Map.entry("t", ValueFilters::translate));

  private ValueFilters() {}

  /** Another value for nothing, false, an empty text and an empty list. */
  private static Datum otherwise(Datum input, FilterArguments arguments, FilterScope scope) {
    boolean kept =
        switch (input) {
          case Text(var value, _) -> !value.isEmpty();
          case Items(var list) -> !list.isEmpty();
          case Bool(var value) ->
              value || Coerce.isTrueInJs(arguments.named().getOrDefault("allow_false", Mark.NIL));
          case Mark _ -> false;
          default -> Compare.isTrue(input);
        };
    return kept ? input : arguments.at(0);
  }

  private static Datum json(Datum input, FilterArguments arguments, FilterScope scope) {
    if (input == Mark.UNDEFINED) {
      return input;
    }
    String indent =
        switch (arguments.at(0)) {
          case Datum.Num(var spaces) -> " ".repeat((int) Math.clamp(spaces, 0, INDENT));
          case Text(var written, _) -> written.substring(0, Math.min(INDENT, written.length()));
          default -> "";
        };
    return text(JsonPrint.write(Datum.json(input, scope.meter()), indent, scope.meter()));
  }

  /** At most 16,384 characters and 16 levels. */
  private static Datum fromJson(Datum input, FilterArguments arguments, FilterScope scope) {
    return JsonLiteral.parse(scope.text(input))
        .map(Datum::of)
        .orElseThrow(() -> new LiquidFault("'from_json' was given what is not JSON"));
  }

  private static Datum load(
      Datum input, FilterScope scope, Function<String, Optional<Json.Obj>> find) {
    String id = scope.text(input);
    if (id.isEmpty()) {
      return Mark.NULL;
    }
    scope.meter().chargeLookup();
    return find.apply(id).<Datum>map(Fields::new).orElse(Mark.NULL);
  }

  private static Datum object(Datum input, FilterArguments arguments, FilterScope scope) {
    String collection = arguments.text(0, scope);
    if (collection.isEmpty()) {
      throw new LiquidFault("'object' needs the name of a collection");
    }
    return load(input, scope, id -> scope.occasion().lookups().object(collection, id));
  }

  private static Datum subscriptions(Datum input, FilterArguments arguments, FilterScope scope) {
    if (Coerce.isNothing(input)) {
      return Datum.of(new Json.Arr(java.util.List.of()));
    }
    scope.meter().chargeLookup();
    var found = scope.occasion().lookups().subscriptions(Datum.json(input, scope.meter()));
    scope.meter().charge(found.size());
    return Datum.of(new Json.Arr(found));
  }

  /** The text of a key, with what was passed put in; the key itself when there is none. */
  private static Datum translate(Datum input, FilterArguments arguments, FilterScope scope) {
    String key = scope.text(input);
    var given = new LinkedHashMap<>(arguments.named());
    Optional<BigDecimal> count =
        Optional.ofNullable(given.get("count"))
            .map(value -> Coerce.number(value, scope.meter()))
            .filter(Double::isFinite)
            .map(BigDecimal::valueOf);
    return scope
        .occasion()
        .translations()
        .find(key, count)
        .map(found -> text(scope.interpolate(found, given)))
        .orElse(text(key));
  }
}
