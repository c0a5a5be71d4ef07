package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listener;
import dev.carillon.event.Listeners;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class ListenersContract {
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final String SOURCE = "message:new-comment:read";

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Listeners listeners;

  protected abstract Listeners listeners(MutableClock clock);

  @BeforeEach
  void prepare() {
    listeners = listeners(clock);
  }

  @Test
  void a_listener_is_found_whole_until_it_is_removed() {
    Listener listener = listener(ADA, SOURCE, Samples.triggerId(Samples.NOW));
    listeners.add(environment, listener);
    listeners.add(environment, listener);
    assertThat(listeners.of(environment, ADA, SOURCE)).containsExactly(listener);
    listeners.remove(environment, listener);
    listeners.remove(environment, listener);
    assertThat(listeners.of(environment, ADA, SOURCE)).isEmpty();
  }

  @Test
  void one_without_a_tenant_is_found_so() {
    Listener listener =
        new Listener(
            ADA,
            SOURCE,
            Samples.triggerId(Samples.NOW),
            Optional.empty(),
            "w",
            0,
            -3,
            Samples.later(60));
    listeners.add(environment, listener);
    assertThat(listeners.of(environment, ADA, SOURCE)).containsExactly(listener);
  }

  @Test
  void only_those_of_the_recipient_the_source_and_the_environment_are_found() {
    TriggerId trigger = Samples.triggerId(Samples.NOW);
    var sources = List.of("source:s", "source:s:", "source:s:e", "source:s#e", "source:s:e2", "x");
    for (String id : Samples.IDS) {
      for (String source : sources) {
        listeners.add(environment, listener(RecipientId.user(id), source, trigger));
        listeners.add(environment, listener(new RecipientId("things", id), source, trigger));
      }
    }
    for (String id : Samples.IDS) {
      for (String source : sources) {
        assertThat(listeners.of(environment, RecipientId.user(id), source))
            .containsExactly(listener(RecipientId.user(id), source, trigger));
        assertThat(listeners.of(environment, new RecipientId("things", id), source)).hasSize(1);
      }
    }
    assertThat(listeners.of(Samples.environment(), RecipientId.user("user_1"), "x")).isEmpty();
    assertThat(listeners.of(environment, RecipientId.user("user_1"), "source")).isEmpty();
  }

  @Test
  void what_is_awaited_is_what_any_run_of_the_recipient_listens_for() {
    TriggerId trigger = Samples.triggerId(Samples.NOW);
    var sources = List.of("source:a b#c%:é", "message:new-comment:read", "recipient:updated");
    assertThat(listeners.awaited(environment, ADA, Set.copyOf(sources))).isEmpty();
    for (String source : sources) {
      listeners.add(environment, listener(ADA, source, trigger));
      listeners.add(environment, listener(ADA, source, Samples.triggerId(Samples.later(1))));
    }
    listeners.add(environment, listener(RecipientId.user("ada2"), "x", trigger));
    listeners.add(environment, listener(new RecipientId("things", "ada"), "y", trigger));
    assertThat(listeners.awaited(environment, ADA, Set.copyOf(sources)))
        .containsExactlyInAnyOrderElementsOf(sources);
    assertThat(listeners.awaited(environment, ADA, Set.of(sources.getLast(), "x", "y", "z")))
        .containsExactly(sources.getLast());
    listeners.remove(environment, listener(ADA, sources.getFirst(), trigger));
    assertThat(listeners.awaited(environment, ADA, Set.copyOf(sources))).hasSize(3);
    assertThat(listeners.awaited(Samples.environment(), ADA, Set.copyOf(sources))).isEmpty();
  }

  @Test
  void the_earliest_trigger_comes_first() {
    var expected = new ArrayList<Listener>();
    for (int i = 0; i < 30; i++) {
      expected.add(listener(ADA, SOURCE, Samples.triggerId(Samples.later(i))));
    }
    for (int i = 0; i < 30; i++) {
      listeners.add(environment, expected.get((i * 7) % 30));
    }
    assertThat(listeners.of(environment, ADA, SOURCE)).isEqualTo(expected);
  }

  @Test
  void two_waits_of_one_run_are_two() {
    Listener first = listener(ADA, SOURCE, Samples.triggerId(Samples.NOW));
    Listener second = again(first, "wait_2", 1);
    listeners.add(environment, first);
    listeners.add(environment, second);
    assertThat(listeners.of(environment, ADA, SOURCE)).containsExactly(first, second);
    assertThat(listeners.claim(environment, first, event("e"))).contains(event("e"));
    assertThat(listeners.claimed(environment, second)).isEmpty();
    listeners.remove(environment, first);
    assertThat(listeners.of(environment, ADA, SOURCE)).containsExactly(second);
  }

  @Test
  void the_first_event_is_the_one_that_was_claimed() {
    Listener listener = listener(ADA, SOURCE, Samples.triggerId(Samples.NOW));
    listeners.add(environment, listener);
    assertThat(listeners.claimed(environment, listener)).isEmpty();
    assertThat(listeners.claim(environment, listener, event("one"))).contains(event("one"));
    assertThat(listeners.claim(environment, listener, event("two"))).contains(event("one"));
    assertThat(listeners.claim(environment, listener, event("one"))).contains(event("one"));
    assertThat(listeners.claimed(environment, listener)).contains(event("one"));
    // It still listens, as long as nobody removes it.
    assertThat(listeners.of(environment, ADA, SOURCE)).containsExactly(listener);
  }

  @Test
  void what_is_added_again_keeps_what_it_claimed() {
    Listener listener = listener(ADA, SOURCE, Samples.triggerId(Samples.NOW));
    listeners.add(environment, listener);
    listeners.claim(environment, listener, event("one"));
    listeners.add(environment, listener);
    assertThat(listeners.claimed(environment, listener)).contains(event("one"));
    assertThat(listeners.claim(environment, listener, event("two"))).contains(event("one"));
  }

  @Test
  void the_latest_generation_of_a_wait_is_the_one_that_is_found() {
    Listener first = listener(ADA, SOURCE, Samples.triggerId(Samples.NOW));
    Listener second = again(first, first.waitId(), 2);
    listeners.add(environment, first);
    listeners.add(environment, second);
    listeners.add(environment, first);
    assertThat(listeners.of(environment, ADA, SOURCE)).containsExactly(second);
  }

  @Test
  void nothing_is_claimed_where_nobody_listens_any_more() {
    Listener listener = listener(ADA, SOURCE, Samples.triggerId(Samples.NOW));
    assertThat(listeners.claim(environment, listener, event("one"))).isEmpty();
    listeners.add(environment, listener);
    listeners.claim(environment, listener, event("one"));
    listeners.remove(environment, listener);
    assertThat(listeners.claimed(environment, listener)).isEmpty();
    assertThat(listeners.claim(environment, listener, event("two"))).isEmpty();
    assertThat(listeners.of(environment, ADA, SOURCE)).isEmpty();
  }

  @Test
  void a_listener_is_forgotten_a_day_after_it_stopped_waiting() {
    Listener listener = listener(ADA, SOURCE, Samples.triggerId(Samples.NOW));
    listeners.add(environment, listener);
    listeners.claim(environment, listener, event("one"));
    clock.set(listener.until().plus(Duration.ofDays(1)).minusSeconds(1));
    assertThat(listeners.of(environment, ADA, SOURCE)).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    assertThat(listeners.of(environment, ADA, SOURCE)).isEmpty();
    assertThat(listeners.claimed(environment, listener)).isEmpty();
    assertThat(listeners.claim(environment, listener, event("two"))).isEmpty();
  }

  @Test
  void of_events_that_come_at_once_one_is_claimed_and_all_learn_which() throws Exception {
    for (int round = 0; round < 10; round++) {
      Listener listener = listener(ADA, SOURCE, Samples.triggerId(Samples.NOW));
      listeners.add(environment, listener);
      var next = new AtomicInteger();
      List<Optional<Event>> claimed =
          Race.run(
              4, () -> listeners.claim(environment, listener, event("e" + next.getAndIncrement())));
      assertThat(claimed).containsOnly(listeners.claimed(environment, listener));
      assertThat(claimed.getFirst()).isPresent();
    }
  }

  private static Event event(String id) {
    return new Event(id, ADA, SOURCE, Json.object().with("status", "read").with("id", id));
  }

  private static Listener listener(RecipientId recipient, String source, TriggerId trigger) {
    return new Listener(
        recipient,
        source,
        trigger,
        Optional.of(new TenantId("acme")),
        "wait_1",
        1,
        29_000_000,
        Samples.later(3_600));
  }

  private static Listener again(Listener listener, String waitId, int generation) {
    return new Listener(
        listener.recipient(),
        listener.source(),
        listener.trigger(),
        listener.tenant(),
        waitId,
        generation,
        listener.minute(),
        listener.until().plusSeconds(generation));
  }
}
