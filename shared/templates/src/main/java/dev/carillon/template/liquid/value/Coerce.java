package dev.carillon.template.liquid.value;

import dev.carillon.template.liquid.value.Datum.Big;
import dev.carillon.template.liquid.value.Datum.Bool;
import dev.carillon.template.liquid.value.Datum.Fields;
import dev.carillon.template.liquid.value.Datum.Items;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.Datum.Num;
import dev.carillon.template.liquid.value.Datum.Stamp;
import dev.carillon.template.liquid.value.Datum.Text;
import java.util.List;

/**
 * A value taken for one of another kind, as the reference implementation has it of JavaScript. What
 * walks lists pays for each item.
 */
public final class Coerce {
  /** What JavaScript makes of an object when a text is wanted. */
  private static final String OBJECT = "[object Object]";

  private Coerce() {}

  /** As it is printed: what is not there is nothing, and a list is its items without a gap. */
  public static String text(Datum datum, Meter meter) {
    return switch (datum) {
      case Text(var value, _) -> value;
      case Items(var list) -> {
        var out = new StringBuilder();
        printed(list, out, meter, 0);
        yield out.toString();
      }
      default -> simple(datum, meter);
    };
  }

  private static void printed(List<Datum> list, StringBuilder out, Meter meter, int depth) {
    Meter.checkDepth(depth);
    for (Datum item : list) {
      meter.charge(1);
      if (item instanceof Items(var inner)) {
        printed(inner, out, meter, depth + 1);
      } else {
        out.append(meter.paid(simple(item, meter)));
        meter.checkText(out.length());
      }
    }
  }

  private static String simple(Datum datum, Meter meter) {
    return switch (datum) {
      case Mark _ -> "";
      case Bool(var value) -> Boolean.toString(value);
      case Num(var value) -> JsNumber.write(value);
      case Big(var value) -> value.toPlainString();
      case Text(var value, _) -> value;
      case Items _ -> text(datum, meter);
      case Fields _ -> OBJECT;
      case Stamp stamp -> stamp.iso();
      case Loop loop -> JsonPrint.write(loop.json(), "", meter);
    };
  }

  /** The items joined, with nothing for what is not there and commas in the lists among them. */
  public static String joined(List<Datum> list, String separator, Meter meter) {
    var out = new StringBuilder();
    joined(list, separator, out, meter, 0);
    return out.toString();
  }

  private static void joined(
      List<Datum> list, String separator, StringBuilder out, Meter meter, int depth) {
    Meter.checkDepth(depth);
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(separator);
      }
      Datum item = list.get(i);
      meter.charge(1);
      meter.chargeChars(separator.length());
      if (item instanceof Items(var inner)) {
        joined(inner, ",", out, meter, depth + 1);
      } else {
        out.append(meter.paid(simple(item, meter)));
      }
      meter.checkText(out.length());
    }
  }

  /** As a text where JavaScript wants one: {@code null} is written out and lists have commas. */
  public static String word(Datum datum, Meter meter) {
    return switch (datum) {
      case Mark.UNDEFINED -> "undefined";
      case Mark.NULL, Mark.NIL -> "null";
      case Items(var list) -> joined(list, ",", meter);
      default -> simple(datum, meter);
    };
  }

  /** As a number; NaN for what is none. */
  public static double number(Datum datum, Meter meter) {
    return switch (datum) {
      case Mark mark ->
          switch (mark) {
            case UNDEFINED -> Double.NaN;
            case NULL, NIL, EMPTY, BLANK -> 0;
          };
      case Bool(var value) -> value ? 1 : 0;
      case Num(var value) -> value;
      case Big(var value) -> value.doubleValue();
      case Text(var value, _) -> JsNumber.parse(meter.paid(value));
      case Items(var list) -> JsNumber.parse(joined(list, ",", meter));
      case Fields _, Loop _, Stamp _ -> Double.NaN;
    };
  }

  /** As a number; 0 for what is none. */
  public static double numberOrZero(Datum datum, Meter meter) {
    double number = number(datum, meter);
    return Double.isNaN(number) ? 0 : number;
  }

  /** As a list: nothing is an empty one, and what is no list a list of one. */
  public static List<Datum> list(Datum datum) {
    return switch (datum) {
      case Mark.UNDEFINED, Mark.NULL, Mark.NIL -> List.of();
      case Mark.EMPTY, Mark.BLANK -> List.of(new Text(""));
      case Items(var list) -> list;
      default -> List.of(datum);
    };
  }

  /** What a loop walks over: a list, the pairs of an object, one text that is not empty. */
  public static List<Datum> enumerable(Datum datum, Meter meter) {
    return switch (datum) {
      case Items(var list) -> list;
      case Text(var value, _) -> value.isEmpty() ? List.of() : List.of(datum);
      case Loop _, Stamp _ -> List.of(new Text(text(datum, meter)));
      case Fields(var object) -> {
        meter.charge(object.fields().size());
        yield Datum.pairs(object);
      }
      case Mark _, Bool _, Num _, Big _ -> List.of();
    };
  }

  public static boolean isNothing(Datum datum) {
    return datum == Mark.UNDEFINED || datum == Mark.NULL || datum == Mark.NIL;
  }

  /** Whether JavaScript, rather than Liquid, takes it for true. */
  public static boolean isTrueInJs(Datum datum) {
    return switch (datum) {
      case Mark _ -> false;
      case Bool(var value) -> value;
      case Num(var value) -> value != 0 && !Double.isNaN(value);
      case Text(var value, _) -> !value.isEmpty();
      case Big _, Items _, Fields _, Stamp _, Loop _ -> true;
    };
  }
}
