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

  public static FeedCounts of(Feeds feeds, FeedQuery query) {
    return new FeedCounts(
        feeds.count(query),
        feeds.count(query.withStatus(Status.UNREAD)),
        feeds.count(query.withStatus(Status.UNSEEN)));
  }

  /** As clients read them. */
  public Json.Obj json() {
    return Json.object()
        .with("total_count", Json.of(total))
        .with("unread_count", Json.of(unread))
        .with("unseen_count", Json.of(unseen));
  }
}
