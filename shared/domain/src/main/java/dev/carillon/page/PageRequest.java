package dev.carillon.page;

import java.util.Optional;

/**
 * Which part of a list is wanted. Lists run newest first.
 *
 * @param after items older than this position; a position is what {@link Page#next} gave, or the
 *     position of an item
 * @param before items newer than this position; at most one of the two is set
 * @param size how many items at most, 1 to 50
 */
public record PageRequest(Optional<String> after, Optional<String> before, int size) {
  public PageRequest {
    if (after.isPresent() && before.isPresent()) {
      throw new IllegalArgumentException("A page lies after or before a position, not both");
    }
  }

  public static PageRequest first(int size) {
    return new PageRequest(Optional.empty(), Optional.empty(), size);
  }
}
