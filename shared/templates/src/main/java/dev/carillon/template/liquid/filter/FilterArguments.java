package dev.carillon.template.liquid.filter;

import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Mark;
import java.util.List;
import java.util.Map;

/** What a filter was given beside its input, computed. */
public record FilterArguments(List<Datum> positional, Map<String, Datum> named) {
  int count() {
    return positional.size();
  }

  /** Undefined when it was not given. */
  Datum at(int index) {
    return index < positional.size() ? positional.get(index) : Mark.UNDEFINED;
  }

  /** Whether it was given, and is not a variable that is not there. */
  boolean has(int index) {
    return at(index) != Mark.UNDEFINED;
  }

  /** As text; nothing when it was not given. */
  String text(int index, FilterScope scope) {
    return scope.text(at(index));
  }

  String text(int index, String otherwise, FilterScope scope) {
    return has(index) ? text(index, scope) : otherwise;
  }

  /** As a number; NaN for what is none. */
  double number(int index, double otherwise, FilterScope scope) {
    return has(index) ? Coerce.number(at(index), scope.meter()) : otherwise;
  }

  /** Whether something is there that JavaScript takes for true. */
  boolean isSet(int index) {
    return Coerce.isTrueInJs(at(index));
  }
}
