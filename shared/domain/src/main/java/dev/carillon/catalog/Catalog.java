package dev.carillon.catalog;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One list, whole.
 *
 * @param entries by name, at most {@value #MOST}
 */
public record Catalog(SortedMap<String, Entry> entries) {
  /** How many entries one has at most; all of them are one item. */
  public static final int MOST = 1_000;

  /** How large all entries together may be, as bytes of JSON; deflated, they fit an item. */
  public static final int MOST_BYTES = 512 * 1024;

  public static final Catalog EMPTY = new Catalog(Collections.emptySortedMap());

  /**
   * @param content what is said of it
   */
  public record Entry(Json.Obj content, Instant createdAt, Instant updatedAt) {}

  public Catalog {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** The entry of that name; empty when there is none. */
  public Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** This with that entry, new or in the place of another. What says the same stays as it is. */
  public Catalog with(String name, Json.Obj content, Instant now) {
    Optional<Entry> before = find(name);
    if (before.filter(it -> it.content().equals(content)).isPresent()) {
      return this;
    }
    var changed = new TreeMap<>(entries);
    changed.put(name, new Entry(content, before.map(Entry::createdAt).orElse(now), now));
    return new Catalog(changed);
  }

  /** This without that entry. */
  public Catalog without(String name) {
    var changed = new TreeMap<>(entries);
    changed.remove(name);
    return new Catalog(changed);
  }
}
