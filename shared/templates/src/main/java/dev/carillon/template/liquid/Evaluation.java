package dev.carillon.template.liquid;

import dev.carillon.template.liquid.filter.FilterArguments;
import dev.carillon.template.liquid.filter.FilterScope;
import dev.carillon.template.liquid.filter.Filters;
import dev.carillon.template.liquid.filter.Occasion;
import dev.carillon.template.liquid.syntax.Cursor;
import dev.carillon.template.liquid.syntax.Expression;
import dev.carillon.template.liquid.syntax.Expression.Constant;
import dev.carillon.template.liquid.syntax.Expression.FilterUse;
import dev.carillon.template.liquid.syntax.Expression.Operand;
import dev.carillon.template.liquid.syntax.Expression.Path;
import dev.carillon.template.liquid.syntax.Expression.Sign;
import dev.carillon.template.liquid.syntax.Expression.Span;
import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Compare;
import dev.carillon.template.liquid.value.Compare.Order;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Bool;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.liquid.value.Meter;
import dev.carillon.template.liquid.value.Property;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Computes expressions in a frame. */
final class Evaluation implements FilterScope {
  private final Frame frame;
  private final Meter meter;
  private final Occasion occasion;
  private final BiFunction<String, Map<String, Datum>, String> interpolation;

  /**
   * @param interpolation what puts variables into a text that a filter found
   */
  Evaluation(
      Frame frame,
      Meter meter,
      Occasion occasion,
      BiFunction<String, Map<String, Datum>, String> interpolation) {
    this.frame = frame;
    this.meter = meter;
    this.occasion = occasion;
    this.interpolation = interpolation;
  }

  Datum of(Expression expression) {
    Datum value = terms(expression.terms());
    for (FilterUse filter : expression.filters()) {
      try {
        value = Filters.apply(filter.name(), value, arguments(filter), this);
      } catch (LiquidFault fault) {
        throw fault.at(filter.at());
      }
    }
    return value;
  }

  private FilterArguments arguments(FilterUse filter) {
    var positional = new ArrayList<Datum>(filter.positional().size());
    filter.positional().forEach(operand -> positional.add(of(operand)));
    var named = new HashMap<String, Datum>();
    filter.named().forEach((name, operand) -> named.put(name, of(operand)));
    return new FilterArguments(positional, named);
  }

  /** Computes on a stack; of operands that no operator joins, the first one counts. */
  private Datum terms(List<Expression.Term> terms) {
    var stack = new ArrayDeque<Datum>();
    for (var term : terms) {
      switch (term) {
        case Operand operand -> stack.push(of(operand));
        case Sign.NOT -> stack.push(new Bool(!Compare.isTrue(pop(stack))));
        case Sign sign -> {
          Datum right = pop(stack);
          stack.push(new Bool(holds(sign, pop(stack), right)));
        }
      }
    }
    return stack.getLast();
  }

  private static Datum pop(Deque<Datum> stack) {
    return stack.isEmpty() ? Mark.UNDEFINED : stack.pop();
  }

  private boolean holds(Sign sign, Datum left, Datum right) {
    return switch (sign) {
      case EQUAL -> Compare.equal(left, right, meter);
      case UNEQUAL -> !Compare.equal(left, right, meter);
      case LESS -> Compare.ordered(left, Order.LESS, right, meter);
      case LESS_OR_EQUAL -> Compare.ordered(left, Order.LESS_OR_EQUAL, right, meter);
      case GREATER -> Compare.ordered(left, Order.GREATER, right, meter);
      case GREATER_OR_EQUAL -> Compare.ordered(left, Order.GREATER_OR_EQUAL, right, meter);
      case CONTAINS -> Compare.contains(left, right, meter);
      case AND -> Compare.isTrue(left) && Compare.isTrue(right);
      case OR -> Compare.isTrue(left) || Compare.isTrue(right);
      case NOT -> !Compare.isTrue(right);
    };
  }

  Datum of(Operand operand) {
    return switch (operand) {
      case Constant(var value) -> value;
      case Span(var low, var high) -> range(of(low), of(high));
      case Path(_, var base, var steps) -> {
        Datum found =
            base.isEmpty() ? frame.variable(of(steps.getFirst()), meter) : of(base.getFirst());
        for (Operand step : base.isEmpty() ? steps.subList(1, steps.size()) : steps) {
          found = Property.of(found, of(step), meter);
        }
        yield found;
      }
    };
  }

  private Datum range(Datum low, Datum high) {
    meter.charge(1);
    double from = Coerce.number(low, meter);
    double size = Math.ceil(Coerce.number(high, meter) + 1 - from);
    return Datum.range(from, size > 0 ? (int) Math.min(size, Integer.MAX_VALUE) : 0);
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public Occasion occasion() {
    return occasion;
  }

  @Override
  public UnaryOperator<Datum> path(String path) {
    return placeless(() -> Cursor.over(meter.paid(path)).variable())
        .<UnaryOperator<Datum>>map(
            operand ->
                item -> new Evaluation(around(item), meter, occasion, interpolation).of(operand))
        .orElse(_ -> Mark.UNDEFINED);
  }

  private static Frame around(Datum item) {
    return new Frame(item, List.of());
  }

  @Override
  public UnaryOperator<Datum> expression(String expression, String item) {
    Expression read = placeless(() -> Cursor.over(meter.paid(expression)).expression());
    return value -> {
      frame.enter(Map.of(item, value));
      try {
        return placeless(() -> of(read));
      } finally {
        frame.leave();
      }
    };
  }

  @Override
  public String interpolate(String text, Map<String, Datum> variables) {
    return placeless(() -> interpolation.apply(text, variables));
  }

  /** What a text within the template gives; its offsets are not the template's. */
  private static <T> T placeless(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (LiquidFault fault) {
      throw new LiquidFault(fault.getMessage());
    }
  }
}
