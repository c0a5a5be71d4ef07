package dev.carillon.memory.contract.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.socket.Announcement;
import dev.carillon.socket.Connection;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.Connections;
import dev.carillon.socket.FeedReach;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class ConnectionsContract {
  private static final ChannelId CHANNEL =
      new ChannelId(UUID.fromString("0c4a3b52-8d3b-4c7e-9b40-1e5d2f7a9c02"));
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private final WatchedFeed feed = new WatchedFeed(environment, CHANNEL, "ada#%:lovelace");
  private Connections connections;

  protected abstract Connections connections(MutableClock clock);

  @BeforeEach
  void prepare() {
    connections = connections(clock);
  }

  @Test
  void a_connection_is_found_whole_until_it_is_closed() {
    var all = open(FeedReach.ALL);
    var some =
        open(
            new FeedReach(
                Optional.of(Set.of("ada", "bob")), Optional.of(Set.of(new TenantId("acme")))));
    var none = open(new FeedReach(Optional.of(Set.of()), Optional.of(Set.of())));
    for (Connection one : List.of(all, some, none)) {
      assertThat(connections.find(one.id())).contains(one);
      connections.close(one.id());
      connections.close(one.id());
      assertThat(connections.find(one.id())).isEmpty();
    }
  }

  @Test
  void a_connection_is_over_at_its_time_even_if_nobody_closed_it() {
    var connection = open(FeedReach.ALL);
    assertThat(connections.watch(feed, watcher(connection, 1))).isTrue();
    clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(connections.find(connection.id())).isPresent();
    assertThat(connections.isWatched(feed)).isTrue();
    clock.advance(Duration.ofSeconds(2));
    assertThat(connections.find(connection.id())).isEmpty();
    assertThat(connections.watchers(feed)).isEmpty();
    assertThat(connections.isWatched(feed)).isFalse();
    assertThat(connections.watch(feed, watcher(connection, 2))).isFalse();
  }

  @Test
  void watchers_of_a_feed_are_those_of_that_feed() {
    var one = watcher(open(FeedReach.ALL), 1);
    var two = watcher(open(FeedReach.ALL), 7);
    var other = new WatchedFeed(environment, CHANNEL, "ada");
    var elsewhere = new WatchedFeed(Samples.environment(), CHANNEL, feed.user());
    connections.watch(feed, one);
    connections.watch(feed, two);
    connections.watch(other, two);
    assertThat(connections.watchers(feed)).containsExactlyInAnyOrder(one, two);
    assertThat(connections.watchers(other)).containsExactly(two);
    assertThat(connections.watchers(elsewhere)).isEmpty();
    assertThat(connections.isWatched(elsewhere)).isFalse();
  }

  @Test
  void a_closed_connection_watches_nothing_any_more() {
    var connection = open(FeedReach.ALL);
    var other = new WatchedFeed(environment, CHANNEL, "bob");
    connections.watch(feed, watcher(connection, 1));
    connections.watch(other, watcher(connection, 2));
    connections.close(connection.id());
    assertThat(connections.isWatched(feed)).isFalse();
    assertThat(connections.isWatched(other)).isFalse();
    assertThat(connections.watch(feed, watcher(connection, 3))).isFalse();
    assertThat(connections.isWatched(feed)).isFalse();
  }

  @Test
  void a_later_join_takes_the_place_of_an_earlier_one_whichever_comes_first() {
    var connection = open(FeedReach.ALL);
    var later = watcher(connection, 12);
    assertThat(connections.watch(feed, later)).isTrue();
    assertThat(connections.watch(feed, watcher(connection, 9))).isFalse();
    assertThat(connections.watchers(feed)).containsExactly(later);
    connections.unwatch(feed, connection.id(), 9);
    assertThat(connections.watchers(feed)).containsExactly(later);
    assertThat(connections.watch(feed, later)).isTrue();
    connections.unwatch(feed, connection.id(), 12);
    connections.unwatch(feed, connection.id(), 12);
    assertThat(connections.watchers(feed)).isEmpty();
    assertThat(connections.find(connection.id())).isPresent();
  }

  @Test
  void a_connection_watches_so_many_feeds_and_no_more() {
    var connection = open(FeedReach.ALL);
    for (int i = 0; i < Connection.MOST_FEEDS; i++) {
      var one = new WatchedFeed(environment, CHANNEL, "user-" + i);
      assertThat(connections.watch(one, watcher(connection, i))).isTrue();
    }
    assertThat(connections.watch(feed, watcher(connection, 99))).isFalse();
    assertThat(connections.isWatched(feed)).isFalse();
    var first = new WatchedFeed(environment, CHANNEL, "user-0");
    assertThat(connections.watch(first, watcher(connection, 100))).isTrue();
  }

  @Test
  void one_feed_can_be_forgotten_of_a_connection_that_is_unknown() {
    var connection = open(FeedReach.ALL);
    var other = watcher(open(FeedReach.ALL), 1);
    connections.watch(feed, watcher(connection, 1));
    connections.watch(feed, other);
    connections.forget(feed, connection.id());
    connections.forget(feed, connection.id());
    assertThat(connections.watchers(feed)).containsExactly(other);
  }

  @Test
  void of_two_announcements_at_once_one_is_recorded() {
    assertThat(connections.announced(feed)).isEmpty();
    var first = new Announcement(Samples.NOW, item(1), Samples.NOW.minusSeconds(5));
    assertThat(connections.announce(feed, Optional.empty(), first)).isTrue();
    assertThat(connections.announced(feed)).contains(first);
    var next = first.next(Samples.NOW.plusSeconds(1), item(2));
    assertThat(connections.announce(feed, Optional.empty(), next)).isFalse();
    assertThat(connections.announce(feed, Optional.of(next), next)).isFalse();
    assertThat(connections.announced(feed)).contains(first);
    assertThat(connections.announce(feed, Optional.of(first), next)).isTrue();
    assertThat(connections.announced(feed)).contains(next);
    assertThat(connections.isWatched(feed)).isFalse();
  }

  private static MessageId item(int number) {
    var trigger = TriggerId.of(Samples.NOW, "call " + number);
    var run = RunId.of(trigger, RecipientId.user("ada"));
    return MessageId.of(Samples.NOW, run, new StepRef("feed_1"), CHANNEL);
  }

  private Connection open(FeedReach reach) {
    var connection =
        new Connection(
            new ConnectionId("L0SM9cOFvH%d-%s=".formatted(NUMBERS.incrementAndGet(), environment)),
            environment,
            "ab".repeat(32),
            reach,
            clock.instant().plus(Duration.ofHours(1)));
    connections.open(connection);
    connections.open(connection);
    return connection;
  }

  private static Watcher watcher(Connection connection, long join) {
    return new Watcher(
        connection.id(),
        "feeds:x:ada",
        join,
        Map.of(
            "client_a", Json.object().with("archived", "exclude").with("page_size", Json.of(50)),
            "client_b", Json.object()),
        connection.apiKey(),
        connection.until());
  }
}
