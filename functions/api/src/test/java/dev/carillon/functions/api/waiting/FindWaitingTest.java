package dev.carillon.functions.api.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindWaitingTest {
  private static final EnvironmentId LOCAL = new EnvironmentId("local");
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final WaitingFilters ALL =
      new WaitingFilters(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

  private final InMemoryPorts ports = InMemoryPorts.at(new MutableClock(NOW));
  private final Counting timers = new Counting(ports.timers());
  private final FindWaiting find =
      new FindWaiting(timers, ports.runs(), ports.messages(), ports.schedules(), ports.batches());

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 50})
  void a_page_asks_for_no_more_than_it_shows(int size) {
    for (int i = 0; i < 60; i++) {
      waiting(LOCAL, i, NOW.plusSeconds(60L * i));
      waiting(new EnvironmentId("other"), i, NOW.plusSeconds(60L * i + 17));
    }
    assertThat(find.find(LOCAL, ALL, Optional.empty(), size, NOW).items()).hasSize(size);
    assertThat(timers.asked).isLessThanOrEqualTo(size + 2);
  }

  @Test
  void an_environment_in_which_nothing_waits_asks_hardly_anything() {
    for (int i = 0; i < 60; i++) {
      waiting(new EnvironmentId("other"), i, NOW.plusSeconds(60L * i));
    }
    var found = find.find(LOCAL, ALL, Optional.empty(), 50, NOW);
    assertThat(found.items()).isEmpty();
    assertThat(found.next()).isEmpty();
    assertThat(timers.asked).isLessThanOrEqualTo(2);
  }

  @Test
  void pages_hold_everything_once_in_the_order_in_which_it_is_due() {
    for (int i = 0; i < 130; i++) {
      waiting(LOCAL, i, NOW.plusSeconds(20L * i));
    }
    var found = new ArrayList<WaitingId>();
    Optional<FindWaiting.Position> after = Optional.empty();
    do {
      var page = find.find(LOCAL, ALL, after, 7, NOW);
      page.items().forEach(it -> found.add(it.id()));
      after = page.next();
    } while (after.isPresent());
    assertThat(found).hasSize(130).doesNotHaveDuplicates();
  }

  private void waiting(EnvironmentId environment, int number, Instant at) {
    var schedule =
        new Schedule(
            environment,
            ScheduleId.of("call " + environment.value(), number),
            new WorkflowKey("reminder"),
            RecipientId.user("ana"),
            List.of(),
            Optional.of(at),
            Optional.empty(),
            Json.object(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(at),
            Optional.empty(),
            0,
            NOW,
            NOW);
    ports.schedules().save(schedule);
    Schedule stored = ports.schedules().find(environment, schedule.id()).orElseThrow();
    ports.timers().put(Timer.ofSchedule(stored).orElseThrow());
  }

  /** Timers that count how often they are asked. */
  private static final class Counting implements Timers {
    private final Timers real;
    private int asked;

    Counting(Timers real) {
      this.real = real;
    }

    @Override
    public void put(Timer item) {
      real.put(item);
    }

    @Override
    public void remove(Timer item) {
      real.remove(item);
    }

    @Override
    public Page<Timer> page(long minute, int shard, Optional<String> cursor) {
      asked++;
      return real.page(minute, shard, cursor);
    }

    @Override
    public List<Timer> of(
        EnvironmentId environment, long minute, int shard, Optional<String> after, int size) {
      asked++;
      return real.of(environment, minute, shard, after, size);
    }

    @Override
    public boolean lists(Timer item) {
      asked++;
      return real.lists(item);
    }

    @Override
    public List<Long> minutes(long first, long last, int most) {
      asked++;
      return real.minutes(first, last, most);
    }

    @Override
    public List<Part> parts(EnvironmentId environment, Part first, long last, int most) {
      asked++;
      return real.parts(environment, first, last, most);
    }

    @Override
    public void note(Timer listed) {
      real.note(listed);
    }

    @Override
    public OptionalLong notedTo() {
      asked++;
      return real.notedTo();
    }

    @Override
    public void raiseNotedTo(long minute) {
      real.raiseNotedTo(minute);
    }

    @Override
    public OptionalLong watermark() {
      asked++;
      return real.watermark();
    }

    @Override
    public void raiseWatermark(long minute) {
      real.raiseWatermark(minute);
    }
  }
}
