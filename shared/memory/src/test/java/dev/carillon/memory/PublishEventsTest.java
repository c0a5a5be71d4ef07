package dev.carillon.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listener;
import dev.carillon.event.PublishEvents;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.runtime.Ports;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.EventSources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages and runs are told of in the tests of the functions that change them. */
class PublishEventsTest {
  private static final EnvironmentId LOCAL = new EnvironmentId("local");
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final RecipientId PROJECT = new RecipientId("projects", "p 1");

  private final InMemoryPorts ports = InMemoryPorts.at(new MutableClock(NOW));
  private final PublishEvents tell = Ports.events(ports);

  private void updatesConcern(RecipientId who) {
    ports
        .listeners()
        .add(
            LOCAL,
            new Listener(
                who,
                EventSources.recipient("updated"),
                TriggerId.of(NOW, "cause"),
                Optional.empty(),
                "w",
                0,
                0,
                NOW.plus(Duration.ofDays(1))));
  }

  private static Identification named(String... names) {
    Json.Obj properties = Json.object();
    for (String name : names) {
      properties = properties.with(name, "value");
    }
    return new Identification(properties, Optional.empty(), Map.of(), Map.of());
  }

  private List<Event> told() {
    return ports.tasks().queued().stream()
        .map(task -> (StepsTask.Match) task)
        .map(task -> new Event(task.event(), task.recipient(), task.source(), task.data()))
        .toList();
  }

  @Test
  void an_update_is_told_with_the_names_of_what_it_says_and_not_the_values() {
    updatesConcern(PROJECT);
    tell.ofRecipient(LOCAL, PROJECT, named("plan", "seats"), "req_1");
    assertThat(told())
        .containsExactly(
            new Event(
                "projects p 1 updated req_1",
                PROJECT,
                "recipient:updated",
                Json.object()
                    .with("recipient_id", "p 1")
                    .with("properties", Json.texts(List.of("plan", "seats")))));
  }

  @Test
  void an_update_that_nobody_waits_for_is_not_told() {
    updatesConcern(PROJECT);
    tell.ofRecipient(LOCAL, ADA, named("plan"), "req_1");
    tell.ofRecipient(new EnvironmentId("other"), PROJECT, named("plan"), "req_1");
    assertThat(told()).isEmpty();
  }

  @Test
  void an_identification_that_says_nothing_is_no_update() {
    updatesConcern(ADA);
    tell.ofRecipient(LOCAL, ADA, Identification.NOTHING, "req_1");
    assertThat(told()).isEmpty();
  }

  @Test
  void the_same_update_told_again_is_the_same_event() {
    updatesConcern(ADA);
    tell.ofRecipient(LOCAL, ADA, named("plan"), "req_1");
    tell.ofRecipient(LOCAL, ADA, named("plan"), "req_1");
    tell.ofRecipient(LOCAL, ADA, named("plan"), "req_2");
    assertThat(told())
        .extracting(Event::id)
        .containsExactly(
            "$users ada updated req_1", "$users ada updated req_1", "$users ada updated req_2");
  }

  @Test
  void an_event_stays_small_however_much_an_update_says() {
    updatesConcern(ADA);
    var names = IntStream.range(0, 5_000).mapToObj(i -> "p" + i).toArray(String[]::new);
    names[0] = "x".repeat(10_000);
    tell.ofRecipient(LOCAL, ADA, named(names), "req_1");
    assertThat(told().getFirst().data().list("properties")).hasSize(50);
    assertThat(told().getFirst().data().toString()).hasSizeLessThan(10_000);
  }
}
