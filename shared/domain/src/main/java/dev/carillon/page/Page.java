package dev.carillon.page;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list.
 *
 * @param next where the following page begins; empty when this is the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }

  public static <T> Page<T> last(List<T> items) {
    return new Page<>(items, Optional.empty());
  }
}
