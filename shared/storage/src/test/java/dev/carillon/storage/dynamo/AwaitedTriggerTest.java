package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.Retention;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Samples;
import dev.carillon.storage.dynamo.run.DynamoTriggers;
import dev.carillon.trigger.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who is told of a trigger before it is there waits for it, and not for long. */
class AwaitedTriggerTest {
  private final DynamoTable table = LocalTable.table(new MutableClock(Samples.NOW));
  private final Trigger trigger = Samples.trigger(Samples.environment(), Samples.NOW);
  private final List<Duration> pauses = new ArrayList<>();

  private DynamoTriggers looking(Consumer<Duration> pause) {
    return new DynamoTriggers(table, Retention.days(30), pause);
  }

  private Optional<Trigger> awaited(DynamoTriggers triggers) {
    return triggers.awaited(trigger.environment(), trigger.id());
  }

  private void accept() {
    looking(pauses::add).accept(trigger, Optional.empty(), Samples.NOW);
  }

  @Test
  void what_is_there_is_not_waited_for() {
    accept();
    assertThat(awaited(looking(pauses::add))).contains(trigger);
    assertThat(pauses).isEmpty();
  }

  @Test
  void what_is_stored_while_it_is_waited_for_is_found() {
    var triggers =
        looking(
            pause -> {
              pauses.add(pause);
              if (pauses.size() == 3) {
                accept();
              }
            });
    assertThat(awaited(triggers)).contains(trigger);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void what_never_comes_is_waited_for_no_longer_than_a_fifth_of_a_second() {
    assertThat(awaited(looking(pauses::add))).isEmpty();
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofMillis(200));
  }
}
