package dev.carillon.feed;

import dev.carillon.feed.FeedQuery.Status;
import dev.carillon.json.Json;

/**
 * How many items of a feed there are under the same filters, each number at most {@link
 * Feeds#MAX_COUNT}.
 *
 * @param total with the status that is asked for
 * @param unread whatever status is asked for
 * @param unseen whatever status is asked for
 */
public record FeedCounts(int total, int unread, int unseen) {
  public static final FeedCounts NONE = new FeedCounts(0, 0, 0);

  /**
   * How many items of this state make a difference to what is counted so far; 0 when none does, for
   * nobody counts them or all that count them are at their end.
   */
  public int room(FeedQuery query, ItemState state) {
    int room = 0;
    if (query.wants(state)) {
      room = Feeds.MAX_COUNT - total;
    }
    if (query.withStatus(Status.UNREAD).wants(state)) {
      room = Math.max(room, Feeds.MAX_COUNT - unread);
    }
    if (query.withStatus(Status.UNSEEN).wants(state)) {
      room = Math.max(room, Feeds.MAX_COUNT - unseen);
    }
    return room;
  }

  /** With so many more items that are in this state. */
  public FeedCounts plus(int items, FeedQuery query, ItemState state) {
    return new FeedCounts(
        sum(total, items, query.wants(state)),
        sum(unread, items, query.withStatus(Status.UNREAD).wants(state)),
        sum(unseen, items, query.withStatus(Status.UNSEEN).wants(state)));
  }

  private static int sum(int count, int items, boolean counts) {
    return counts ? Math.min(Feeds.MAX_COUNT, count + items) : count;
  }

  /** As clients read them. */
  public Json.Obj json() {
    return Json.object()
        .with("total_count", Json.of(total))
        .with("unread_count", Json.of(unread))
        .with("unseen_count", Json.of(unseen));
  }
}
