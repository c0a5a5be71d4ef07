package dev.carillon.preference;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One place in several preference sets laid over one another, without merging what nobody asks for.
 * Objects fill in one another's gaps key by key; where they meet anything else, the higher one
 * counts whole. JSON null is a gap. An object marked {@code "__strategy__": "replace"} hides what
 * lies above it.
 *
 * @param parts from the lowest that still counts to the highest; all objects, or a single one
 */
record Layered(List<Part> parts) {
  static final String STRATEGY = "__strategy__";
  static final String REPLACE = "replace";

  /** What one layer says there. */
  record Part(Layer layer, Json value) {
    boolean hidesHigher() {
      return value instanceof Json.Obj object
          && object.text(STRATEGY).filter(REPLACE::equals).isPresent();
    }
  }

  Layered {
    parts = List.copyOf(parts);
  }

  /** The place below this one. */
  Layered at(String name) {
    var below = new ArrayList<Part>(parts.size());
    for (Part part : parts) {
      Json value = part.value() instanceof Json.Obj(var fields) ? fields.get(name) : null;
      if (value == null || value instanceof Json.Null) {
        continue;
      }
      if (!below.isEmpty() && below.getLast().hidesHigher()) {
        break;
      }
      if (!(value instanceof Json.Obj)
          || !below.isEmpty() && !(below.getLast().value() instanceof Json.Obj)) {
        below.clear();
      }
      below.add(new Part(part.layer(), value));
    }
    return new Layered(below);
  }

  /** Whether no layer says anything there. */
  boolean isSilent() {
    return parts.isEmpty();
  }

  /** The highest that counts; empty when no layer says anything. */
  Optional<Part> top() {
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast());
  }

  /** What it all comes to, the marks left out; empty when no layer says anything. */
  Optional<Json> merged() {
    return top().map(top -> top.value() instanceof Json.Obj ? mergedObject() : top.value());
  }

  private Json.Obj mergedObject() {
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part.value() instanceof Json.Obj(var fields)) {
        names.addAll(fields.keySet());
      }
    }
    names.remove(STRATEGY);
    Map<String, Json> merged = new LinkedHashMap<>();
    for (String name : names) {
      at(name).merged().ifPresent(value -> merged.put(name, value));
    }
    return new Json.Obj(merged);
  }
}
