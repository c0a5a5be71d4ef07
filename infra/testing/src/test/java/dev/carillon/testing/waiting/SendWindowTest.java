package dev.carillon.testing.waiting;

import static dev.carillon.testing.scenarios.EngineFixtures.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.task.DeliveryTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeProvider;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.scenarios.WindowScenarios;
import dev.carillon.timer.Minutes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** It is Monday, nine o'clock; messages are sent from noon to one, and not at all on Tuesday. */
class SendWindowTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final InProcessEngine engine =
      EngineFixtures.engine(
          "windowed",
          WindowScenarios.windowed(
              WindowScenarios.HELD_ITEM, WindowScenarios.HELD_MAIL, Scenarios.CALL));

  private void trigger(Json.Obj body) {
    assertThat(engine.call(Call.trigger("windowed", body)).ok()).isTrue();
    engine.settle();
  }

  private Message message(String step) {
    return Scenarios.messages(engine, it -> it.source().step().value().equals(step)).getFirst();
  }

  private Json.Obj feed() {
    return engine.call(Call.get("/v1/users/ana/feeds/feed")).body();
  }

  private static List<Integer> counts(Json.Obj feed) {
    return List.of("total_count", "unread_count", "unseen_count").stream()
        .map(name -> ((Json.Num) feed.object("meta").get(name).orElseThrow()).value().intValue())
        .toList();
  }

  @Test
  void a_message_waits_for_its_window() {
    trigger(EngineFixtures.to(person("ana")));
    CallAnswer shown = engine.call(Call.get("/v1/messages/" + message("email_1").id()));
    assertThat(shown.body().text("status")).contains("queued");
    assertThat(shown.body().text("scheduled_at")).contains("2026-01-05T12:00:00Z");
    assertThat(engine.ports().minuteSchedules().standing()).containsExactly(Minutes.of(NOON));

    engine.advance(Duration.between(engine.now(), NOON).minusSeconds(1));
    assertThat(engine.email().offers()).isEmpty();
    engine.advance(Duration.ofSeconds(1));

    assertThat(engine.email().accepted()).extracting(FakeProvider.Offer::at).containsExactly(NOON);
    assertThat(engine.ports().timers().all()).isEmpty();
  }

  @Test
  void the_run_goes_on_while_its_messages_wait() {
    trigger(EngineFixtures.to(person("ana")));
    assertThat(Scenarios.runs(engine)).extracting(run -> run.status()).containsExactly("completed");
    assertThat(engine.webhook().accepted()).hasSize(1);
  }

  @Test
  void an_item_that_is_held_back_comes_into_the_feed_when_its_window_opens() {
    trigger(EngineFixtures.to(person("ana")));
    assertThat(feed().list("entries")).isEmpty();
    assertThat(counts(feed())).containsExactly(0, 0, 0);
    assertThat(message("feed_1").status()).isEqualTo(DeliveryStatus.QUEUED);

    engine.advance(Duration.between(engine.now(), NOON));

    assertThat(message("feed_1").status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(EngineFixtures.texts(feed().list("entries"), "inserted_at"))
        .containsExactly("2026-01-05T12:00:00Z");
    assertThat(counts(feed())).containsExactly(1, 1, 1);
  }

  @Test
  void what_is_cancelled_before_the_window_opens_is_not_sent_and_not_shown() {
    trigger(EngineFixtures.to(person("ana")).with("cancellation_key", "k"));
    engine.call(Call.cancel("windowed", Json.object().with("cancellation_key", "k")));
    engine.advance(Duration.ofDays(1));

    assertThat(message("email_1").status()).isEqualTo(DeliveryStatus.NOT_SENT);
    assertThat(message("feed_1").status()).isEqualTo(DeliveryStatus.NOT_SENT);
    assertThat(engine.email().offers()).isEmpty();
    assertThat(feed().list("entries")).isEmpty();
    assertThat(engine.ports().timers().all()).isEmpty();
  }

  @Test
  void in_a_sandbox_a_message_is_not_sent_at_once_and_an_item_waits_for_the_window() {
    trigger(
        EngineFixtures.to(person("ana"))
            .with("settings", Json.object().with("sandbox_mode", Json.TRUE)));
    assertThat(message("email_1").status()).isEqualTo(DeliveryStatus.NOT_SENT);
    assertThat(message("email_1").scheduledAt()).contains(NOON);
    assertThat(message("feed_1").status()).isEqualTo(DeliveryStatus.QUEUED);
    engine.advance(Duration.ofDays(1));
    assertThat(message("feed_1").status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(engine.email().offers()).isEmpty();
  }

  @Test
  void messages_whose_tasks_are_all_lost_are_found_by_the_sweeper() {
    trigger(EngineFixtures.to(person("ana"), person("bob")));
    var found = NOON.plus(Duration.ofHours(1));
    engine.lose(task -> task instanceof DeliveryTask.Deliver && engine.now().isBefore(found));
    engine.advance(Duration.between(engine.now(), found).minusSeconds(1));
    assertThat(engine.email().offers()).isEmpty();
    engine.advance(Duration.ofMinutes(5));

    assertThat(engine.email().accepted())
        .extracting(offer -> offer.message().recipient().id())
        .containsExactlyInAnyOrder("ana", "bob");
    assertThat(Set.copyOf(EngineFixtures.messages(engine).stream().map(Message::status).toList()))
        .containsExactlyInAnyOrder(DeliveryStatus.SENT, DeliveryStatus.DELIVERED);
    assertThat(engine.ports().timers().all()).isEmpty();
  }
}
