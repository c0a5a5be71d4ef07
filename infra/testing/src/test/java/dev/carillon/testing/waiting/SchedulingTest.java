package dev.carillon.testing.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.FanoutTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeProvider;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.timer.Minutes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Workflows that run at set times. The clock starts on Monday, 5 January 2026, at nine. */
class SchedulingTest {
  private final InProcessEngine engine = EngineFixtures.engine("reminder", reminder("first"));

  @Test
  void every_other_monday_tuesday_and_friday_at_six_by_everybodys_own_clocks_for_three_weeks() {
    engine
        .ports()
        .environments()
        .put(
            InProcessEngine.ENVIRONMENT,
            new EnvironmentSettings(
                Optional.of(ZoneId.of("Europe/Berlin")), Json.Obj.EMPTY, List.of()));
    var everyOther =
        Json.object()
            .with("frequency", "weekly")
            .with("interval", Json.of(2))
            .with("days", Json.texts(List.of("mon", "tues", "fri")))
            .with("hours", Json.of(18));
    CallAnswer made =
        make(
            repeating(everyOther),
            EngineFixtures.person("ana").with("timezone", "America/New_York"),
            EngineFixtures.person("bob"));
    assertThat(made.status()).isEqualTo(200);
    engine.advance(Duration.ofDays(21));

    assertThat(times("ana"))
        .isEqualTo(
            instants(
                "2026-01-05T23:00:00Z",
                "2026-01-06T23:00:00Z",
                "2026-01-09T23:00:00Z",
                "2026-01-19T23:00:00Z",
                "2026-01-20T23:00:00Z",
                "2026-01-23T23:00:00Z"));
    assertThat(times("bob"))
        .isEqualTo(
            instants(
                "2026-01-05T17:00:00Z",
                "2026-01-06T17:00:00Z",
                "2026-01-09T17:00:00Z",
                "2026-01-19T17:00:00Z",
                "2026-01-20T17:00:00Z",
                "2026-01-23T17:00:00Z"));
    Json.Obj listed = schedule("ana");
    assertThat(listed.text("last_occurrence_at")).contains("2026-01-23T23:00:00Z");
    assertThat(listed.text("next_occurrence_at")).contains("2026-02-02T23:00:00Z");
  }

  @Test
  void a_schedule_that_is_changed_and_deleted_follows_at_once() {
    make(daily(18), EngineFixtures.person("ana"));
    engine.advance(Duration.ofDays(2));
    assertThat(times("ana")).hasSize(2);

    engine.call(Call.put("/v1/schedules", ids("ana").merged(daily(12))));
    engine.advance(Duration.ofDays(2));
    assertThat(times("ana").subList(2, 4))
        .isEqualTo(instants("2026-01-07T12:00:00Z", "2026-01-08T12:00:00Z"));

    engine.advance(Duration.between(engine.now(), Instant.parse("2026-01-09T11:59:59Z")));
    engine.call(Call.delete("/v1/schedules", ids("ana")));
    assertThat(engine.advanceUntilIdle(Duration.ofDays(3))).isTrue();
    assertThat(times("ana")).hasSize(4);
    assertThat(engine.ports().timers().all()).isEmpty();
  }

  @Test
  void a_one_off_becomes_recurring_and_back() {
    make(Json.object().with("scheduled_at", "2026-01-06T10:00:00Z"), EngineFixtures.person("ana"));
    engine.advance(Duration.ofDays(3));
    assertThat(times("ana")).isEqualTo(instants("2026-01-06T10:00:00Z"));

    engine.call(Call.put("/v1/schedules", ids("ana").merged(daily(18))));
    engine.advance(Duration.ofDays(1));
    engine.call(Call.put("/v1/schedules", ids("ana").with("scheduled_at", "2026-01-20T08:00:00Z")));
    assertThat(engine.advanceUntilIdle(Duration.ofDays(30))).isTrue();
    assertThat(times("ana"))
        .isEqualTo(
            instants("2026-01-06T10:00:00Z", "2026-01-08T18:00:00Z", "2026-01-20T08:00:00Z"));
  }

