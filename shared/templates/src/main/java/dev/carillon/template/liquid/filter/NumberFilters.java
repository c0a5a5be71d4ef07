package dev.carillon.template.liquid.filter;

import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Num;
import dev.carillon.template.liquid.value.JsNumber;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic, on doubles as in the reference implementation. */
final class NumberFilters {
  /** The largest whole number that all smaller ones are exact below. */
  private static final double SAFE = 9_007_199_254_740_991d;

  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("abs", of(Math::abs)),
          Map.entry("ceil", of(Math::ceil)),
          Map.entry("floor", of(Math::floor)),
          Map.entry("plus", of((a, b) -> a + b)),
          Map.entry("minus", of((a, b) -> a - b)),
          Map.entry("times", of((a, b) -> a * b)),
          Map.entry("modulo", of((a, b) -> (a % b + b) % b)),
          Map.entry("divided_by", NumberFilters::dividedBy),
          Map.entry("at_least", (in, a, s) -> extreme(in, a, s, Math::max)),
          Map.entry("at_most", (in, a, s) -> extreme(in, a, s, Math::min)),
          Map.entry("round", NumberFilters::round),
          Map.entry("to_integer", (in, _, s) -> new Num(Coerce.number(in, s.meter()))));

  private NumberFilters() {}

  private static Filter of(DoubleUnaryOperator operation) {
    return (in, _, scope) ->
        new Num(operation.applyAsDouble(Coerce.numberOrZero(in, scope.meter())));
  }

  private static Filter of(DoubleBinaryOperator operation) {
    return (in, a, scope) ->
        new Num(
            operation.applyAsDouble(Coerce.numberOrZero(in, scope.meter()), operand(a, 0, scope)));
  }

  /** What is no number is 0, but what was not given makes the result none. */
  private static double operand(FilterArguments arguments, int index, FilterScope scope) {
    return index < arguments.count()
        ? Coerce.numberOrZero(arguments.at(index), scope.meter())
        : Double.NaN;
  }

  /** Rounds down when a second argument that is not 0 asks for whole numbers. */
  private static Datum dividedBy(Datum input, FilterArguments arguments, FilterScope scope) {
    double quotient = Coerce.numberOrZero(input, scope.meter()) / operand(arguments, 0, scope);
    boolean whole = arguments.count() > 1 && operand(arguments, 1, scope) != 0;
    return new Num(whole ? Math.floor(quotient) : quotient);
  }

  private static Datum extreme(
      Datum input, FilterArguments arguments, FilterScope scope, DoubleBinaryOperator choose) {
    double chosen = Coerce.numberOrZero(input, scope.meter());
    for (int i = 0; i < arguments.count(); i++) {
      chosen = choose.applyAsDouble(chosen, operand(arguments, i, scope));
    }
    return new Num(chosen);
  }

  /** Halves away from zero, on the digits as they are written. */
  private static Datum round(Datum input, FilterArguments arguments, FilterScope scope) {
    double value = Coerce.numberOrZero(input, scope.meter());
    double places = Coerce.numberOrZero(arguments.at(0), scope.meter());
    if (Double.isInfinite(value) || places != Math.rint(places) || places > 400) {
      return new Num(value);
    }
    if (places < -400) {
      return new Num(0);
    }
    var digits = new BigDecimal(JsNumber.write(Math.abs(value)));
    BigDecimal scaled = digits.movePointRight((int) places);
    if (scaled.doubleValue() > SAFE) {
      return new Num(value);
    }
    double rounded =
        scaled.setScale(0, RoundingMode.HALF_UP).movePointLeft((int) places).doubleValue();
    return new Num(value < 0 ? -rounded : rounded);
  }
}
