package dev.carillon.template.liquid.filter;

import dev.carillon.template.liquid.value.Datum;

/** What stands after a bar: makes a value of a value. Keeps nothing between two calls. */
@FunctionalInterface
interface Filter {

  /**
   * @throws dev.carillon.template.liquid.value.LiquidFault when it cannot be used like this, or not
   *     within the limits
   */
  Datum apply(Datum input, FilterArguments arguments, FilterScope scope);
}
