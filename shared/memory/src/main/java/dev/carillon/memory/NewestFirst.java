package dev.carillon.memory;

import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cuts pages out of a list whose positions are texts that sort by age. Any text may be asked for as
 * a position, whether or not an item has it.
 */
public final class NewestFirst {
  private NewestFirst() {}

  public static <T> Page<T> page(
      Collection<T> items, Function<T, String> position, PageRequest request) {
    Comparator<T> byAge = Comparator.comparing(position);
    List<T> sorted = items.stream().sorted(byAge.reversed()).toList();
    if (request.before().isPresent()) {
      String before = request.before().get();
      List<T> newer =
          sorted.stream().filter(item -> position.apply(item).compareTo(before) > 0).toList();
      List<T> nearest = newer.subList(Math.max(0, newer.size() - request.size()), newer.size());
      // What lies at the position itself follows, so a page that holds anything has a next one.
      return new Page<>(
          nearest,
          nearest.isEmpty() ? Optional.empty() : Optional.of(position.apply(nearest.getLast())));
    }
    List<T> older =
        sorted.stream()
            .filter(
                item ->
                    request
                        .after()
                        .map(after -> position.apply(item).compareTo(after) < 0)
                        .orElse(true))
            .toList();
    List<T> page = older.subList(0, Math.min(request.size(), older.size()));
    return older.size() > page.size() && !page.isEmpty()
        ? new Page<>(page, Optional.of(position.apply(page.getLast())))
        : Page.last(page);
  }

  /** The items after {@code cursor} in the order of their positions, at most {@code size}. */
  public static <T> Page<T> ascending(
      Collection<T> items, Function<T, String> position, Optional<String> cursor, int size) {
    List<T> rest =
        items.stream()
            .filter(item -> cursor.map(c -> position.apply(item).compareTo(c) > 0).orElse(true))
            .sorted(Comparator.comparing(position))
            .toList();
    return rest.size() > size
        ? new Page<>(rest.subList(0, size), Optional.of(position.apply(rest.get(size - 1))))
        : Page.last(rest);
  }
}
