package dev.carillon.storage.dynamo;

import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers a page from items that come in the order of their positions: newest first, or oldest
 * first for a page before a position.
 */
public final class PageOf<T> {
  private record Entry<T>(T item, String position) {}

  /** How many items may be looked at for one page; what is left is for the next. */
  private static final int BUDGET = 4_000;

  private final PageRequest request;
  private final List<Entry<T>> entries = new ArrayList<>();
  private int seen;
  private String last = "";

  public PageOf(PageRequest request) {
    this.request = request;
  }

  /** Notes that the item at this position was looked at. */
  public void saw(String position) {
    seen++;
    last = position;
  }

  public void add(T item, String position) {
    entries.add(new Entry<>(item, position));
  }

  /** Whether nothing more need be read: one item more than wanted tells that a page follows. */
  public boolean done() {
    return entries.size() > request.size() || spent();
  }

  private boolean spent() {
    return seen >= BUDGET;
  }

  public Page<T> page() {
    List<Entry<T>> page = entries.subList(0, Math.min(entries.size(), request.size()));
    List<T> items = page.stream().map(Entry::item).toList();
    if (request.before().isPresent()) {
      // The page was read backwards from its position; what lies at the position follows it.
      return new Page<>(
          items.reversed(),
          page.isEmpty() ? Optional.empty() : Optional.of(page.getFirst().position()));
    }
    if (entries.size() > request.size()) {
      return new Page<>(items, Optional.of(page.getLast().position()));
    }
    return new Page<>(items, spent() ? Optional.of(last) : Optional.empty());
  }
}