  @Test
  void a_scheduled_run_takes_the_version_that_is_current_when_it_fires() {
    make(daily(18), EngineFixtures.person("ana"));
    engine.advance(Duration.ofDays(1));
    engine.workflow("reminder", reminder("second"));
    engine.advance(Duration.ofDays(1));

    assertThat(engine.email().accepted())
        .extracting(offer -> offer.words().text("subject_line").orElse(""))
        .containsExactly("first", "second");
  }

  @Test
  void an_object_hears_by_itself_and_waits_do_not_hold_up_its_next_occurrence() {
    engine.workflow("slow", Scenarios.delayed("days", 3));
    var park =
        Json.object()
            .with("id", "nublar")
            .with("collection", "parks")
            .with("email", "nublar@example.com");
    make("slow", daily(18), park);
    engine.advance(Duration.ofDays(6));

    assertThat(Scenarios.runs(engine))
        .hasSize(6)
        .allMatch(run -> run.recipient().equals(new RecipientId("parks", "nublar")));
    assertThat(engine.email().accepted()).hasSize(3);
  }

  @Test
  void a_thousand_schedules_due_in_one_minute_share_one_alarm() {
    for (int call = 0; call < 10; call++) {
      String prefix = "u" + call + "-";
      make(
          daily(18),
          IntStream.range(0, 100)
              .mapToObj(i -> EngineFixtures.person(prefix + i))
              .toArray(Json[]::new));
    }
    var minute = Minutes.of(Instant.parse("2026-01-05T18:00:00Z"));
    assertThat(engine.ports().minuteSchedules().standing()).containsExactly(minute);
    engine.advance(Duration.ofHours(10));

    assertThat(engine.email().accepted())
        .hasSize(1_000)
        .allMatch(offer -> offer.at().equals(Instant.parse("2026-01-05T18:00:00Z")));
    assertThat(engine.ports().minuteSchedules().standing()).hasSize(1);
  }

  @Test
  void what_an_outage_of_five_hours_kept_from_occurring_is_made_up_for_once() {
    make(repeating(Json.object().with("frequency", "hourly")), EngineFixtures.person("ana"));
    var back = Instant.parse("2026-01-05T14:30:00Z");
    engine.lose(task -> task instanceof FanoutTask.Fire && engine.now().isBefore(back));
    engine.advance(Duration.ofHours(7));

    assertThat(times("ana")).hasSize(3);
    assertThat(times("ana").getFirst()).isBetween(back, back.plus(Duration.ofMinutes(5)));
    assertThat(times("ana").subList(1, 3))
        .isEqualTo(instants("2026-01-05T15:00:00Z", "2026-01-05T16:00:00Z"));
  }

  private static String reminder(String subject) {
    return """
    {"name": "Reminder", "steps": [
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
       "template": {"subject": "%s", "html_body": "<p>Look</p>"}}]}
    """
        .formatted(subject);
  }

  private static Json.Obj daily(int hour) {
    return repeating(Json.object().with("frequency", "daily").with("hours", Json.of(hour)));
  }

  private static Json.Obj repeating(Json.Obj rule) {
    return Json.object().with("repeats", Json.array(List.of(rule)));
  }

  private CallAnswer make(Json.Obj times, Json... recipients) {
    return make("reminder", times, recipients);
  }

  private CallAnswer make(String workflow, Json.Obj times, Json... recipients) {
    return engine.call(
        Call.post(
            "/v1/schedules",
            EngineFixtures.to(recipients).with("workflow", workflow).merged(times)));
  }

  private Json.Obj schedule(String user) {
    CallAnswer list = engine.call(Call.get("/v1/users/" + user + "/schedules"));
    return (Json.Obj) list.body().list("entries").getFirst();
  }

  private Json.Obj ids(String user) {
    return Json.object()
        .with("schedule_ids", Json.texts(List.of(schedule(user).text("id").orElseThrow())));
  }

  private List<Instant> times(String user) {
    return engine.email().accepted().stream()
        .filter(offer -> offer.message().recipient().equals(RecipientId.user(user)))
        .map(FakeProvider.Offer::at)
        .toList();
  }

  private static List<Instant> instants(String... texts) {
    return Stream.of(texts).map(Instant::parse).toList();
  }
}
