package dev.carillon.feed;

import dev.carillon.message.Engagement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a user has done about an item of a feed. Each item is in one of eight states. */
public record ItemState(boolean archived, boolean seen, boolean read) {
  public static final List<ItemState> ALL =
      both()
          .flatMap(archived -> both().map(seen -> List.of(archived, seen)))
          .flatMap(it -> both().map(read -> new ItemState(it.getFirst(), it.getLast(), read)))
          .toList();

  /** Of an item that was dealt with in these ways. */
  public static ItemState of(Set<Engagement> done) {
    return new ItemState(
        done.contains(Engagement.ARCHIVED),
        done.contains(Engagement.SEEN),
        done.contains(Engagement.READ));
  }

  private static Stream<Boolean> both() {
    return Stream.of(false, true);
  }
}
