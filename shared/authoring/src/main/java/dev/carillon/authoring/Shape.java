package dev.carillon.authoring;

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
 */
record Shape(Map<String, Shape> fields, Map<String, String> unbuilt, boolean open) {
  /** Whatever it is, its own reader or nobody says what may be in it. */
  static final Shape ANY = new Shape(Map.of(), Map.of(), true);

  Shape {
    fields = Map.copyOf(fields);
    unbuilt = Map.copyOf(unbuilt);
  }

  /** With these fields, in which anything may be. */
  static Shape of(String... names) {
    return new Shape(Map.of(), Map.of(), false).and(names);
  }

  Shape and(String... names) {
    var all = new LinkedHashMap<>(fields);
    for (String name : names) {
      all.put(name, ANY);
    }
    return new Shape(all, unbuilt, open);
  }

  Shape with(String name, Shape shape) {
    var all = new LinkedHashMap<>(fields);
    all.put(name, shape);
    return new Shape(all, unbuilt, open);
  }

  Shape without(String name, String sentence) {
    var all = new LinkedHashMap<>(unbuilt);
    all.put(name, sentence);
    return new Shape(fields, all, open);
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
