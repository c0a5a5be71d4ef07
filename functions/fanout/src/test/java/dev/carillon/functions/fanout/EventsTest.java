package dev.carillon.functions.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.memory.events.EventPayloads;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run.State;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.time.RepeatRule;
import dev.carillon.time.RepeatRule.Frequency;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  private static final String EXPECTED =
      """
      queue-fanout, 2, ''
      queue-fanout-bulk-unknown, 0, ''
      queue-fanout-bus-event, 0, ''
      queue-fanout-cancel, 1, ''
      queue-fanout-cancel-all, 2, ''
      queue-fanout-erase, 1, ''
      queue-fanout-mark-unknown, 0, ''
      queue-fanout-occur, 1, ''
      queue-fanout-occur-stale, 0, ''
      queue-fanout-occur-unknown-schedule, 0, ''
      queue-fanout-poison, 2, '{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975710001"}'
      queue-fanout-source-event-unknown, 0, ''
      queue-fanout-unknown-trigger, 1, ''
      """;

  private final FanoutFixture hall = new FanoutFixture();

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, int tasks, String failures) throws IOException {
    hall.given(List.of(FanoutFixture.named("ellie"), FanoutFixture.named("alan")));
    hall.run("ellie", new State.Waiting(FanoutFixture.waiting()));
    hall.run("alan", new State.Waiting(FanoutFixture.waiting()));
    hall.workflow();
    hall.ports.schedules().save(schedule());
    assertThat(
            EventPayloads.play(
                event, (in, out) -> new FanoutHandler(hall.ports).handleRequest(in, out, null)))
        .isEqualTo(EventPayloads.batchAnswer(failures));
    assertThat(hall.ports.tasks().queued()).hasSize(tasks);
    assertThat(hall.known(RecipientId.user("ellie"))).isEmpty();
  }

  /** Due just now. */
  private Schedule schedule() {
    var daily = new RepeatRule(Frequency.DAILY, 1, Set.of(), OptionalInt.empty(), 9, 1);
    Instant now = hall.clock.instant();
    return FanoutFixture.schedule(
            ScheduleId.of("the first schedule", 0),
            List.of(daily),
            Optional.empty(),
            Optional.empty(),
            now)
        .planned(Optional.of(now));
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("queue-fanout", EXPECTED);
  }
}
