package dev.carillon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.storage.FakeAws.Answer;
import dev.carillon.timer.Minutes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class SchedulerMinuteSchedulesTest {
  private static final Instant DUE = Instant.parse("2026-02-14T09:30:00Z");
  private static final Answer CREATED =
      Answer.ok(Json.object().with("ScheduleArn", "arn:schedule"));

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-05T09:00:00Z"));

  private SchedulerMinuteSchedules schedules(FakeAws aws) {
    return new SchedulerMinuteSchedules(
        aws.clients().scheduler(), "carillon", "arn:role", "arn:queue", clock);
  }

  @Test
  void a_minute_gets_one_schedule_some_minutes_early() throws Exception {
    try (var aws = new FakeAws(_ -> CREATED)) {
      var schedules = schedules(aws);
      schedules.ensure(Minutes.of(DUE));
      schedules.ensure(Minutes.of(DUE));
      assertThat(aws.asked()).hasSize(1);
      var asked = aws.asked().getFirst();
      assertThat(asked.method()).isEqualTo("POST");
      assertThat(asked.path()).isEqualTo("/schedules/due-20260214T0930");
      assertThat(asked.body())
          .isEqualTo(
              Json.object()
                  .with("ActionAfterCompletion", "DELETE")
                  .with("FlexibleTimeWindow", Json.object().with("Mode", "OFF"))
                  .with("GroupName", "carillon")
                  .with("ScheduleExpression", "at(2026-02-14T09:25:00)")
                  .with("ScheduleExpressionTimezone", "UTC")
                  .with(
                      "Target",
                      Json.object()
                          .with("Arn", "arn:queue")
                          .with("Input", "{\"type\":\"drain.v1\",\"minute\":29517690}")
                          .with("RoleArn", "arn:role")));
    }
  }

  @Test
  void a_schedule_that_exists_is_as_good_as_a_new_one() throws Exception {
    try (var aws = new FakeAws(_ -> Answer.error(409, "ConflictException"))) {
      var schedules = schedules(aws);
      schedules.ensure(Minutes.of(DUE));
      schedules.ensure(Minutes.of(DUE));
      assertThat(aws.asked()).hasSize(1);
    }
  }

  @Test
  void a_minute_that_is_near_gets_a_schedule_that_is_not_past() throws Exception {
    try (var aws = new FakeAws(_ -> CREATED)) {
      clock.set(DUE.minus(Duration.ofMinutes(3)));
      schedules(aws).ensure(Minutes.of(DUE));
      assertThat(aws.asked().getFirst().body().text("ScheduleExpression"))
          .contains("at(2026-02-14T09:28:00)");
    }
  }

  @Test
  void a_schedule_that_could_not_be_made_is_tried_again() throws Exception {
    try (var aws = new FakeAws(_ -> Answer.error(400, "ValidationException"))) {
      var schedules = schedules(aws);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> schedules.ensure(Minutes.of(DUE)))
            .isInstanceOf(AwsServiceException.class);
      }
      assertThat(aws.asked()).hasSize(2);
    }
  }
}
