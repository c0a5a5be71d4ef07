package dev.carillon.template.liquid.value;

import dev.carillon.json.Json;
import dev.carillon.template.liquid.value.Datum.Big;
import dev.carillon.template.liquid.value.Datum.Bool;
import dev.carillon.template.liquid.value.Datum.Fields;
import dev.carillon.template.liquid.value.Datum.Items;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.Datum.Num;
import dev.carillon.template.liquid.value.Datum.Stamp;
import dev.carillon.template.liquid.value.Datum.Text;
import java.util.List;

/** What is found in a value under a name or a place. */
public final class Property {
  private static final String SIZE = "size";
  private static final String LENGTH = "length";

  private Property() {}

  /** Undefined when there is none; the property of nothing is that same nothing. */
  public static Datum of(Datum owner, Datum key, Meter meter) {
    meter.charge(1);
    return switch (owner) {
      case Mark.UNDEFINED, Mark.NULL -> owner;
      case Items(var list) -> item(list, key, meter);
      case Fields(var object) -> field(object, Coerce.word(key, meter));
      case Loop loop -> loop.property(Coerce.word(key, meter));
      case Text(var text, _) -> character(text, key, meter);
      case Stamp stamp -> character(stamp.iso(), key, meter);
      case Mark _, Bool _, Num _, Big _ -> Mark.UNDEFINED;
    };
  }

  /** The property at the end of a path of names. */
  public static Datum at(Datum owner, List<String> path, Meter meter) {
    Datum found = owner;
    for (String name : path) {
      found = of(found, new Text(name), meter);
    }
    return found;
  }

  private static Datum field(Json.Obj object, String name) {
    Json value = object.fields().get(name);
    if (value != null) {
      return Datum.of(value);
    }
    return name.equals(SIZE) ? new Num(object.fields().size()) : Mark.UNDEFINED;
  }

  private static Datum item(List<Datum> list, Datum key, Meter meter) {
    if (key instanceof Num(var place)) {
      return place == Math.rint(place)
          ? at(list, place < 0 ? list.size() + place : place)
          : Mark.UNDEFINED;
    }
    String name = Coerce.word(key, meter);
    return switch (name) {
      case SIZE, LENGTH -> new Num(list.size());
      case "first" -> at(list, 0);
      case "last" -> at(list, list.size() - 1.0);
      default -> at(list, place(name));
    };
  }

  private static Datum at(List<Datum> list, double place) {
    return place >= 0 && place < list.size() ? list.get((int) place) : Mark.UNDEFINED;
  }

  private static Datum character(String text, Datum key, Meter meter) {
    String name = Coerce.word(key, meter);
    if (name.equals(SIZE) || name.equals(LENGTH)) {
      return new Num(text.length());
    }
    int place = place(name);
    return place >= 0 && place < text.length()
        ? new Text(text.substring(place, place + 1))
        : Mark.UNDEFINED;
  }

  /** The place that a name is, as it would be written: {@code 0}, {@code 17}; else -1. */
  private static int place(String name) {
    boolean digits =
        !name.isEmpty()
            && name.length() < 10
            && name.chars().allMatch(c -> c >= '0' && c <= '9')
            && (name.length() == 1 || name.charAt(0) != '0');
    return digits ? Integer.parseInt(name) : -1;
  }
}
