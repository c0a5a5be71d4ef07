package dev.carillon.provider.format;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content.Field;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A form: fields in their order, a name as often as it likes. {@code
 * application/x-www-form-urlencoded}, as the URL Standard writes it.
 */
public record FormBody(List<Field> fields) {
  public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";
  public static final FormBody EMPTY = new FormBody(List.of());

  public FormBody {
    fields = List.copyOf(fields);
  }

  /** With one more field at the end. */
  public FormBody with(String name, String value) {
    var more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new FormBody(more);
  }

  /** With one more field at the end, if there is a value. */
  public FormBody with(String name, Optional<String> value) {
    return value.map(text -> with(name, text)).orElse(this);
  }

  /** Without any field of that name. */
  public FormBody without(String name) {
    return new FormBody(fields.stream().filter(field -> !field.name().equals(name)).toList());
  }

  /** With that field in place of all of its name, at the end. */
  public FormBody replacing(String name, String value) {
    return without(name).with(name, value);
  }

  /** The first value under that name. */
  public Optional<String> first(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
  }

  /**
   * With an override laid over it: a name replaces all fields of that name, null removes them, a
   * list gives one field for each of its items. Objects are written as JSON.
   */
  public FormBody overridden(Json.Obj overrides) {
    FormBody whole = this;
    for (Map.Entry<String, Json> override : overrides.fields().entrySet()) {
      String name = override.getKey();
      whole = whole.without(name);
      List<Json> values =
          override.getValue() instanceof Json.Arr(var items) ? items : List.of(override.getValue());
      for (Json value : values) {
        if (!(value instanceof Json.Null)) {
          whole = whole.with(name, text(value));
        }
      }
    }
    return whole;
  }

  /** A text as it is, anything else as JSON. */
  public static String text(Json value) {
    return value instanceof Json.Str(var text) ? text : JsonText.write(value);
  }

  public byte[] bytes() {
    return encoded().getBytes(StandardCharsets.US_ASCII);
  }

  public String encoded() {
    return fields.stream()
        .map(field -> encode(field.name()) + "=" + encode(field.value()))
        .collect(Collectors.joining("&"));
  }

  /**
   * The fields of a body that came in: {@code +} is a space, escapes are UTF-8, empty values and
   * the order are kept. What is malformed stands as it is.
   */
  public static FormBody read(byte[] body) {
    var fields = new ArrayList<Field>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        fields.add(
            equals < 0
                ? new Field(decode(pair), "")
                : new Field(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
      }
    }
    return new FormBody(fields);
  }

  /** One name or value of a form or a query: a space is {@code +}. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** One segment of a path: a space is {@code %20}, and a slash is escaped. */
  public static String segment(String text) {
    return encode(text).replace("+", "%20");
  }

  private static String decode(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (in[i] == '+') {
        out.write(' ');
      } else if (in[i] == '%' && high >= 0 && low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
