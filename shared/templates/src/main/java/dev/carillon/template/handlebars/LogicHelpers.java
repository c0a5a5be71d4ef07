package dev.carillon.template.handlebars;

import dev.carillon.template.handlebars.Helpers.Arguments;
import dev.carillon.template.handlebars.Helpers.Function;
import dev.carillon.template.render.PrintedText;
import dev.carillon.template.render.TemplateValues;
import java.util.List;
import java.util.Map;

/** Helpers that compare, choose and look up. */
final class LogicHelpers {
  static final Map<String, Function> ALL =
      Map.ofEntries(
          Map.entry("eq", LogicHelpers::equal),
          Map.entry("ne", a -> !equal(a)),
          Map.entry("lt", a -> compare(a) < 0),
          Map.entry("lte", a -> compare(a) <= 0),
          Map.entry("gt", a -> compare(a) > 0),
          Map.entry("gte", a -> compare(a) >= 0),
          Map.entry("and", LogicHelpers::and),
          Map.entry("or", LogicHelpers::or),
          Map.entry("not", a -> !TemplateValues.isTrue(a.at(0))),
          Map.entry("default", LogicHelpers::or),
          Map.entry("lookup", LogicHelpers::lookup),
          Map.entry("length", LogicHelpers::length),
          Map.entry("or_null", LogicHelpers::orNull),
          Map.entry("json", LogicHelpers::json));

  private LogicHelpers() {}

  private static boolean equal(Arguments arguments) {
    weigh(arguments);
    return TemplateValues.equal(arguments.at(0), arguments.at(1));
  }

  private static int compare(Arguments arguments) {
    weigh(arguments);
    return TemplateValues.compare(arguments.at(0), arguments.at(1));
  }

  /** Comparing takes as many steps as there is to compare. */
  private static void weigh(Arguments arguments) {
    for (int i = 0; i < 2; i++) {
      TemplateValues.weigh(arguments.at(i), arguments.run()::charge);
    }
  }

  /** The value as it is; {@code null} for nothing, where JSON would be broken without one. */
  private static Object orNull(Arguments arguments) {
    return arguments.at(0) == null ? new Json("null") : arguments.at(0);
  }

  /** The last value when all are true, else the first that is not. */
  private static Object and(Arguments arguments) {
    Object last = null;
    for (Object value : arguments.all()) {
      if (!TemplateValues.isTrue(value)) {
        return value;
      }
      last = value;
    }
    return last;
  }

  /** The first value that is true, else the last one. */
  private static Object or(Arguments arguments) {
    Object last = null;
    for (Object value : arguments.all()) {
      last = value;
      if (TemplateValues.isTrue(value)) {
        return value;
      }
    }
    return last;
  }

  private static Object lookup(Arguments arguments) {
    return switch (arguments.at(0)) {
      case Map<?, ?> map -> map.get(TemplateValues.text(arguments.at(1)));
      case List<?> list ->
          TemplateValues.decimal(arguments.at(1))
              .filter(index -> index.signum() >= 0 && index.intValue() < list.size())
              .<Object>map(index -> list.get(index.intValue()))
              .orElse(null);
      case null, default -> null;
    };
  }

  private static Object length(Arguments arguments) {
    return switch (arguments.at(0)) {
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case null, default -> arguments.text(0).codePointCount(0, arguments.text(0).length());
    };
  }

  private static Object json(Arguments arguments) {
    TemplateValues.weigh(arguments.at(0), arguments.run()::charge);
    String json = TemplateValues.json(arguments.at(0));
    arguments.run().chargeChars(json.length());
    return new Json(json);
  }

  /** JSON text: it goes into a JSON body as it is, and is escaped like any text elsewhere. */
  record Json(String text) implements PrintedText {
    @Override
    public String toString() {
      return text;
    }
  }
}
