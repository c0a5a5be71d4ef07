package dev.carillon.functions.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.functions.broadcast.AnnounceFeed.Outcome;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.socket.PushToConnection;
import dev.carillon.task.BroadcastTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnounceFeedTest {
  private final BroadcastFixture pier = new BroadcastFixture();

  private static Json.Obj counts(int all) {
    return Json.object()
        .with("total_count", Json.of(all))
        .with("unread_count", Json.of(all))
        .with("unseen_count", Json.of(all));
  }

  @Test
  void each_view_hears_of_what_its_own_filters_want_with_their_counts() {
    var one =
        pier.watch(
            "one", "{'client_all':{},'client_t1':{'tenant':'t1'},'client_t2':{'tenant':'t2'}}");
    pier.item("t2");
    pier.clock.advance(Duration.ofMinutes(30));
    var task = pier.item("t1");
    pier.clock.advance(Duration.ofSeconds(1));
    assertThat(pier.announcing().announce(task)).isEqualTo(new Outcome.Told(1, 0));
    assertThat(JsonText.parse(pier.ports.pushToConnection().to(one).getLast()))
        .isEqualTo(
            Json.array(
                List.of(
                    Json.NULL,
                    Json.NULL,
                    Json.of("feeds:x:jhammond"),
                    Json.of("new-message"),
                    pier.told(one))));
    var told = pier.told(one);
    assertThat(told.list("attn"))
        .containsExactlyInAnyOrder(Json.of("client_all"), Json.of("client_t1"));
    assertThat(told.object("data").object("client_all").object("metadata")).isEqualTo(counts(2));
    assertThat(told.object("data").object("client_t1").object("metadata")).isEqualTo(counts(1));
    assertThat(told.text("event")).contains("new-message");
  }

  @Test
  void a_connection_whose_key_was_revoked_is_told_nothing_more_and_forgotten() {
    var one = pier.watch("one", "{'client_a':{}}");
    assertThat(pier.announcing().announce(pier.item("t1"))).isEqualTo(new Outcome.Told(1, 0));
    pier.key(true);
    pier.clock.advance(Duration.ofSeconds(2));
    assertThat(pier.announcing().announce(pier.item("t1"))).isEqualTo(new Outcome.Told(0, 1));
    assertThat(pier.ports.pushToConnection().to(one)).hasSize(1);
    assertThat(pier.ports.connections().find(one)).isEmpty();
    assertThat(pier.ports.connections().isWatched(BroadcastFixture.FEED)).isFalse();
  }

  @Test
  void a_view_without_a_name_finds_its_counts_beside_those_with_one() {
    var one = pier.watch("one", "{'':{'tenant':'t1'}}");
    pier.announcing().announce(pier.item("t1"));
    assertThat(pier.told(one).list("attn")).isEmpty();
    assertThat(pier.told(one).object("metadata")).isEqualTo(counts(1));
  }

  @Test
  void an_item_whose_task_comes_hours_late_is_told_all_the_same() {
    pier.watch("one", "{'client_a':{}}");
    var item = pier.item("t1");
    var late =
        new BroadcastTask.Announce(item.feed(), item.changed().plusSeconds(3_600), item.item());
    pier.clock.advance(Duration.ofHours(1));
    assertThat(pier.announcing().announce(late)).isEqualTo(new Outcome.Told(1, 0));
  }

  @Test
  void nobody_is_told_of_what_no_view_of_theirs_wants() {
    var one = pier.watch("one", "{'client_t1':{'tenant':'t1'}}");
    var two = pier.watch("two", "{'client_t2':{'tenant':'t2'}}");
    pier.announcing().announce(pier.item("t2"));
    assertThat(pier.ports.pushToConnection().to(one)).isEmpty();
    assertThat(pier.ports.pushToConnection().to(two)).hasSize(1);
  }

  @Test
  void a_thousand_items_within_a_second_are_told_once_or_twice() {
    var one = pier.watch("one", "{'client_a':{}}");
    var two = pier.watch("two", "{'client_b':{}}");
    var tasks = new ArrayList<BroadcastTask.Announce>();
    for (int i = 0; i < 1_000; i++) {
      pier.clock.advance(Duration.ofMillis(1));
      tasks.add(pier.item("t1"));
    }
    for (BroadcastTask.Announce task : tasks) {
      var due = task.changed().plusSeconds(1);
      if (due.isAfter(pier.clock.instant())) {
        pier.clock.set(due);
      }
      pier.announcing().announce(task);
    }
    assertThat(pier.ports.pushToConnection().to(one)).hasSizeBetween(1, 3);
    assertThat(pier.ports.pushToConnection().to(two)).hasSizeBetween(1, 3);
    assertThat(pier.told(one).object("metadata")).isEqualTo(counts(1_000));
  }

  @Test
  void what_changed_just_before_an_announcement_is_announced_by_its_own_task() {
    var one = pier.watch("one", "{'client_a':{}}");
    var first = pier.item("t1");
    pier.clock.advance(Duration.ofMillis(900));
    var second = pier.item("t1");
    pier.clock.advance(Duration.ofMillis(100));
    assertThat(pier.announcing().announce(first)).isEqualTo(new Outcome.Told(1, 0));
    pier.clock.advance(Duration.ofMillis(900));
    assertThat(pier.announcing().announce(second)).isEqualTo(new Outcome.Told(1, 0));
    assertThat(pier.ports.pushToConnection().to(one)).hasSize(2);
  }

  @Test
  void a_task_whose_worker_died_before_it_pushed_tells_all_the_same() {
    pier.watch("one", "{'client_a':{}}");
    var task = pier.item("t1");
    var other = pier.item("t1");
    pier.clock.advance(Duration.ofSeconds(1));
    PushToConnection failing =
        (_, _) -> {
          throw new IllegalStateException("throttled");
        };
    assertThatThrownBy(() -> pier.announcing(failing).announce(task)).hasMessage("throttled");
    assertThat(pier.announcing().announce(other)).isEqualTo(new Outcome.Covered());
    assertThat(pier.announcing().announce(task)).isEqualTo(new Outcome.Told(1, 0));
  }

  @Test
  void one_that_cannot_be_reached_keeps_no_other_from_being_told() {
    var broken = pier.watch("broken", "{'client_a':{}}");
    IntStream.range(0, 3).forEach(i -> pier.watch("fine-" + i, "{'client_a':{}}"));
    PushToConnection some =
        (connection, text) -> {
          if (connection.equals(broken)) {
            throw new IllegalStateException("unreachable");
          }
          return pier.ports.pushToConnection().push(connection, text);
        };
    var task = pier.item("t1");
    assertThatThrownBy(() -> pier.announcing(some).announce(task)).hasMessage("unreachable");
    assertThat(pier.ports.pushToConnection().sent()).hasSize(3);
  }

  @Test
  void a_connection_that_is_gone_is_forgotten_at_once() {
    var gone = pier.watch("gone", "{'client_a':{}}");
    var there = pier.watch("there", "{'client_a':{}}");
    pier.ports.pushToConnection().end(gone);
    assertThat(pier.announcing().announce(pier.item("t1"))).isEqualTo(new Outcome.Told(1, 1));
    assertThat(pier.ports.connections().find(gone)).isEmpty();
    assertThat(pier.ports.connections().watchers(BroadcastFixture.FEED))
        .singleElement()
        .satisfies(it -> assertThat(it.connection()).isEqualTo(there));
  }

  @Test
  void who_joins_is_told_alone_how_all_views_stand() {
    var one = pier.watch("one", "{'client_a':{},'client_t2':{'tenant':'t2'}}");
    var two = pier.watch("two", "{'client_b':{}}");
    pier.item("t1");
    assertThat(pier.announcing().greet(new BroadcastTask.Greet(BroadcastFixture.FEED, one)))
        .isEqualTo(new Outcome.Told(1, 0));
    assertThat(pier.told(one).list("attn"))
        .containsExactlyInAnyOrder(Json.of("client_a"), Json.of("client_t2"));
    assertThat(pier.told(one).object("data").object("client_t2").object("metadata"))
        .isEqualTo(counts(0));
    assertThat(pier.ports.pushToConnection().to(two)).isEmpty();
  }

  @Test
  void nobody_watches_and_nothing_happens() {
    assertThat(pier.announcing().announce(pier.item("t1"))).isEqualTo(new Outcome.Unwatched());
    assertThat(pier.ports.connections().announced(BroadcastFixture.FEED)).isEmpty();
  }
}
