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

/** How values are judged and compared. */
public final class Compare {
  private Compare() {}

  /** False for false and for what is not there; zero and the empty text are true. */
  public static boolean isTrue(Datum datum) {
    return !(Coerce.isNothing(datum) || datum instanceof Bool(var value) && !value);
  }

  public static boolean equal(Datum left, Datum right, Meter meter) {
    return equal(left, right, meter, 0);
  }

  private static boolean equal(Datum left, Datum right, Meter meter, int depth) {
    Meter.checkDepth(depth);
    meter.charge(1);
    if (isPattern(left)) {
      return matches((Mark) left, right);
    }
    if (isPattern(right)) {
      return matches((Mark) right, left);
    }
    return switch (left) {
      case Mark mark -> mark == right;
      case Bool bool -> bool.equals(right);
      case Num(var value) -> right instanceof Num(var other) && value == other;
      case Big(var value) -> right instanceof Big(var other) && value.compareTo(other) == 0;
      case Text(var value, _) -> isText(value, right, meter);
      case Stamp stamp -> isText(stamp.iso(), right, meter);
      case Loop loop -> loop == right;
      case Fields fields -> fields.equals(right);
      case Items(var list) ->
          right instanceof Items(var other) && equal(list, other, meter, depth + 1);
    };
  }

  private static boolean isText(String text, Datum other, Meter meter) {
    String compared =
        switch (other) {
          case Text(var value, _) -> value;
          case Stamp stamp -> stamp.iso();
          default -> null;
        };
    if (compared == null || compared.length() != text.length()) {
      return false;
    }
    meter.chargeChars(text.length());
    return text.equals(compared);
  }

  private static boolean equal(List<Datum> left, List<Datum> right, Meter meter, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i), meter, depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPattern(Datum datum) {
    return datum == Mark.NIL || datum == Mark.EMPTY || datum == Mark.BLANK;
  }

  private static boolean matches(Mark pattern, Datum datum) {
    boolean nothing = Coerce.isNothing(datum);
    return switch (pattern) {
      case NIL -> nothing;
      case EMPTY -> isEmpty(datum);
      case BLANK ->
          nothing
              || datum instanceof Bool(var value) && !value
              || datum instanceof Text(var text, _) && Spaces.isBlank(text)
              || isEmpty(datum);
      case UNDEFINED, NULL -> datum == pattern;
    };
  }

  private static boolean isEmpty(Datum datum) {
    return switch (datum) {
      case Text(var value, _) -> value.isEmpty();
      case Items(var list) -> list.isEmpty();
      case Fields(var object) -> object.fields().isEmpty();
      case Mark _, Bool _, Num _, Big _, Stamp _, Loop _ -> false;
    };
  }

  /** Which of the four orders is asked for. */
  public enum Order {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    private boolean holds(int comparison) {
      return switch (this) {
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }
  }

  /** Two texts by their characters, anything else as numbers; nothing is in order with NaN. */
  public static boolean ordered(Datum left, Order order, Datum right, Meter meter) {
    meter.charge(1);
    if (isPattern(left) || isPattern(right)) {
      return false;
    }
    if (isWord(left) && isWord(right)) {
      String a = meter.paid(Coerce.word(left, meter));
      return order.holds(a.compareTo(Coerce.word(right, meter)));
    }
    if (left instanceof Big(var a) && right instanceof Big(var b)) {
      return order.holds(a.compareTo(b));
    }
    double a = Coerce.number(left, meter);
    double b = Coerce.number(right, meter);
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return false;
    }
    return order.holds(a < b ? -1 : a > b ? 1 : 0);
  }

  /** Whether JavaScript compares it by its characters. */
  private static boolean isWord(Datum datum) {
    return switch (datum) {
      case Text _, Items _, Fields _, Stamp _, Loop _ -> true;
      case Mark _, Bool _, Num _, Big _ -> false;
    };
  }

  /** Whether a list has the item, or a text has the other within it. */
  public static boolean contains(Datum whole, Datum part, Meter meter) {
    return switch (whole) {
      case Items(var list) -> {
        for (Datum item : list) {
          if (equal(item, part, meter)) {
            yield true;
          }
        }
        yield false;
      }
      case Text _, Stamp _, Loop _ -> has(Coerce.text(whole, meter), part, meter);
      case Mark.EMPTY, Mark.BLANK -> has("", part, meter);
      case Mark _, Bool _, Num _, Big _, Fields _ -> false;
    };
  }

  private static boolean has(String whole, Datum part, Meter meter) {
    String searched = part == Mark.EMPTY || part == Mark.BLANK ? "" : Coerce.word(part, meter);
    Searching.charge(whole, searched, meter);
    return whole.contains(searched);
  }
}
