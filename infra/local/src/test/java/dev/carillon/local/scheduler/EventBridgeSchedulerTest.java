package dev.carillon.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.local.engine.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

class EventBridgeSchedulerTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/wake";

  private Bench bench;
  private SchedulerClient scheduler;

  @TempDir Path data;

  @BeforeEach
  void start() {
    open();
  }

  private void open() {
    bench = new Bench(Optional.of(data));
    bench.queue("wake");
    bench.engines.schedules().group("due");
    scheduler = bench.client(SchedulerClient.builder());
  }

  @AfterEach
  void stop() {
    scheduler.close();
    bench.close();
  }

  private static Consumer<CreateScheduleRequest.Builder> schedule(String name, String expression) {
    return request ->
        request
            .name(name)
            .groupName("due")
            .scheduleExpression(expression)
            .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
            .actionAfterCompletion(ActionAfterCompletion.DELETE)
            .target(
                target ->
                    target.arn(Bench.arn("wake")).roleArn(ROLE).input("{\"type\":\"drain.v1\"}"));
  }

  private int arrived() {
    return bench.engines.queues().depths().get("wake").visible();
  }

  @Test
  void a_one_time_schedule_fires_once_at_its_minute_and_is_gone() {
    scheduler.createSchedule(schedule("due-1", "at(2026-02-14T09:10:37)"));
    assertThat(bench.engines.nextDue()).contains(Instant.parse("2026-02-14T09:10:00Z"));
    bench.clock.moveTo(Instant.parse("2026-02-14T09:09:59Z"));
    assertThat(bench.engines.fireDue()).isZero();
    bench.clock.moveTo(Instant.parse("2026-02-14T09:10:00Z"));
    assertThat(bench.engines.fireDue()).isEqualTo(1);
    assertThat(bench.engines.queues().receive("wake", 10))
        .singleElement()
        .matches(message -> message.body().equals("{\"type\":\"drain.v1\"}"));
    assertThat(bench.engines.fireDue()).isZero();
    assertThatThrownBy(
            () -> scheduler.getSchedule(request -> request.name("due-1").groupName("due")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void a_second_schedule_of_one_name_is_a_conflict_unless_the_token_is_the_same() {
    var first =
        scheduler.createSchedule(
            schedule("due-1", "at(2026-02-14T09:10:00)").andThen(r -> r.clientToken("t1")));
    var repeated =
        scheduler.createSchedule(
            schedule("due-1", "at(2026-02-14T09:10:00)").andThen(r -> r.clientToken("t1")));
    assertThat(repeated.scheduleArn())
        .isEqualTo(first.scheduleArn())
        .isEqualTo("arn:aws:scheduler:us-east-1:000000000000:schedule/due/due-1");
    assertThatThrownBy(() -> scheduler.createSchedule(schedule("due-1", "at(2026-02-14T09:10:00)")))
        .isInstanceOf(ConflictException.class);
    assertThat(bench.engines.schedules().size("due")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at(2026-02-14)",
        "at(2026-02-30T09:10:00)",
        "at(2026-02-14T09:10:00Z)",
        "rate(0 minutes)",
        "rate(5 seconds)",
        "cron(0 9 * * *)",
        "cron(0 9 1 * 2 *)",
        "cron(61 9 * * ? *)",
        "tomorrow"
      })
  void malformed_expressions_are_refused(String expression) {
    assertThatThrownBy(() -> scheduler.createSchedule(schedule("due-1", expression)))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void names_groups_windows_and_targets_are_checked() {
    var at = "at(2026-02-14T09:10:00)";
    assertThatThrownBy(() -> scheduler.createSchedule(schedule("due:1", at)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("'due:1' at 'name'");
    assertThatThrownBy(
            () -> scheduler.createSchedule(schedule("due-1", at).andThen(r -> r.groupName("no"))))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () ->
                scheduler.createSchedule(
                    schedule("due-1", at)
                        .andThen(
                            r ->
                                r.flexibleTimeWindow(
                                    window -> window.mode(FlexibleTimeWindowMode.FLEXIBLE)))))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(
            () ->
                scheduler.createSchedule(
                    schedule("due-1", at)
                        .andThen(r -> r.target(target -> target.arn("wake").roleArn(ROLE)))))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(
            () -> scheduler.deleteSchedule(request -> request.name("none").groupName("due")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void schedules_are_listed_in_pages() {
    for (var n = 0; n < 5; n++) {
      scheduler.createSchedule(schedule("due-" + n, "at(2026-02-14T09:10:00)"));
    }
    var first =
        scheduler.listSchedules(
            request -> request.groupName("due").namePrefix("due-").maxResults(3));
    var second =
        scheduler.listSchedules(
            request -> request.groupName("due").maxResults(3).nextToken(first.nextToken()));
    assertThat(first.schedules()).extracting("name").containsExactly("due-0", "due-1", "due-2");
    assertThat(second.schedules()).extracting("name").containsExactly("due-3", "due-4");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void a_rate_fires_once_however_much_time_has_passed() {
    bench
        .engines
        .schedules()
        .define(
            "default",
            "sweep",
            "rate(1 minute)",
            "UTC",
            new ScheduleTarget(Bench.arn("wake"), "{}", Optional.empty(), Optional.empty()));
    assertThat(bench.engines.fireDue()).isZero();
    bench.pass(Duration.ofHours(5));
    assertThat(bench.engines.nextDue()).isEmpty();
    assertThat(bench.engines.fireDue()).isEqualTo(1);
    assertThat(bench.engines.fireDue()).isZero();
    bench.pass(Duration.ofSeconds(59));
    assertThat(bench.engines.fireDue()).isZero();
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.engines.fireDue()).isEqualTo(1);
    assertThat(arrived()).isEqualTo(2);
  }

  @Test
  void spread_on_it_fires_later_within_the_minute() {
    bench.engines.schedules().spreadWithinMinute(true);
    scheduler.createSchedule(schedule("due-1", "at(2026-02-14T09:10:00)"));
    assertThat(bench.engines.nextDue().orElseThrow())
        .isAfter(Instant.parse("2026-02-14T09:10:00Z"))
        .isBefore(Instant.parse("2026-02-14T09:11:00Z"));
  }

  @Test
  void schedules_survive_a_restart_and_fired_ones_stay_gone() {
    scheduler.createSchedule(schedule("due-1", "at(2026-01-05T09:10:00)"));
    scheduler.createSchedule(schedule("due-2", "at(2026-03-05T09:10:00)"));
    bench.pass(Duration.ofHours(1));
    assertThat(bench.engines.fireDue()).isEqualTo(1);

    stop();
    open();

    assertThat(bench.engines.fireDue()).isZero();
    assertThat(bench.engines.schedules().size("due")).isEqualTo(1);
    assertThat(bench.clock.instant()).isEqualTo(Bench.START.plusSeconds(3600));
    assertThat(arrived()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 9 * * ? *        | 2026-01-05T09:00:00Z | UTC           | 2026-01-06T09:00:00Z",
        "0/15 * * * ? *     | 2026-01-05T09:01:00Z | UTC           | 2026-01-05T09:15:00Z",
        "30 8 ? * MON-FRI * | 2026-01-09T12:00:00Z | UTC           | 2026-01-12T08:30:00Z",
        "0 0 29 2 ? *       | 2026-01-05T09:00:00Z | UTC           | 2028-02-29T00:00:00Z",
        "30 2 * * ? *       | 2026-03-28T12:00:00Z | Europe/Berlin | 2026-03-30T00:30:00Z",
      })
  void cron_finds_its_next_time(String cron, Instant last, String zone, Instant next) {
    assertThat(CronExpression.parse(cron).orElseThrow().after(last, ZoneId.of(zone)))
        .contains(next);
  }
}
