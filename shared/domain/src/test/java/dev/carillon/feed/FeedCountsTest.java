package dev.carillon.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.feed.FeedQuery.Status;
import dev.carillon.page.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedCountsTest {
  private static final ItemState NEW = new ItemState(false, false, false);

  /** What counting came to, and how many items were read for it. */
  private record Counted(FeedCounts counts, int itemsRead) {}

  @Test
  void a_thousand_that_nobody_looked_at_fill_all_three_counts() {
    var query = query(Status.ALL, Archived.EXCLUDE);
    assertThat(FeedCounts.NONE.room(query, NEW)).isEqualTo(Feeds.MAX_COUNT);
    var counts = FeedCounts.NONE.plus(Feeds.MAX_COUNT, query, NEW);
    assertThat(counts).isEqualTo(new FeedCounts(1_000, 1_000, 1_000));
    assertThat(ItemState.ALL).allMatch(state -> counts.room(query, state) == 0);
  }

  @Test
  void states_looked_at_once_say_what_three_counts_say_and_take_no_more_items() {
    var random = new SplittableRandom(9);
    for (int round = 0; round < 500; round++) {
      int most = random.nextBoolean() ? 30 : 1_500;
      List<Integer> items = random.ints(ItemState.ALL.size(), 0, most).boxed().toList();
      for (Status status : Status.values()) {
        for (Archived archived : Archived.values()) {
          var query = query(status, archived);
          Counted once = byStates(query, items);
          Counted thrice = byCounts(query, items);
          assertThat(once.counts()).isEqualTo(thrice.counts());
          assertThat(once.itemsRead()).isLessThanOrEqualTo(thrice.itemsRead());
        }
      }
    }
  }

  private static Counted byStates(FeedQuery query, List<Integer> items) {
    var counts = FeedCounts.NONE;
    int read = 0;
    for (ItemState state : ItemState.ALL) {
      int some = Math.min(counts.room(query, state), items.get(ItemState.ALL.indexOf(state)));
      counts = counts.plus(some, query, state);
      read += some;
    }
    return new Counted(counts, read);
  }

  private static Counted byCounts(FeedQuery query, List<Integer> items) {
    int total = count(query, items);
    int unread = count(query.withStatus(Status.UNREAD), items);
    int unseen = count(query.withStatus(Status.UNSEEN), items);
    return new Counted(new FeedCounts(total, unread, unseen), total + unread + unseen);
  }

  private static int count(FeedQuery query, List<Integer> items) {
    int all =
        ItemState.ALL.stream()
            .filter(query::wants)
            .mapToInt(state -> items.get(ItemState.ALL.indexOf(state)))
            .sum();
    return Math.min(Feeds.MAX_COUNT, all);
  }

  private static FeedQuery query(Status status, Archived archived) {
    return new FeedQuery(
        new EnvironmentId("test"),
        "ada",
        new ChannelId(new UUID(2, 2)),
        status,
        archived,
        new FeedQuery.Tenancy.Everything(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        TimeRange.ALL);
  }
}
