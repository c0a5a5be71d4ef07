package dev.carillon.template.render;

import dev.carillon.template.render.TemplateScope.Nothing;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** How a value of the scope is printed, judged and compared. */
public final class TemplateValues {
  private TemplateValues() {}

  /** As it is printed. Anything that the scope does not know prints as nothing at all. */
  public static String text(Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case BigDecimal number -> number(number);
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case Double number -> number(BigDecimal.valueOf(number));
      case Boolean bool -> bool.toString();
      case CharSequence text -> text.toString();
      case List<?> list when list.stream().noneMatch(TemplateValues::isCompound) ->
          list.stream()
              .map(TemplateValues::text)
              .filter(s -> !s.isEmpty())
              .collect(Collectors.joining(", "));
      case List<?> list -> json(list);
      case Map<?, ?> map -> json(map);
      default -> "";
    };
  }

  /** As it was written: {@code 1.0} stays {@code 1.0}, and {@code 1E+2} is {@code 100}. */
  public static String number(BigDecimal value) {
    return Math.abs((long) value.scale()) + value.precision() > TemplateLimits.NUMBER_DIGITS
        ? value.toString()
        : value.toPlainString();
  }

  /**
   * Takes a step for each value in a value, and more for long texts; bounded by what it charges.
   */
  public static void weigh(Object value, IntConsumer charge) {
    switch (value) {
      case List<?> list -> {
        charge.accept(1);
        list.forEach(item -> weigh(item, charge));
      }
      case Map<?, ?> map -> {
        charge.accept(1);
        map.values().forEach(item -> weigh(item, charge));
      }
      case CharSequence text -> charge.accept(1 + text.length() / TemplateLimits.CHARS_PER_STEP);
      case null, default -> charge.accept(1);
    }
  }

  public static boolean isCompound(Object value) {
    return value instanceof List<?> || value instanceof Map<?, ?>;
  }

  /** False for what Handlebars takes as false: false, nothing, zero, no characters, no items. */
  public static boolean isTrue(Object value) {
    return switch (value) {
      case null -> false;
      case Nothing _ -> false;
      case Boolean bool -> bool;
      case BigDecimal number -> number.signum() != 0;
      case Number number -> number.doubleValue() != 0;
      case CharSequence text -> !text.isEmpty();
      case List<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  /** Numbers by value, and a number or boolean with a text by how it is written. */
  public static boolean equal(Object a, Object b) {
    if (a instanceof Number && b instanceof Number) {
      return decimal(a).orElseThrow().compareTo(decimal(b).orElseThrow()) == 0;
    }
    if (isCompound(a) || isCompound(b)) {
      return a != null && a.equals(b);
    }
    return text(a).equals(text(b));
  }

  /** Numbers, and texts that hold numbers, by value; other texts by their characters. */
  public static int compare(Object a, Object b) {
    var left = decimal(a);
    var right = decimal(b);
    return left.isPresent() && right.isPresent()
        ? left.get().compareTo(right.get())
        : text(a).compareTo(text(b));
  }

  /** The number that the value is or holds as text; empty for anything else. */
  public static Optional<BigDecimal> decimal(Object value) {
    return switch (value) {
      case BigDecimal number -> Optional.of(number);
      case Integer number -> Optional.of(BigDecimal.valueOf(number));
      case Long number -> Optional.of(BigDecimal.valueOf(number));
      case Double number when Double.isFinite(number) -> Optional.of(BigDecimal.valueOf(number));
      case CharSequence text when !text.isEmpty() && text.length() <= 40 -> {
        try {
          yield Optional.of(new BigDecimal(text.toString().strip()));
        } catch (NumberFormatException e) {
          yield Optional.empty();
        }
      }
      case null, default -> Optional.empty();
    };
  }

  public static String json(Object value) {
    var out = new StringBuilder();
    json(value, out);
    return out.toString();
  }

  private static void json(Object value, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map -> {
        String separator = "{";
        for (var entry : map.entrySet()) {
          out.append(separator).append('"');
          Escaping.JSON.append(String.valueOf(entry.getKey()), out);
          out.append("\":");
          json(entry.getValue(), out);
          separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String separator = "[";
        for (var item : list) {
          out.append(separator);
          json(item, out);
          separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case CharSequence text -> {
        out.append('"');
        Escaping.JSON.append(text, out);
        out.append('"');
      }
      case Number _, Boolean _ -> out.append(text(value));
      case null, default -> out.append("null");
    }
  }
}
