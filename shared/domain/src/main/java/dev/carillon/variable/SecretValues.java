package dev.carillon.variable;

import dev.carillon.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * The values that no log may show. A template can put one anywhere, and anybody who answers may
 * send it back in another spelling; so what is to be shown is searched for them as they are and as
 * they look when escaped ({@link Unescaped}).
 */
public final class SecretValues {
  /** Stands where a secret stood. */
  public static final String MASK = "[secret]";

  public static final SecretValues NONE = of(Json.Obj.EMPTY);

  /** The longest first, so that none is left half behind another. */
  private final List<String> values;

  private final List<String> unescaped;

  private SecretValues(List<String> values) {
    this.values = values;
    this.unescaped =
        values.stream()
            .map(value -> Unescaped.of(value).plain())
            .filter(value -> !value.isBlank())
            .toList();
  }

  /** All values that are somewhere in there. */
  public static SecretValues of(Json.Obj variables) {
    var values = new ArrayList<String>();
    collect(variables, values);
    return new SecretValues(
        values.stream()
            .filter(value -> !value.isBlank())
            .flatMap(SecretValues::spellings)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /** With a percent sign at its end, what it is in a URL begins with what it is elsewhere. */
  private static Stream<String> spellings(String value) {
    if (!value.endsWith("%")) {
      return Stream.of(value);
    }
    String once = URLEncoder.encode(value, StandardCharsets.UTF_8);
    return Stream.of(value, once, URLEncoder.encode(once, StandardCharsets.UTF_8));
  }

  private static void collect(Json json, List<String> values) {
    switch (json) {
      case Json.Str(var text) -> values.add(text);
      case Json.Num(var number) -> values.add(number.toPlainString());
      case Json.Obj(var fields) -> fields.values().forEach(value -> collect(value, values));
      case Json.Arr(var items) -> items.forEach(item -> collect(item, values));
      case Json.Bool _, Json.Null _ -> {}
    }
  }

  public String masked(String text) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, MASK);
    }
    if (unescaped.isEmpty() || !Unescaped.differs(masked)) {
      return masked;
    }
    Unescaped plain = Unescaped.of(masked);
    for (String value : unescaped) {
      if (plain.holds(value)) {
        masked = plain.replaced(value, MASK);
        plain = Unescaped.of(masked);
      }
    }
    return masked;
  }

  public Json.Obj masked(Json.Obj object) {
    if (values.isEmpty()) {
      return object;
    }
    var masked = new LinkedHashMap<String, Json>();
    object.fields().forEach((name, value) -> masked.put(name, masked(value)));
    return new Json.Obj(masked);
  }

  private Json masked(Json json) {
    return switch (json) {
      case Json.Str(var text) -> Json.of(masked(text));
      case Json.Num(var number) when values.contains(number.toPlainString()) -> Json.of(MASK);
      case Json.Obj object -> masked(object);
      case Json.Arr(var items) -> Json.array(items.stream().map(this::masked).toList());
      case Json.Num _, Json.Bool _, Json.Null _ -> json;
    };
  }
}
