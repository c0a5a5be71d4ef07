package dev.carillon.template.liquid;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Fields;
import dev.carillon.template.liquid.value.Datum.Items;
import dev.carillon.template.liquid.value.Datum.Num;
import dev.carillon.template.liquid.value.Datum.Text;
import dev.carillon.template.liquid.value.JsonPrint;
import dev.carillon.template.liquid.value.Meter;
import java.util.function.Predicate;

/**
 * As what a partial gets an input. What cannot be taken for the type stays as it was given; what is
 * not there stays so.
 */
public enum InputType {
  /** Whatever it is. */
  ANY,
  /** A text; of a list or an object its JSON, and {@code false} is the text that reads so. */
  TEXT,
  NUMBER,
  BOOLEAN,
  /** A list, or a text that is one in JSON. */
  LIST,
  /** Any value, or a text that is one in JSON. */
  JSON;

  Datum of(Datum given, Meter meter) {
    if (Coerce.isNothing(given)) {
      return given;
    }
    return switch (this) {
      case ANY -> given;
      case TEXT -> text(given, meter);
      case NUMBER -> number(given, meter);
      case BOOLEAN -> read(given, Json.Bool.class::isInstance, meter);
      case LIST -> read(given, Json.Arr.class::isInstance, meter);
      case JSON -> read(given, _ -> true, meter);
    };
  }

  private static Datum text(Datum given, Meter meter) {
    return switch (given) {
      case Text _ -> given;
      case Items _, Fields _ -> new Text(JsonPrint.write(Datum.json(given, meter), "", meter));
      default -> new Text(meter.paid(Coerce.text(given, meter)));
    };
  }

  private static Datum number(Datum given, Meter meter) {
    if (given instanceof Text(var text, _) && !text.isBlank()) {
      double number = Coerce.number(given, meter);
      return Double.isNaN(number) ? given : new Num(number);
    }
    return given;
  }

  private static Datum read(Datum given, Predicate<Json> wanted, Meter meter) {
    return given instanceof Text(var text, _)
        ? JsonLiteral.parse(meter.paid(text)).filter(wanted).map(Datum::of).orElse(given)
        : given;
  }
}
