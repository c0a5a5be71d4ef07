package dev.carillon.authoring;

import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that an object may have, and the shapes of what is in them. A list has the shape of
 * its items.
 *
 * @param fields by name
 * @param unbuilt those that Knock has and Carillon has not, with the sentence that says so
 * @param open whether any other field may be there too
 * @param kind what it must be
 */
record Shape(Map<String, Shape> fields, Map<String, String> unbuilt, boolean open, Kind kind) {
  /** What a value is, as an author is told. */
  enum Kind {
    ANYTHING("anything"),
    TEXT("a text"),
    FLAG("true or false"),
    OBJECT("an object"),
    LIST("a list"),
    TEXTS("a list of texts");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String sentence() {
      return "This must be " + words + ".";
    }

    boolean fits(Json value) {
      return switch (this) {
        case ANYTHING -> true;
        case TEXT -> value instanceof Json.Str;
        case FLAG -> value instanceof Json.Bool;
        case OBJECT -> value instanceof Json.Obj;
        case LIST -> value instanceof Json.Arr;
        case TEXTS -> value instanceof Json.Arr(var items) && items.stream().allMatch(TEXT::fits);
      };
    }
  }

  /** Whatever it is, its own reader or nobody says what may be in it. */
  static final Shape ANY = new Shape(Map.of(), Map.of(), true, Kind.ANYTHING);

  Shape {
    fields = Map.copyOf(fields);
    unbuilt = Map.copyOf(unbuilt);
  }

  /** With these fields, in which anything may be. */
  static Shape of(String... names) {
    return new Shape(Map.of(), Map.of(), false, Kind.ANYTHING).and(names);
  }

  /** With these fields too, in which anything may be. */
  Shape and(String... names) {
    return and(Kind.ANYTHING, names);
  }

  /** With these fields too, which are of that kind. */
  Shape and(Kind kind, String... names) {
    var all = new LinkedHashMap<>(fields);
    for (String name : names) {
      all.put(name, ANY.being(kind));
    }
    return new Shape(all, unbuilt, open, this.kind);
  }

  Shape being(Kind kind) {
    return new Shape(fields, unbuilt, open, kind);
  }

  Shape with(String name, Shape shape) {
    var all = new LinkedHashMap<>(fields);
    all.put(name, shape);
    return new Shape(all, unbuilt, open, kind);
  }

  Shape without(String name, String sentence) {
    var all = new LinkedHashMap<>(unbuilt);
    all.put(name, sentence);
    return new Shape(fields, all, open, kind);
  }

  /** The shape of a field; empty when it may not be there. */
  Optional<Shape> inside(String name) {
    return Optional.ofNullable(fields.get(name))
        .or(() -> open ? Optional.of(ANY) : Optional.empty());
  }

  /** Why it may not be there. */
  String objection(String name) {
    return unbuilt.getOrDefault(name, "There is no such field here.");
  }
}
