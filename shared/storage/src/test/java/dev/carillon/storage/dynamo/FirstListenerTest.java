package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Listener;
import dev.carillon.memory.MutableClock;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.dynamo.waiting.DynamoListeners;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Instances remember for whom nobody waits, and who waits is heard all the same. */
class FirstListenerTest {
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final Set<String> SOURCE = Set.of("source:shop:ordered");

  private final EnvironmentId environment =
      new EnvironmentId("first" + UUID.randomUUID().toString().substring(0, 8));
  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final DynamoTable table = LocalTable.table(clock);
  private final List<Duration> pauses = new ArrayList<>();
  private final DynamoListeners publisher = new DynamoListeners(table, this::pass);

  private void pass(Duration pause) {
    pauses.add(pause);
    clock.advance(pause);
  }

  private Listener listener(Instant until) {
    return new Listener(
        ADA,
        SOURCE.iterator().next(),
        TriggerId.of(clock.instant(), "call"),
        Optional.empty(),
        "wait",
        0,
        1,
        until);
  }

  @Test
  void the_first_who_listens_for_a_source_waits_until_nobody_remembers_that_there_was_none() {
    assertThat(publisher.awaited(environment, ADA, SOURCE)).isEmpty();
    var other = new DynamoListeners(table, this::pass);
    other.add(environment, listener(clock.instant().plusSeconds(600)));
    assertThat(publisher.awaited(environment, ADA, SOURCE)).isEqualTo(SOURCE);
    assertThat(pauses).hasSize(1);
  }

  @Test
  void until_it_is_heard_it_does_not_listen() {
    publisher.awaited(environment, ADA, SOURCE);
    Listener listener = listener(clock.instant().plusSeconds(600));
    new DynamoListeners(
            table,
            pause -> {
              assertThat(publisher.of(environment, ADA, listener.source())).isEmpty();
              pass(pause);
            })
        .add(environment, listener);
    assertThat(publisher.of(environment, ADA, listener.source())).containsExactly(listener);
  }

  @Test
  void whoever_listens_for_it_later_does_not_wait() {
    publisher.add(environment, listener(clock.instant().plusSeconds(600)));
    publisher.add(environment, listener(clock.instant().plusSeconds(900)));
    clock.advance(Duration.ofHours(1));
    new DynamoListeners(table, this::pass)
        .add(environment, listener(clock.instant().plus(Duration.ofDays(30))));
    assertThat(pauses).hasSize(1);
    clock.advance(Duration.ofDays(29));
    assertThat(publisher.awaited(environment, ADA, SOURCE)).isEqualTo(SOURCE);
  }

  @Test
  void when_nobody_has_listened_for_long_the_next_is_a_first_one_again() {
    publisher.add(environment, listener(clock.instant().plusSeconds(600)));
    clock.advance(Duration.ofDays(30));
    assertThat(publisher.awaited(environment, ADA, SOURCE)).isEmpty();
    publisher.add(environment, listener(clock.instant().plusSeconds(600)));
    assertThat(pauses).hasSize(2);
    assertThat(publisher.awaited(environment, ADA, SOURCE)).isEqualTo(SOURCE);
  }
}
