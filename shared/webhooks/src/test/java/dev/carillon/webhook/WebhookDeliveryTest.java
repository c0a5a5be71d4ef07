package dev.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WebhookDeliveryTest {
  private static final Instant LATER = Hooks.NOON.plus(Duration.ofDays(90));
  private static final WebhookEvent EVENT = Hooks.event(WebhookEventType.MESSAGE_READ);

  private static WebhookDelivery delivery() {
    return WebhookDelivery.of(EVENT, Hooks.ENDPOINT, Hooks.NOON);
  }

  private static WebhookDelivery tried(WebhookDelivery delivery, WebhookAnswer answer) {
    Instant now = delivery.due().orElse(Hooks.NOON);
    return delivery.after(Hooks.made(answer, now), now);
  }

  private static WebhookDelivery dropped() {
    WebhookDelivery delivery = delivery();
    while (delivery.due().isPresent()) {
      delivery = tried(delivery, Hooks.status(500));
    }
    return delivery;
  }

  @Test
  void an_event_is_tried_at_once_and_ends_when_it_is_taken() {
    assertThat(delivery().due()).contains(Hooks.NOON);
    var taken = tried(delivery(), Hooks.status(200));
    assertThat(taken.state()).isEqualTo(new WebhookDelivery.State.Taken(Hooks.NOON));
    assertThat(taken.due()).isEmpty();
    assertThat(taken.tries()).hasSize(1);
  }

  @Test
  void an_event_is_tried_8_times_and_then_dropped() {
    assertThat(dropped().tries()).hasSize(8);
    assertThat(dropped().state()).isInstanceOf(WebhookDelivery.State.Dropped.class);
  }

  @Test
  void an_endpoint_that_is_down_for_three_days_is_still_tried_after_them() {
    var last = dropped().tries().getLast().at();
    assertThat(last).isAfter(Hooks.NOON.plus(Duration.ofDays(3)));
    assertThat(last).isBefore(Hooks.NOON.plus(Duration.ofDays(4)));
  }

  @Test
  void waits_grow_and_are_lengthened_by_a_fifth_at_most() {
    var waits = List.of(10, 60, 600, 3_600, 21_600, 86_400, 172_800);
    for (int event = 0; event < 200; event++) {
      for (int tries = 1; tries < WebhookRetry.MAX_TRIES; tries++) {
        Instant next =
            WebhookRetry.next(Hooks.ENDPOINT, "evt_" + event, tries, Hooks.status(500), Hooks.NOON)
                .orElseThrow();
        long least = waits.get(tries - 1) * 1_000L;
        assertThat(Duration.between(Hooks.NOON, next).toMillis())
            .isBetween(least, least + least / 5);
      }
    }
  }

  @Test
  void events_that_failed_together_do_not_come_back_together() {
    assertThat(
            IntStream.range(0, 100)
                .mapToObj(
                    i ->
                        WebhookRetry.next(
                            Hooks.ENDPOINT, "evt_" + i, 5, Hooks.status(500), Hooks.NOON))
                .distinct())
        .hasSizeGreaterThan(95);
  }

  @Test
  void an_endpoint_that_asks_to_be_left_alone_is_for_two_days_at_most() {
    assertThat(next(Hooks.status(429, Duration.ofHours(2))))
        .isEqualTo(Hooks.NOON.plus(Duration.ofHours(2)));
    assertThat(next(Hooks.status(503, Duration.ofDays(365))))
        .isEqualTo(Hooks.NOON.plus(Duration.ofHours(48)));
    assertThat(next(Hooks.status(503, Duration.ofSeconds(1)))).isEqualTo(next(Hooks.status(500)));
  }

  private static Instant next(WebhookAnswer answer) {
    return WebhookRetry.next(Hooks.ENDPOINT, "evt_1", 1, answer, Hooks.NOON).orElseThrow();
  }

  @Test
  void redirects_errors_and_silence_are_tried_again_and_gone_is_not() {
    for (int status : new int[] {301, 302, 307, 400, 401, 404, 413, 429, 500, 502, 503, 504}) {
      assertThat(tried(delivery(), Hooks.status(status)).due()).as("%d", status).isPresent();
    }
    for (WebhookAnswer.Why why : WebhookAnswer.Why.values()) {
      assertThat(tried(delivery(), new WebhookAnswer.Silence(why)).due()).isPresent();
    }
    assertThat(tried(delivery(), Hooks.status(410)).state())
        .isInstanceOf(WebhookDelivery.State.Dropped.class);
  }

  @Test
  void a_late_answer_to_what_has_ended_is_logged_and_no_more() {
    var taken = tried(delivery(), Hooks.status(200));
    var late = tried(taken, Hooks.status(500));
    assertThat(late.state()).isEqualTo(taken.state());
    assertThat(late.tries()).hasSize(2);
  }

  @Test
  void a_replayed_event_is_tried_anew_under_its_id_and_keeps_its_log() {
    Instant later = Hooks.NOON.plus(Duration.ofDays(30));
    var replayed = dropped().replayed(later);
    assertThat(replayed.due()).contains(later);
    assertThat(replayed.event().id()).isEqualTo(EVENT.id());
    WebhookDelivery again = replayed;
    while (again.due().isPresent()) {
      again = tried(again, Hooks.status(500));
    }
    assertThat(again.tries()).hasSize(16);
    assertThat(delivery().replayed(later)).as("it is to be tried anyway").isEqualTo(delivery());
  }

  @Test
  void the_log_of_one_event_is_bounded() {
    WebhookDelivery delivery = dropped();
    for (int i = 0; i < 20; i++) {
      delivery = tried(delivery.replayed(Hooks.NOON), Hooks.status(200 + i));
    }
    for (int i = 0; i < 40; i++) {
      delivery = tried(delivery.replayed(Hooks.NOON), Hooks.status(200));
    }
    assertThat(delivery.tries()).hasSize(WebhookDelivery.MAX_TRIES);
  }

  @Test
  void a_replay_selects_what_it_says() {
    var log = new ArrayList<WebhookDelivery>();
    log.add(delivery());
    log.add(tried(delivery(), Hooks.status(200)));
    log.add(dropped());
    assertThat(log).filteredOn(new Replay.EverythingSince(Hooks.NOON, LATER)::selects).hasSize(2);
    assertThat(log)
        .filteredOn(new Replay.EverythingSince(Hooks.NOON.plusNanos(1), LATER)::selects)
        .isEmpty();
    assertThat(log)
        .filteredOn(new Replay.DroppedSince(Hooks.NOON, LATER)::selects)
        .containsExactly(dropped());
  }

  @Test
  void a_replay_leaves_alone_what_ended_after_it_was_asked_for() {
    var taken = tried(delivery(), Hooks.status(200));
    assertThat(new Replay.EverythingSince(Hooks.NOON, Hooks.NOON).selects(taken)).isFalse();
    assertThat(new Replay.DroppedSince(Hooks.NOON, Hooks.NOON).selects(dropped())).isFalse();
  }

  @Test
  void what_is_on_its_way_to_an_endpoint_that_was_given_up_is_dropped_and_can_be_replayed() {
    var ended = delivery().dropped(Hooks.NOON);
    assertThat(ended.due()).isEmpty();
    assertThat(new Replay.DroppedSince(Hooks.NOON, LATER).selects(ended)).isTrue();
    var taken = tried(delivery(), Hooks.status(200));
    assertThat(taken.dropped(Hooks.NOON)).isEqualTo(taken);
  }

  @Test
  void what_an_endpoint_answers_is_kept_in_part() {
    var answer =
        new WebhookAnswer.Status(
            500, "x".repeat(511) + "🎉" + "y".repeat(10_000), Optional.empty());
    assertThat(answer.body()).isEqualTo("x".repeat(511));
  }
}
