package dev.carillon.functions.delivery;

import static dev.carillon.functions.delivery.FailoverFixture.DOWN;
import static dev.carillon.functions.delivery.FailoverFixture.MAIN;
import static dev.carillon.functions.delivery.FailoverFixture.OTHER;
import static dev.carillon.functions.delivery.FailoverFixture.SECOND;
import static dev.carillon.functions.delivery.FailoverFixture.START;
import static dev.carillon.functions.delivery.FailoverFixture.TAKEN;
import static dev.carillon.functions.delivery.FailoverFixture.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.functions.delivery.FailoverFixture.Request;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A provider is down for two hours while ten thousand messages are to go through it. */
class OutageTest {
  private static final int MESSAGES = 10_000;
  private static final Instant HEALED = START.plus(Duration.ofHours(2));

  @Test
  void once_it_is_back_all_are_delivered_and_it_was_hardly_asked_in_between() {
    var engine = new FailoverFixture(Json.Obj.EMPTY);
    engine.says(MAIN, (_, now) -> now.isBefore(HEALED) ? DOWN : TAKEN);
    List<MessageId> late = engine.queue(MAIN, MESSAGES);
    var others = new ArrayList<>(engine.queue(OTHER, 100));
    Instant amid = START.plus(Duration.ofHours(1));
    engine.until(amid);
    others.addAll(engine.queue(OTHER, 100));
    engine.untilIdle();

    assertThat(late).allMatch(id -> engine.message(id).status() == DeliveryStatus.SENT);
    assertThat(engine.requests.size() - others.size())
        .as("requests for all of them")
        .isLessThanOrEqualTo(MESSAGES + 100);
    assertThat(engine.clock.instant()).isBefore(HEALED.plus(Duration.ofMinutes(15)));
    assertThat(others).allMatch(id -> engine.asked(id).size() == 1);
    assertThat(engine.requests)
        .filteredOn(request -> request.channel().equals(OTHER))
        .as("another channel's messages go when they come")
        .allMatch(request -> request.at().equals(START) || request.at().equals(amid));
    System.out.printf(
        "outage: %d messages, %d requests, %d tasks, last after %s%n",
        MESSAGES,
        engine.requests.size() - others.size(),
        engine.ports.tasks().sent().size(),
        Duration.between(HEALED, engine.clock.instant()));
  }

  @Test
  void the_second_channel_has_them_within_a_minute_and_both_only_what_the_first_may_have_sent() {
    var engine =
        new FailoverFixture(
            FailoverFixture.withFailover().with(Channel.FAILOVER_WHEN_AMBIGUOUS, Json.FALSE));
    // Of the first requests some are never answered: those the first may have sent.
    engine.says(
        MAIN,
        (message, now) ->
            now.isBefore(HEALED)
                ? Math.floorMod(message.id().hashCode(), 2) == 0 ? UNKNOWN : DOWN
                : TAKEN);
    List<MessageId> ids = engine.queue(MAIN, MESSAGES);
    engine.until(START.plus(Duration.ofMinutes(1)));

    Map<MessageId, Set<Object>> through = new HashMap<>();
    Set<MessageId> second = new HashSet<>();
    for (Request request : engine.requests) {
      through.computeIfAbsent(request.message(), _ -> new HashSet<>()).add(request.channel());
      if (request.channel().equals(SECOND)) {
        second.add(request.message());
      }
    }
    var unknown =
        ids.stream()
            .filter(
                id ->
                    engine.message(id).attempts().stream()
                        .anyMatch(it -> it.result() instanceof Attempt.Result.Ambiguous))
            .toList();
    assertThat(unknown).isNotEmpty().hasSizeLessThan(10);
    assertThat(second).hasSize(MESSAGES - unknown.size()).doesNotContainAnyElementsOf(unknown);
    assertThat(engine.asked(MAIN)).isLessThan(10);

    engine.untilIdle();
    assertThat(unknown)
        .as("they wait for the one that may have sent them, or are given up as such")
        .allMatch(id -> !engine.asked(id).contains(SECOND));
    assertThat(ids)
        .filteredOn(id -> !unknown.contains(id))
        .allMatch(id -> engine.message(id).status() == DeliveryStatus.SENT);
  }

  @Test
  void where_the_channel_says_so_both_have_what_is_marked_ambiguous_and_nothing_else() {
    var engine =
        new FailoverFixture(
            FailoverFixture.withFailover().with(Channel.FAILOVER_WHEN_AMBIGUOUS, Json.TRUE));
    Set<MessageId> perhaps = new HashSet<>();
    engine.says(
        MAIN,
        (message, _) -> {
          boolean unknown = Math.floorMod(message.id().hashCode(), 2) == 0;
          if (unknown) {
            perhaps.add(message.id());
          }
          return unknown ? UNKNOWN : DOWN;
        });
    List<MessageId> ids = engine.queue(MAIN, 1_000);
    engine.until(START.plus(Duration.ofMinutes(1)));

    assertThat(perhaps).isNotEmpty();
    assertThat(ids).allMatch(id -> engine.message(id).status() == DeliveryStatus.SENT);
    assertThat(ids).allMatch(id -> engine.asked(id).getLast().equals(SECOND));
    assertThat(ids)
        .filteredOn(
            id ->
                engine.message(id).attempts().stream()
                    .anyMatch(it -> it.result() instanceof Attempt.Result.Ambiguous))
        .containsExactlyInAnyOrderElementsOf(perhaps);
  }
}
