package dev.carillon.variable;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The values that no log may show. A template can put one anywhere, so what is to be shown is
 * searched for them: as they are, and as they stand in a URL or in JSON.
 */
public final class Secrets {
  /** Stands where a secret stood. */
  public static final String MASK = "[secret]";

  public static final Secrets NONE = of(Json.Obj.EMPTY);

  /** The longest first, so that none is left half behind another. */
  private final List<String> forms;

  private Secrets(List<String> forms) {
    this.forms = forms;
  }

  /** All values that are somewhere in there. */
  public static Secrets of(Json.Obj variables) {
    var forms = new ArrayList<String>();
    collect(variables, forms);
    return new Secrets(
        forms.stream()
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static void collect(Json json, List<String> forms) {
    switch (json) {
      case Json.Str(var text) -> add(text, forms);
      case Json.Num(var number) -> add(number.toPlainString(), forms);
      case Json.Obj(var fields) -> fields.values().forEach(value -> collect(value, forms));
      case Json.Arr(var items) -> items.forEach(item -> collect(item, forms));
      case Json.Bool _, Json.Null _ -> {}
    }
  }

  private static void add(String text, List<String> forms) {
    if (text.isBlank()) {
      return;
    }
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    String quoted = JsonLiteral.write(Json.of(text));
    forms.add(text);
    forms.add(encoded);
    forms.add(encoded.replace("+", "%20"));
    forms.add(quoted.substring(1, quoted.length() - 1));
  }

  public String masked(String text) {
    String masked = text;
    for (String form : forms) {
      masked = masked.replace(form, MASK);
    }
    return masked;
  }

  public Json.Obj masked(Json.Obj object) {
    if (forms.isEmpty()) {
      return object;
    }
    var masked = new LinkedHashMap<String, Json>();
    object.fields().forEach((name, value) -> masked.put(name, masked(value)));
    return new Json.Obj(masked);
  }

  private Json masked(Json json) {
    return switch (json) {
      case Json.Str(var text) -> Json.of(masked(text));
      case Json.Num(var number) when forms.contains(number.toPlainString()) -> Json.of(MASK);
      case Json.Obj object -> masked(object);
      case Json.Arr(var items) -> Json.array(items.stream().map(this::masked).toList());
      case Json.Num _, Json.Bool _, Json.Null _ -> json;
    };
  }
}
