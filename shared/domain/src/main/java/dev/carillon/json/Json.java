package dev.carillon.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A JSON value as the domain sees it: immutable, in the order it was written, with no null
 * references inside (JSON's {@code null} is {@link Null}). Reading and writing text is the matter
 * of {@code shared/json}; this tree knows nothing of it, but that {@code toString} is JSON, so that
 * people can read it in the failure of a test.
 */
public sealed interface Json {

  /** An object; keys keep their order. The map is copied and cannot be changed. */
  record Obj(Map<String, Json> fields) implements Json {
    public static final Obj EMPTY = new Obj(Map.of());

    public Obj {
      fields = Fields.of(fields);
    }

    /** The value under {@code key}; empty when the key is absent. JSON null is a value. */
    public Optional<Json> get(String key) {
      return Optional.ofNullable(fields.get(key));
    }

    /** The text under {@code key}; empty when it is absent or not a string. */
    public Optional<String> text(String key) {
      return fields.get(key) instanceof Str(var value) ? Optional.of(value) : Optional.empty();
    }

    /** The object under {@code key}; the empty object when it is absent or something else. */
    public Obj object(String key) {
      return fields.get(key) instanceof Obj value ? value : EMPTY;
    }

    /** The list under {@code key}; the empty list when it is absent or something else. */
    public List<Json> list(String key) {
      return fields.get(key) instanceof Arr(var items) ? items : List.of();
    }

    /** This object with {@code key} set, added at the end when it is new. */
    public Obj with(String key, Json value) {
      return new Obj(Fields.of(fields).with(key, value));
    }

    public Obj with(String key, String value) {
      return with(key, new Str(value));
    }

    /** This object without {@code key}; the same fields when there is no such key. */
    public Obj without(String key) {
      if (!fields.containsKey(key)) {
        return this;
      }
      var copy = new LinkedHashMap<>(fields);
      copy.remove(key);
      return new Obj(copy);
    }

    /**
     * This object with {@code patch} laid over it: objects merge key by key at every depth,
     * anything else in the patch, null included, replaces what was there. Nothing is ever removed.
     * Merging the same patch twice changes nothing the second time.
     */
    public Obj mergedDeeply(Obj patch) {
      var merged = new LinkedHashMap<>(fields);
      patch.fields.forEach(
          (key, value) ->
              merged.merge(
                  key,
                  value,
                  (before, after) ->
                      before instanceof Obj b && after instanceof Obj a
                          ? b.mergedDeeply(a)
                          : after));
      return new Obj(merged);
    }

    /** This object with the top-level keys of {@code patch} replaced, whatever their values. */
    public Obj merged(Obj patch) {
      if (patch.fields.isEmpty()) {
        return this;
      }
      var merged = new LinkedHashMap<>(fields);
      merged.putAll(patch.fields);
      return new Obj(merged);
    }

    @Override
    public String toString() {
      return JsonLiteral.write(this);
    }
  }

  /** A list. It is copied and cannot be changed. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return JsonLiteral.write(this);
    }
  }

  /** A text, any Unicode, unchanged. */
  record Str(String value) implements Json {
    public Str {
      Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
      return JsonLiteral.write(this);
    }
  }

  /** A number as it was written: {@code 1.0} stays {@code 1.0}. */
  record Num(BigDecimal value) implements Json {
    public Num {
      Objects.requireNonNull(value);
    }

    /** By value: {@code 1} and {@code 1.0} are the same number. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Num(var that) && value.compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
      return value.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
      return JsonLiteral.write(this);
    }
  }

  record Bool(boolean value) implements Json {
    @Override
    public String toString() {
      return JsonLiteral.write(this);
    }
  }

  record Null() implements Json {
    @Override
    public String toString() {
      return JsonLiteral.write(this);
    }
  }

  Null NULL = new Null();
  Bool TRUE = new Bool(true);
  Bool FALSE = new Bool(false);

  static Str of(String value) {
    return new Str(value);
  }

  static Num of(long value) {
    return new Num(BigDecimal.valueOf(value));
  }

  static Bool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static Arr array(List<? extends Json> items) {
    return new Arr(new ArrayList<>(items));
  }

  /** A list of texts. */
  static Arr texts(Iterable<String> items) {
    var values = new ArrayList<Json>();
    items.forEach(item -> values.add(new Str(item)));
    return new Arr(values);
  }

  /** A text, or null when there is none. */
  static Json ofNullable(Optional<String> value) {
    return value.<Json>map(Str::new).orElse(NULL);
  }

  /** Starts an object: {@code Json.object().with("id", "u1")}. */
  static Obj object() {
    return Obj.EMPTY;
  }

  /**
   * The value as plain Java, for libraries that want it so: unmodifiable maps and lists, String,
   * BigDecimal, Boolean, and null for JSON null.
   */
  static Object plain(Json json) {
    return switch (json) {
      case Obj(var fields) -> {
        var map = new LinkedHashMap<String, Object>();
        fields.forEach((key, value) -> map.put(key, plain(value)));
        yield Collections.unmodifiableMap(map);
      }
      case Arr(var items) -> {
        var list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(plain(item)));
        yield Collections.unmodifiableList(list);
      }
      case Str(var value) -> value;
      case Num(var value) -> value;
      case Bool(var value) -> value;
      case Null() -> null;
    };
  }
}
