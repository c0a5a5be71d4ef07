package dev.carillon.storage.dynamo;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Builds and reads the JSON of a stored document, whose names are one or two letters. */
public final class DocumentFields {
  private static final int NANOS = 1_000_000;
  private static final int MILLIS = 1_000;

  private final Map<String, Json> fields = new LinkedHashMap<>();

  public DocumentFields put(String name, Json value) {
    fields.put(name, value);
    return this;
  }

  public DocumentFields put(String name, String value) {
    return put(name, Json.of(value));
  }

  public DocumentFields put(String name, long value) {
    return put(name, Json.of(value));
  }

  public DocumentFields put(String name, Instant value) {
    return put(name, time(value));
  }

  /** Leaves the name out when there is no value. */
  public <T> DocumentFields put(String name, Optional<T> value, Function<T, Json> write) {
    value.ifPresent(it -> put(name, write.apply(it)));
    return this;
  }

  /** Leaves the name out when the list is empty. */
  public <T> DocumentFields put(String name, List<T> values, Function<T, Json> write) {
    return values.isEmpty() ? this : put(name, Json.array(values.stream().map(write).toList()));
  }

  /** Leaves the name out when the object is empty. */
  public DocumentFields putObject(String name, Json.Obj value) {
    return value.fields().isEmpty() ? this : put(name, value);
  }

  public Json.Obj json() {
    return new Json.Obj(fields);
  }

  /** Milliseconds since 1970, with a fraction when the instant is finer. */
  public static Json time(Instant instant) {
    BigDecimal millis =
        BigDecimal.valueOf(instant.getEpochSecond())
            .multiply(BigDecimal.valueOf(MILLIS))
            .add(BigDecimal.valueOf(instant.getNano(), 6));
    return new Json.Num(millis.signum() == 0 ? BigDecimal.ZERO : millis.stripTrailingZeros());
  }

  public static Instant time(Json json) {
    if (!(json instanceof Json.Num(var millis))) {
      throw new IllegalStateException("A stored document lacks a time");
    }
    BigDecimal nanos = millis.multiply(BigDecimal.valueOf(NANOS));
    var parts =
        nanos
            .toBigIntegerExact()
            .divideAndRemainder(BigDecimal.valueOf(1_000_000_000).toBigIntegerExact());
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
  }

  public static Instant time(Json.Obj object, String name) {
    return time(require(object, name));
  }

  public static Json require(Json.Obj object, String name) {
    return object
        .get(name)
        .orElseThrow(() -> new IllegalStateException("A stored document has no " + name));
  }

  public static String text(Json.Obj object, String name) {
    return text(require(object, name));
  }

  public static String text(Json json) {
    return switch (json) {
      case Json.Str(var value) -> value;
      case Json.Obj _, Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ ->
          throw new IllegalStateException("A stored document has something else for a text");
    };
  }

  public static long number(Json.Obj object, String name) {
    return require(object, name) instanceof Json.Num(var value) ? value.longValueExact() : 0;
  }

  public static Json.Obj object(Json json) {
    return json instanceof Json.Obj object ? object : Json.Obj.EMPTY;
  }

  public static <T> List<T> list(Json.Obj object, String name, Function<Json, T> read) {
    return object.list(name).stream().map(read).toList();
  }

  /** A user as its bare id, an object as collection and id. */
  public static Json recipient(RecipientId id) {
    return id.isUser() ? Json.of(id.id()) : Json.texts(List.of(id.collection(), id.id()));
  }

  public static RecipientId recipient(Json json) {
    return switch (json) {
      case Json.Str(var id) -> RecipientId.user(id);
      case Json.Arr(var parts) -> new RecipientId(text(parts.get(0)), text(parts.get(1)));
      case Json.Obj _, Json.Num _, Json.Bool _, Json.Null _ ->
          throw new IllegalStateException("A stored document lacks a recipient");
    };
  }

  public static <K, V> Map<K, V> map(
      Json.Obj object, Function<String, K> key, Function<Json, V> value) {
    return object.fields().entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> key.apply(entry.getKey()),
                entry -> value.apply(entry.getValue()),
                (a, _) -> a,
                LinkedHashMap::new));
  }

  public static Json.Obj objects(Map<String, Json.Obj> map) {
    return new Json.Obj(new LinkedHashMap<>(map));
  }
}
