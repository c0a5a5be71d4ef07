package dev.carillon.template.liquid.filter;

import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Meter;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What filters reach of the rendering that they are used in. */
public interface FilterScope {
  Meter meter();

  Occasion occasion();

  /**
   * What a path such as {@code address.city} leads to in each of several values.
   *
   * @throws dev.carillon.template.liquid.value.LiquidFault when it is no path
   */
  UnaryOperator<Datum> path(String path);

  /**
   * What an expression comes to for each of several values.
   *
   * @param item the name under which it finds the value
   * @throws dev.carillon.template.liquid.value.LiquidFault when it is no expression
   */
  UnaryOperator<Datum> expression(String expression, String item);

  /**
   * A text with the variables in it replaced, nothing escaped; it sees none but these.
   *
   * @throws dev.carillon.template.liquid.value.LiquidFault when it cannot be read or rendered
   */
  String interpolate(String text, Map<String, Datum> variables);

  /** The value as it is printed, paid for. */
  default String text(Datum datum) {
    return meter().paid(Coerce.text(datum, meter()));
  }
}
