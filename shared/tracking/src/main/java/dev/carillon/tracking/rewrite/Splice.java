package dev.carillon.tracking.rewrite;

import java.util.Map;
import java.util.TreeMap;

/** Changes to a text, by place; all else of it stays. Two changes do not overlap. */
final class Splice {
  private record Change(int end, String replacement) {}

  private final String source;
  private final Map<Integer, Change> changes = new TreeMap<>();

  Splice(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  /** Puts the replacement in the place of what is from {@code start} up to {@code end}. */
  void replace(int start, int end, String replacement) {
    changes.putIfAbsent(start, new Change(end, replacement));
  }

  /** Whether a change begins there. */
  boolean has(int start) {
    return changes.containsKey(start);
  }

  String result() {
    if (changes.isEmpty()) {
      return source;
    }
    var out = new StringBuilder(source.length() + 256);
    int at = 0;
    for (var entry : changes.entrySet()) {
      if (entry.getKey() >= at) {
        out.append(source, at, entry.getKey()).append(entry.getValue().replacement());
        at = entry.getValue().end();
      }
    }
    return out.append(source, at, source.length()).toString();
  }
}
