package dev.carillon.storage.dynamo.message;

import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.ItemState;
import dev.carillon.message.MessageId;
import java.time.Instant;
import java.util.List;

/** How the index "feed" is sorted: by state, then by time, so that a state is one range. */
final class FeedState {
  /** Thirteen digits last until the year 2286. */
  private static final long LAST_MILLI = 9_999_999_999_999L;

  private FeedState() {}

  /** Archived or not, seen or unseen, read or unread. */
  static String letters(ItemState state) {
    return (state.archived() ? "A" : "N") + (state.seen() ? "S" : "U") + (state.read() ? "R" : "U");
  }

  /** The states that the query wants. */
  static List<ItemState> wanted(FeedQuery query) {
    return ItemState.ALL.stream().filter(query::wants).toList();
  }

  /** Where an item lies among those of its feed, whatever its state. */
  static String position(Instant shownAt, MessageId id) {
    return time(shownAt) + "#" + id;
  }

  /** What the positions of a millisecond begin with. */
  static String time(Instant instant) {
    long millis =
        instant.isBefore(Instant.ofEpochMilli(LAST_MILLI)) ? instant.toEpochMilli() : LAST_MILLI;
    return "%013d".formatted(Math.max(0, millis));
  }
}
