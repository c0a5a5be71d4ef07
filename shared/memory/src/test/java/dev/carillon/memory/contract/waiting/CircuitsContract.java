package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.Circuit;
import dev.carillon.channel.Circuits;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class CircuitsContract {
  private static final ChannelId MAIL = new ChannelId(new UUID(1, 2));

  private final EnvironmentId environment = Samples.environment();
  private Circuits circuits;

  protected abstract Circuits circuits(MutableClock clock);

  @BeforeEach
  void prepare() {
    circuits = circuits(new MutableClock(Samples.NOW));
  }

  @Test
  void nothing_speaks_against_a_provider_that_is_not_known() {
    assertThat(circuits.find(environment, MAIL)).isEqualTo(Circuit.CLOSED);
  }

  @Test
  void what_is_stored_is_found_with_the_next_revision() {
    Circuit open = Circuit.CLOSED;
    for (int i = 1; i <= Circuit.MOST_FAILURES; i++) {
      Circuit next = open.failed(Samples.later(i));
      assertThat(circuits.save(environment, MAIL, next)).isTrue();
      open = circuits.find(environment, MAIL);
      assertThat(open).isEqualTo(next.stored());
    }
    assertThat(open.isOpen()).isTrue();
    assertThat(circuits.save(environment, MAIL, open.closed())).isTrue();
    assertThat(circuits.find(environment, MAIL)).isEqualTo(open.closed().stored());
  }

  @Test
  void who_read_it_before_somebody_else_stored_it_stores_nothing() {
    Circuit first = Circuit.CLOSED.failed(Samples.NOW);
    circuits.save(environment, MAIL, first);
    assertThat(circuits.save(environment, MAIL, first)).isFalse();
    assertThat(circuits.find(environment, MAIL)).isEqualTo(first.stored());
  }

  @Test
  void of_many_at_once_one_may_try() throws Exception {
    Circuit open = new Circuit(0, Samples.NOW, java.util.Optional.of(Samples.later(30)), 1, 0);
    circuits.save(environment, MAIL, open);
    Circuit tried = circuits.find(environment, MAIL).tried(Samples.later(31));
    assertThat(Race.run(8, () -> circuits.save(environment, MAIL, tried))).containsOnlyOnce(true);
  }

  @Test
  void channels_and_environments_have_circuits_of_their_own() {
    circuits.save(environment, MAIL, Circuit.CLOSED.failed(Samples.NOW));
    assertThat(circuits.find(environment, Samples.FEED)).isEqualTo(Circuit.CLOSED);
    assertThat(circuits.find(Samples.environment(), MAIL)).isEqualTo(Circuit.CLOSED);
  }
}
