package dev.carillon.functions.sockets;

import static dev.carillon.functions.sockets.SocketsFixture.CONNECTION;
import static dev.carillon.functions.sockets.SocketsFixture.DEVELOPMENT;
import static dev.carillon.functions.sockets.SocketsFixture.FEED;
import static dev.carillon.functions.sockets.SocketsFixture.WATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.socket.Connection;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import dev.carillon.task.BroadcastTask;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinFeedTest {
  private final SocketsFixture pier = new SocketsFixture();

  @BeforeEach
  void connect() {
    assertThat(pier.connect()).isEqualTo(200);
  }

  @Test
  void who_joins_watches_with_the_filters_of_each_view_and_is_greeted_a_moment_later() {
    assertThat(pier.join(7, "{'client_a':{'tenant':'t1'},'client_b':{'archived':'exclude'}}"))
        .isEqualTo("ok");
    assertThat(pier.ports.connections().watchers(WATCHED))
        .singleElement()
        .satisfies(
            watcher -> {
              assertThat(watcher.connection()).isEqualTo(CONNECTION);
              assertThat(watcher.references())
                  .containsEntry("client_a", Json.object().with("tenant", "t1"))
                  .containsEntry("client_b", Json.object().with("archived", "exclude"));
              assertThat(watcher.until()).isEqualTo(SocketsFixture.START.plus(Connection.LONGEST));
            });
    assertThat(pier.ports.tasks().sent())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.task()).isEqualTo(new BroadcastTask.Greet(WATCHED, CONNECTION));
              assertThat(sent.delay()).isEqualTo(Duration.ofSeconds(1));
            });
  }

  @Test
  void a_client_without_names_for_views_has_one_with_the_filters_alone() {
    assertThat(pier.join(7, "{'tenant':'t1','trigger_data':{'x':1}}")).isEqualTo("ok");
    assertThat(pier.ports.connections().watchers(WATCHED).getFirst().references())
        .containsOnlyKeys(Watcher.NAMELESS);
  }

  @Test
  void several_feeds_can_be_watched_on_one_socket() {
    assertThat(pier.join(7, "{}")).isEqualTo("ok");
    assertThat(pier.say("['9','9','feeds:%s:a:b:c','phx_join',{}]".formatted(FEED)))
        .isEqualTo("ok");
    assertThat(pier.ports.connections().isWatched(WATCHED)).isTrue();
    assertThat(pier.ports.connections().isWatched(new WatchedFeed(DEVELOPMENT, FEED, "a:b:c")))
        .isTrue();
    pier.disconnect();
    assertThat(pier.ports.connections().known()).isZero();
  }

  @Test
  void a_leave_that_comes_after_a_later_join_ends_nothing() {
    pier.join(7, "{'client_a':{}}");
    pier.join(12, "{'client_a':{},'client_b':{}}");
    assertThat(pier.say("['7','13','%s','phx_leave',{}]".formatted(SocketsFixture.TOPIC)))
        .isEqualTo("ok");
    assertThat(pier.ports.connections().watchers(WATCHED).getFirst().references()).hasSize(2);
    assertThat(pier.say("['12','14','%s','phx_leave',{}]".formatted(SocketsFixture.TOPIC)))
        .isEqualTo("ok");
    assertThat(pier.ports.connections().isWatched(WATCHED)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'client_a':{'status':'new'}}",
        "{'client_a':{'inserted_at.gt':'yesterday'}}",
        "{'client_a':{},'client_b':{'tenant':'a#b'}}",
        "{'client_a':{'trigger_data':{'x':{'y':1}}}}"
      })
  void a_filter_that_the_feed_would_refuse_is_refused(String payload) {
    assertThat(pier.join(7, payload)).isEqualTo("error");
    assertThat(pier.ports.connections().isWatched(WATCHED)).isFalse();
    assertThat(pier.ports.tasks().sent()).isEmpty();
  }

  @Test
  void so_many_views_and_bytes_and_no_more_are_stored_with_a_connection() {
    var views =
        IntStream.rangeClosed(0, 20)
            .mapToObj("'client_%d':{}"::formatted)
            .collect(Collectors.joining(","));
    assertThat(pier.join(7, "{" + views + "}")).isEqualTo("error");
    assertThat(pier.join(8, "{'client_a':{'x':'" + "y".repeat(17_000) + "'}}")).isEqualTo("error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"feeds:feed", "rooms:lobby", "feeds:nosuch:jhammond"})
  void a_topic_that_is_no_feed_is_refused(String topic) {
    assertThat(pier.say("['7','7','%s','phx_join',{}]".formatted(topic))).isEqualTo("error");
  }

  @Test
  void nobody_joins_on_a_connection_that_is_closed_or_over() {
    pier.disconnect();
    assertThat(pier.join(7, "{}")).isEqualTo("error");
    pier.connect();
    pier.clock.advance(Connection.LONGEST);
    assertThat(pier.join(8, "{}")).isEqualTo("error");
  }

  @Test
  void what_nobody_knows_is_answered_all_the_same() {
    assertThat(pier.say("[null,'3','x','shout',{}]")).isEqualTo("error");
  }
}
