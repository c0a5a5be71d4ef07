package dev.carillon.variable;

import dev.carillon.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values that no log may show. A template can put one anywhere, and anybody who answers may
 * send it back in another spelling; so what is to be shown is searched for them as they are, as
 * they look when escaped ({@link Unescaped}) and within what is encoded in Base64. One of fewer
 * than {@value #CERTAIN} characters is masked where it is a word of its own: elsewhere it is a part
 * of other words by chance.
 */
public final class SecretValues {
  /** Stands where a secret stood. */
  public static final String MASK = "[secret]";

  /** Characters of one that nothing else holds by chance. */
  static final int CERTAIN = 8;

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
    return of(values);
  }

  public static SecretValues of(List<String> values) {
    return new SecretValues(
        values.stream()
            .filter(value -> !value.isBlank())
            .flatMap(value -> Stream.concat(spellings(value), encoded(value)))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /**
   * What is always there when the value is encoded in Base64 together with what stands before and
   * behind it, as a password is with its user: the characters that come of it alone. They depend on
   * where among three bytes it begins.
   */
  private static Stream<String> encoded(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < CERTAIN) {
      return Stream.empty();
    }
    return IntStream.range(0, 3)
        .mapToObj(
            before -> {
              byte[] shifted = new byte[before + bytes.length];
              System.arraycopy(bytes, 0, shifted, before, bytes.length);
              return Base64.getEncoder()
                  .encodeToString(shifted)
                  .substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
            })
        .flatMap(text -> Stream.of(text, text.replace('+', '-').replace('/', '_')));
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
    return masked(text, MASK);
  }

  /** The text with {@code mask} wherever one of the values stands. */
  public String masked(String text, String mask) {
    String masked = text;
    for (String value : values) {
      masked = replaced(masked, value, mask);
    }
    if (unescaped.isEmpty() || !Unescaped.differs(masked)) {
      return masked;
    }
    Unescaped plain = Unescaped.of(masked);
    for (String value : unescaped) {
      if (plain.holds(value)) {
        masked = plain.replaced(value, mask, value.length() < CERTAIN);
        plain = Unescaped.of(masked);
      }
    }
    return masked;
  }

  private static String replaced(String text, String value, String mask) {
    if (value.length() >= CERTAIN) {
      return text.replace(value, mask);
    }
    var replaced = new StringBuilder();
    int kept = 0;
    for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at)) {
      int end = at + value.length();
      if (isOneWord(text, at) || isOneWord(text, end) || isWithin(mask, value, text, at)) {
        at++;
      } else {
        replaced.append(text, kept, at).append(mask);
        kept = end;
        at = end;
      }
    }
    return replaced.append(text, kept, text.length()).toString();
  }

  /** Whether what was found there is a word of a mask. */
  static boolean isWithin(String mask, String value, String text, int at) {
    int in = mask.indexOf(value);
    return in >= 0 && text.startsWith(mask, at - in);
  }

  /** Whether a word goes on from before that place to behind it. */
  private static boolean isOneWord(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && Character.isLetterOrDigit(text.charAt(at));
  }

  public Json.Obj masked(Json.Obj object) {
    if (values.isEmpty()) {
      return object;
    }
    var masked = new LinkedHashMap<String, Json>();
    object.fields().forEach((name, value) -> masked.put(name, masked(value)));
    return new Json.Obj(masked);
  }

  /** The value with its texts masked at any depth; names of fields are left. */
  public Json masked(Json json) {
    return switch (json) {
      case Json.Str(var text) -> Json.of(masked(text));
      case Json.Num(var number) when values.contains(number.toPlainString()) -> Json.of(MASK);
      case Json.Obj object -> masked(object);
      case Json.Arr(var items) -> Json.array(items.stream().map(this::masked).toList());
      case Json.Num _, Json.Bool _, Json.Null _ -> json;
    };
  }
}
