package dev.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.time.RepeatRule;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccurrencesTest {
  private static final ZoneId UTC = ZoneId.of("Etc/UTC");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  /** A Wednesday. */
  private static final Instant MADE = Instant.parse("2023-11-01T12:00:00Z");

  private static final Json.Obj MONDAYS_AT_9 =
      rule("weekly").with("days", Json.texts(List.of("mon"))).with("hours", Json.of(9));
  private static final Json.Obj WEEKDAYS_AT_9_30 =
      rule("daily").with("days", "weekdays").with("hours", Json.of(9)).with("minutes", Json.of(30));

  @ParameterizedTest
  @CsvSource({
    // Every Monday at 9am
    "'weekly, mon, 1, 9, 0', 2023-11-06T09:00:00Z 2023-11-13T09:00:00Z 2023-11-20T09:00:00Z",
    // Every weekday at 10.30am
    "'weekly, weekdays, 1, 10, 30', 2023-11-02T10:30:00Z 2023-11-03T10:30:00Z 2023-11-06T10:30:00Z",
    // Every other Monday, Tuesday, and Friday at 6pm, from the week it was made in
    "'weekly, mon tues fri, 2, 18, 0',"
        + " 2023-11-03T18:00:00Z 2023-11-13T18:00:00Z 2023-11-14T18:00:00Z 2023-11-17T18:00:00Z",
    // Repeat daily at 9.30am only on weekdays
    "'daily, weekdays, 1, 9, 30', 2023-11-02T09:30:00Z 2023-11-03T09:30:00Z 2023-11-06T09:30:00Z"
  })
  void the_guides_rules_occur_as_it_says(String rule, String expected) {
    String[] parts = rule.split(", ");
    Json days =
        parts[1].startsWith("week") ? Json.of(parts[1]) : Json.texts(List.of(parts[1].split(" ")));
    var repeats =
        rule(parts[0])
            .with("days", days)
            .with("interval", Json.of(Integer.parseInt(parts[2])))
            .with("hours", Json.of(Integer.parseInt(parts[3])))
            .with("minutes", Json.of(Integer.parseInt(parts[4])));
    List<Instant> wanted = List.of(expected.split(" ")).stream().map(Instant::parse).toList();
    assertThat(occurrences(recurring(repeats), UTC, wanted.size())).isEqualTo(wanted);
  }

  @Test
  void every_year_at_midnight_is_every_twelfth_month() {
    var yearly = rule("monthly").with("interval", Json.of(12)).with("day_of_month", Json.of(1));
    var starting = at(recurring(yearly), "2024-01-01T00:00:00Z", "9999-01-01T00:00:00Z");
    assertThat(occurrences(starting, UTC, 3))
        .containsExactly(
            Instant.parse("2024-01-01T00:00:00Z"),
            Instant.parse("2025-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void of_several_rules_the_earliest_counts_and_a_time_that_two_share_once() {
    var daily = rule("daily").with("hours", Json.of(9));
    assertThat(occurrences(recurring(MONDAYS_AT_9, daily, WEEKDAYS_AT_9_30), UTC, 4))
        .containsExactly(
            Instant.parse("2023-11-02T09:00:00Z"),
            Instant.parse("2023-11-02T09:30:00Z"),
            Instant.parse("2023-11-03T09:00:00Z"),
            Instant.parse("2023-11-03T09:30:00Z"));
  }

  @Test
  void rules_go_by_the_clocks_of_the_zone_through_its_changes() {
    // New York sets its clocks back on 5 November.
    assertThat(occurrences(recurring(rule("daily").with("hours", Json.of(9))), NEW_YORK, 5))
        .containsExactly(
            Instant.parse("2023-11-01T13:00:00Z"),
            Instant.parse("2023-11-02T13:00:00Z"),
            Instant.parse("2023-11-03T13:00:00Z"),
            Instant.parse("2023-11-04T13:00:00Z"),
            Instant.parse("2023-11-05T14:00:00Z"));
  }

  @Test
  void a_recurring_schedule_does_not_occur_before_it_starts_and_may_as_it_starts() {
    var later = at(recurring(WEEKDAYS_AT_9_30), "2023-12-04T09:30:00Z", "9999-01-01T00:00:00Z");
    assertThat(ScheduleOccurrences.first(later, MADE, UTC))
        .contains(Instant.parse("2023-12-04T09:30:00Z"));
    assertThat(ScheduleOccurrences.next(later, MADE, UTC))
        .contains(Instant.parse("2023-12-04T09:30:00Z"));
    var past = at(recurring(WEEKDAYS_AT_9_30), "2020-01-01T00:00:00Z", "9999-01-01T00:00:00Z");
    assertThat(ScheduleOccurrences.first(past, MADE, UTC))
        .contains(Instant.parse("2023-11-02T09:30:00Z"));
  }

  @Test
  void an_interval_counts_from_the_start_when_there_is_one() {
    var everyOther = MONDAYS_AT_9.with("interval", Json.of(2));
    var starting = at(recurring(everyOther), "2023-11-06T00:00:00Z", "9999-01-01T00:00:00Z");
    assertThat(occurrences(starting, UTC, 2))
        .containsExactly(
            Instant.parse("2023-11-06T09:00:00Z"), Instant.parse("2023-11-20T09:00:00Z"));
    assertThat(occurrences(recurring(everyOther), UTC, 1))
        .containsExactly(Instant.parse("2023-11-13T09:00:00Z"));
  }

  @Test
  void nothing_occurs_after_the_end_and_something_may_at_it() {
    var ending = at(recurring(WEEKDAYS_AT_9_30), "2023-11-01T00:00:00Z", "2023-11-03T09:30:00Z");
    assertThat(occurrences(ending, UTC, 10))
        .containsExactly(
            Instant.parse("2023-11-02T09:30:00Z"), Instant.parse("2023-11-03T09:30:00Z"));
  }

  @Test
  void a_one_off_occurs_at_its_instant_wherever_its_recipient_is() {
    var once = at(recurring(), "2023-12-22T17:45:00Z", "2023-12-31T23:59:59Z");
    assertThat(ScheduleOccurrences.first(once, MADE, NEW_YORK))
        .contains(Instant.parse("2023-12-22T17:45:00Z"));
    assertThat(ScheduleOccurrences.next(once, MADE, NEW_YORK)).isEmpty();
  }

  @Test
  void a_one_off_that_would_occur_after_its_end_never_does() {
    var once = at(recurring(), "2024-01-01T00:00:00Z", "2023-12-31T23:59:59Z");
    assertThat(ScheduleOccurrences.first(once, MADE, UTC)).isEmpty();
  }

  @Test
  void a_one_off_whose_time_is_past_is_due_at_once_unless_it_has_ended() {
    var late = at(recurring(), "2023-11-01T11:59:00Z", "9999-01-01T00:00:00Z");
    assertThat(ScheduleOccurrences.first(late, MADE, UTC)).contains(MADE);
    var over = at(recurring(), "2023-11-01T11:00:00Z", "2023-11-01T11:30:00Z");
    assertThat(ScheduleOccurrences.first(over, MADE, UTC)).isEmpty();
  }

  @Test
  void a_one_off_occurs_once() {
    var once = at(recurring(), "2023-11-01T11:59:00Z", "9999-01-01T00:00:00Z");
    var had = once.occurred(MADE, Optional.empty());
    assertThat(ScheduleOccurrences.first(had, MADE.plusSeconds(60), UTC)).isEmpty();
  }

  @Test
  void nothing_is_planned_beyond_this_century() {
    var yearly =
        rule("monthly").with("interval", Json.of(1_200_000)).with("day_of_month", Json.of(1));
    assertThat(ScheduleOccurrences.first(recurring(yearly), MADE, UTC)).isEmpty();
  }

  @Test
  void a_schedule_without_any_time_does_not_occur() {
    var timeless = schedule(List.of(), Optional.empty(), Optional.empty());
    assertThat(timeless.isTimeless()).isTrue();
    assertThat(ScheduleOccurrences.first(timeless, MADE, UTC)).isEmpty();
  }

  private static List<Instant> occurrences(Schedule schedule, ZoneId zone, int most) {
    var all = new ArrayList<Instant>();
    var next = ScheduleOccurrences.first(schedule, MADE, zone);
    while (next.isPresent() && all.size() < most) {
      all.add(next.get());
      next = ScheduleOccurrences.next(schedule, next.get(), zone);
    }
    return all;
  }

  private static Schedule recurring(Json.Obj... rules) {
    List<RepeatRule> repeats =
        List.of(rules).stream().map(it -> ((RepeatRule.Read.Ok) RepeatRule.of(it)).rule()).toList();
    return schedule(
        repeats, repeats.isEmpty() ? Optional.of(MADE) : Optional.empty(), Optional.empty());
  }

  private static Schedule at(Schedule it, String scheduledAt, String endingAt) {
    return schedule(
        it.repeats(),
        Optional.of(Instant.parse(scheduledAt)),
        Optional.of(Instant.parse(endingAt)));
  }

  private static Schedule schedule(
      List<RepeatRule> repeats, Optional<Instant> scheduledAt, Optional<Instant> endingAt) {
    return new Schedule(
        new EnvironmentId("test"),
        ScheduleId.of("call", 0),
        new WorkflowKey("park-alert"),
        RecipientId.user("jhammond"),
        repeats,
        scheduledAt,
        endingAt,
        Json.Obj.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        MADE,
        MADE);
  }

  private static Json.Obj rule(String frequency) {
    return Json.object().with("frequency", frequency);
  }
}
