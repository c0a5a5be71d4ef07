package dev.carillon.template.liquid.value;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A value while a template is rendered: JSON, read where it lies, and the few things that only a
 * template knows. Nothing here has anything to call, and only {@link Loop} ever changes.
 */
public sealed interface Datum
    permits Datum.Mark,
        Datum.Bool,
        Datum.Num,
        Datum.Big,
        Datum.Text,
        Datum.Items,
        Datum.Fields,
        Datum.Stamp,
        Loop {

  /** What has no content of its own. */
  enum Mark implements Datum {
    /** A variable that is not there. */
    UNDEFINED,
    /** JSON's null. */
    NULL,
    /** {@code nil} and {@code null} as a template writes them: equal to both of the above. */
    NIL,
    /** {@code empty}: equal to a text, list or object that has nothing in it. */
    EMPTY,
    /** {@code blank}: equal to what is empty, white, false or not there. */
    BLANK
  }

  record Bool(boolean value) implements Datum {}

  /** Every number that a template computes, and those of the data that fit. */
  record Num(double value) implements Datum {}

  /** A whole number of the data that a double cannot hold, an id most likely. */
  record Big(BigDecimal value) implements Datum {}

  /**
   * @param escaped whether it was captured from output that had been escaped
   */
  record Text(String value, boolean escaped) implements Datum {
    public Text(String value) {
      this(value, false);
    }
  }

  /** A list; one that stands for a range computes its items. Two are equal only when one. */
  record Items(List<Datum> list) implements Datum {
    private Object identity() {
      return list instanceof LazyItems.OfJson view ? view.items() : list;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Items that && identity() == that.identity();
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(identity());
    }
  }

  /** An object of the data. Two are equal only when they are one. */
  record Fields(Json.Obj object) implements Datum {
    @Override
    public boolean equals(Object other) {
      return other instanceof Fields that && object == that.object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }

  /** A moment in the zone that the template chose for it. */
  record Stamp(ZonedDateTime moment) implements Datum {
    public String iso() {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
    }
  }

  /** JSON as a value, without copying any of it. */
  static Datum of(Json json) {
    return switch (json) {
      case Json.Obj object -> new Fields(object);
      case Json.Arr(var items) -> new Items(new LazyItems.OfJson(items));
      case Json.Str(var value) -> new Text(value);
      case Json.Num(var value) -> number(value);
      case Json.Bool(var value) -> new Bool(value);
      case Json.Null() -> Mark.NULL;
    };
  }

  private static Datum number(BigDecimal value) {
    double near = value.doubleValue();
    boolean whole = value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0;
    boolean held = !whole || !Double.isInfinite(near) && new BigDecimal(near).compareTo(value) == 0;
    return held ? new Num(near) : new Big(value);
  }

  /** The numbers {@code from}, {@code from + 1} … as a list that takes no room. */
  static Items range(double from, int size) {
    return new Items(new LazyItems.OfRange(from, size));
  }

  /** The value as JSON; lists are copied and each item paid for. */
  static Json json(Datum datum, Meter meter) {
    return json(datum, meter, 0);
  }

  private static Json json(Datum datum, Meter meter, int depth) {
    Meter.checkDepth(depth);
    return switch (datum) {
      case Mark mark ->
          switch (mark) {
            case UNDEFINED, NULL, NIL -> Json.NULL;
            case EMPTY, BLANK -> Json.of("");
          };
      case Bool(var value) -> Json.of(value);
      case Num(var value) when Double.isNaN(value) || Double.isInfinite(value) -> Json.NULL;
      case Num(var value) -> new Json.Num(new BigDecimal(JsNumber.write(value)));
      case Big(var value) -> new Json.Num(value);
      case Text(var value, _) -> new Json.Str(value);
      case Items(LazyItems.OfJson view) -> {
        meter.charge(view.size());
        yield new Json.Arr(view.items());
      }
      case Items(var list) -> {
        meter.charge(list.size());
        var items = new ArrayList<Json>(list.size());
        for (Datum item : list) {
          items.add(json(item, meter, depth + 1));
        }
        yield new Json.Arr(items);
      }
      case Fields(var object) -> object;
      case Stamp stamp -> Json.of(stamp.iso());
      case Loop loop -> loop.json();
    };
  }

  /** The name-value pairs of an object, each a list of two. */
  static List<Datum> pairs(Json.Obj object) {
    var pairs = new ArrayList<Datum>(object.fields().size());
    object
        .fields()
        .forEach((key, value) -> pairs.add(new Items(List.of(new Text(key), of(value)))));
    return pairs;
  }
}
