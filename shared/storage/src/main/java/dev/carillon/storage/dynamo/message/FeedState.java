package dev.carillon.storage.dynamo.message;

import dev.carillon.feed.FeedQuery;
import dev.carillon.message.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How the index "feed" is sorted: by state, then by time, so that a state is one range. */
final class FeedState {
  /** Thirteen digits last until the year 2286. */
  private static final long LAST_MILLI = 9_999_999_999_999L;

  private FeedState() {}

  /** Archived or not, seen or unseen, read or unread. */
  static String letters(boolean archived, boolean seen, boolean read) {
    return (archived ? "A" : "N") + (seen ? "S" : "U") + (read ? "R" : "U");
  }

  /** The letters of the states that the query wants. */
  static List<String> wanted(FeedQuery query) {
    var states = new ArrayList<String>();
    boolean[] both = {false, true};
    for (boolean archived : both) {
      for (boolean seen : both) {
        for (boolean read : both) {
          if (query.wants(seen, read, archived)) {
            states.add(letters(archived, seen, read));
          }
        }
      }
    }
    return states;
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
