package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.SendSlots;
import dev.carillon.channel.SendSlots.Slots;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class SendSlotsContract {
  private static final ChannelId MAIL = new ChannelId(new UUID(1, 2));
  private static final long NOW = Samples.NOW.getEpochSecond();

  private final EnvironmentId environment = Samples.environment();
  private SendSlots slots;

  protected abstract SendSlots slots(MutableClock clock);

  @BeforeEach
  void prepare() {
    slots = slots(new MutableClock(Samples.NOW));
  }

  @Test
  void a_second_gives_its_rate_and_then_the_next_does() {
    assertThat(take(5, 3, 0)).isEqualTo(new Slots(NOW, 3));
    assertThat(take(5, 3, 0)).as("what is left").isEqualTo(new Slots(NOW, 2));
    assertThat(take(5, 3, 0)).isEqualTo(new Slots(NOW + 1, 3));
    assertThat(take(5, 3, 1)).isEqualTo(new Slots(NOW + 1, 2));
  }

  @Test
  void seconds_that_passed_unused_give_nothing() {
    take(2, 1, 0);
    assertThat(take(2, 2, 100)).isEqualTo(new Slots(NOW + 100, 2));
  }

  @Test
  void a_clock_that_is_behind_gets_what_comes_later() {
    take(2, 1, 100);
    assertThat(take(2, 2, 98)).isEqualTo(new Slots(NOW + 100, 1));
  }

  @Test
  void channels_and_environments_have_slots_of_their_own() {
    take(1, 1, 0);
    assertThat(slots.take(line(environment, Samples.FEED, ""), 1, 1, Samples.NOW))
        .isEqualTo(new Slots(NOW, 1));
    assertThat(slots.take(line(Samples.environment(), MAIL, ""), 1, 1, Samples.NOW))
        .isEqualTo(new Slots(NOW, 1));
  }

  @Test
  void of_many_at_once_no_second_gives_more_than_its_rate() throws Exception {
    List<Slots> taken = Race.run(24, () -> take(10, 3, 0));
    Map<Long, Integer> given =
        taken.stream()
            .collect(Collectors.groupingBy(Slots::second, Collectors.summingInt(Slots::count)));
    assertThat(given.values()).allMatch(count -> count <= 10);
    assertThat(given).containsEntry(NOW, 10);
  }

  @Test
  void a_tenant_that_waits_in_line_keeps_no_other_waiting() {
    take("acme", 0);
    take("globex", 0);
    for (int i = 0; i < 100; i++) {
      take("acme", 0);
    }
    assertThat(take("acme", 1).second()).isGreaterThan(NOW + 8);
    assertThat(take("globex", 1)).isEqualTo(new Slots(NOW + 1, 1));
  }

  private Slots take(String tenant, long second) {
    return slots.take(line(environment, MAIL, tenant), 10, 1, Samples.later(second));
  }

  private static SendSlots.Line line(EnvironmentId environment, ChannelId channel, String tenant) {
    return new SendSlots.Line(
        environment, channel, Optional.of(tenant).filter(it -> !it.isEmpty()).map(TenantId::new));
  }

  private Slots take(int perSecond, int most, long second) {
    return slots.take(line(environment, MAIL, ""), perSecond, most, Samples.later(second));
  }
}
