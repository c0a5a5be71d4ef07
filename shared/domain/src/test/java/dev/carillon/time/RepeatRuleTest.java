package dev.carillon.time;

import static dev.carillon.time.Rules.json;
import static dev.carillon.time.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.time.RepeatRule.Frequency;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatRuleTest {
  private static final ZoneId UTC = ZoneId.of("Etc/UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** The rules that the guides show; 2026-01-05 is a Monday. Each counts from its {@code after}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"frequency": "daily", "hours": 9, "minutes": 30}                      | 2026-01-05T09:29 | 2026-01-05T09:30 | 2026-01-06T09:30
          {"frequency": "weekly", "days": ["mon"], "hours": 9}                   | 2026-01-07T12:00 | 2026-01-12T09:00 | 2026-01-19T09:00
          {"frequency": "daily", "days": "weekdays", "hours": 9, "minutes": 30}  | 2026-01-09T09:30 | 2026-01-12T09:30 | 2026-01-13T09:30
          {"frequency": "weekly", "days": "weekdays", "hours": 10, "minutes": 30} | 2026-01-08T11:00 | 2026-01-09T10:30 | 2026-01-12T10:30
          {"frequency": "weekly", "days": "weekends", "hours": 10}               | 2026-01-08T11:00 | 2026-01-10T10:00 | 2026-01-11T10:00
          {"frequency": "monthly", "interval": 12, "day_of_month": 1}            | 2026-01-05T00:00 | 2027-01-01T00:00 | 2028-01-01T00:00
          {"frequency": "monthly", "day_of_month": 15, "hours": 8}               | 2026-01-15T08:00 | 2026-02-15T08:00 | 2026-03-15T08:00
          {"frequency": "hourly"}                                                | 2026-01-05T09:00 | 2026-01-05T10:00 | 2026-01-05T11:00
          {"frequency": "hourly", "minutes": 20}                                 | 2026-01-05T23:30 | 2026-01-06T00:20 | 2026-01-06T01:20
          """)
  void the_guides_rules_come_when_they_say(
      String source, LocalDateTime after, LocalDateTime first, LocalDateTime second) {
    assertThat(comes(rule(source), after, after, 2)).containsExactly(first, second);
  }

  @Test
  void every_other_monday_tuesday_and_friday_at_six() {
    var rule =
        rule(
            """
            {"frequency": "weekly", "interval": 2, "days": ["mon", "tues", "fri"], "hours": 18}
            """);
    assertThat(comes(rule, at("2026-01-06T18:00"), at("2026-01-07T00:00"), 4))
        .containsExactly(
            at("2026-01-09T18:00"),
            at("2026-01-19T18:00"),
            at("2026-01-20T18:00"),
            at("2026-01-23T18:00"));
  }

  @Test
  void it_comes_strictly_after_the_given_instant() {
    var rule = rule("{\"frequency\": \"daily\", \"hours\": 9}");
    assertThat(comes(rule, at("2026-01-05T08:59:59.999999999"), at("2026-01-05T00:00"), 1))
        .containsExactly(at("2026-01-05T09:00"));
    assertThat(comes(rule, at("2026-01-05T09:00"), at("2026-01-05T00:00"), 1))
        .containsExactly(at("2026-01-06T09:00"));
  }

  /** What an interval counts, and from where: the anchor is Wednesday 2026-01-07 at 13:20. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"frequency": "hourly", "interval": 5}                      | 2026-01-07T13:20 | 2026-01-07T18:00 | 2026-01-07T23:00
          {"frequency": "hourly", "interval": 5, "minutes": 30}       | 2026-01-07T13:20 | 2026-01-07T13:30 | 2026-01-07T18:30
          {"frequency": "hourly", "interval": 36}                     | 2026-01-07T13:20 | 2026-01-09T01:00 | 2026-01-10T13:00
          {"frequency": "hourly", "interval": 5}                      | 2026-01-07T02:00 | 2026-01-07T03:00 | 2026-01-07T08:00
          {"frequency": "daily", "interval": 3, "hours": 9}           | 2026-01-07T13:20 | 2026-01-10T09:00 | 2026-01-13T09:00
          {"frequency": "daily", "interval": 3, "hours": 20}          | 2026-01-07T13:20 | 2026-01-07T20:00 | 2026-01-10T20:00
          {"frequency": "daily", "interval": 3, "hours": 9}           | 2026-01-02T10:00 | 2026-01-04T09:00 | 2026-01-07T09:00
          {"frequency": "daily", "interval": 3, "days": ["sat"]}      | 2026-01-07T13:20 | 2026-01-10T00:00 | 2026-01-31T00:00
          {"frequency": "weekly", "interval": 2, "days": ["mon"]}     | 2026-01-07T13:20 | 2026-01-19T00:00 | 2026-02-02T00:00
          {"frequency": "weekly", "interval": 2, "days": ["sun"]}     | 2026-01-07T13:20 | 2026-01-11T00:00 | 2026-01-25T00:00
          {"frequency": "weekly", "interval": 2}                      | 2026-01-07T13:20 | 2026-01-21T00:00 | 2026-02-04T00:00
          {"frequency": "weekly", "interval": 2}                      | 2025-12-01T00:00 | 2025-12-10T00:00 | 2025-12-24T00:00
          {"frequency": "monthly", "interval": 2, "day_of_month": 1}  | 2026-01-07T13:20 | 2026-03-01T00:00 | 2026-05-01T00:00
          {"frequency": "monthly", "interval": 2, "day_of_month": 30} | 2026-01-07T13:20 | 2026-01-30T00:00 | 2026-03-30T00:00
          {"frequency": "monthly", "interval": 5}                     | 2026-01-07T13:20 | 2026-06-07T00:00 | 2026-11-07T00:00
          {"frequency": "monthly", "interval": 5}                     | 2025-07-01T00:00 | 2025-08-07T00:00 | 2026-01-07T00:00
          """)
  void an_interval_counts_from_the_hour_day_week_or_month_of_its_anchor_both_ways(
      String source, LocalDateTime after, LocalDateTime first, LocalDateTime second) {
    assertThat(comes(rule(source), after, at("2026-01-07T13:20"), 2))
        .containsExactly(first, second);
  }

  @Test
  void a_day_that_the_month_is_too_short_for_is_its_last() {
    var rule = rule("{\"frequency\": \"monthly\", \"day_of_month\": 31, \"hours\": 9}");
    assertThat(comes(rule, at("2028-01-31T09:00"), at("2028-01-01T00:00"), 4))
        .containsExactly(
            at("2028-02-29T09:00"),
            at("2028-03-31T09:00"),
            at("2028-04-30T09:00"),
            at("2028-05-31T09:00"));
    var anchored = rule("{\"frequency\": \"monthly\"}");
    assertThat(comes(anchored, at("2026-01-31T00:00"), at("2026-01-31T15:00"), 3))
        .containsExactly(at("2026-02-28T00:00"), at("2026-03-31T00:00"), at("2026-04-30T00:00"));
  }

  @Test
  void a_weekly_or_monthly_rule_without_days_keeps_to_the_day_of_its_anchor() {
    LocalDateTime tuesday = at("2026-01-13T12:00");
    assertThat(comes(rule("{\"frequency\": \"weekly\", \"hours\": 13}"), tuesday, tuesday, 2))
        .containsExactly(at("2026-01-13T13:00"), at("2026-01-20T13:00"));
    assertThat(comes(rule("{\"frequency\": \"monthly\", \"hours\": 9}"), tuesday, tuesday, 2))
        .containsExactly(at("2026-02-13T09:00"), at("2026-03-13T09:00"));
  }

  /** From Monday 2026-01-05, 12:00. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"frequency": "monthly", "days": ["mon"]}                     | 2026-01-12T00:00 | 2026-01-19T00:00
          {"frequency": "monthly", "days": ["fri"], "day_of_month": 13} | 2026-02-13T00:00 | 2026-03-13T00:00
          {"frequency": "weekly", "days": ["fri"], "day_of_month": 13}  | 2026-02-13T00:00 | 2026-03-13T00:00
          {"frequency": "daily", "day_of_month": 31}                    | 2026-01-31T00:00 | 2026-02-28T00:00
          {"frequency": "hourly", "days": ["tue"], "interval": 12}      | 2026-01-06T00:00 | 2026-01-06T12:00
          {"frequency": "hourly", "day_of_month": 1, "interval": 18}    | 2026-02-01T12:00 | 2026-03-01T06:00
          """)
  void days_and_the_day_of_the_month_narrow_whatever_the_frequency(
      String source, LocalDateTime first, LocalDateTime second) {
    assertThat(comes(rule(source), at("2026-01-05T12:00"), at("2026-01-05T12:00"), 2))
        .containsExactly(first, second);
  }

  /** Berlin puts its clocks forward over 02:00–03:00 and back over the same hour. */
  @ParameterizedTest
  @CsvSource({
    "02:30, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
    "02:00, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z",
    "03:00, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T01:00:00Z",
    "01:59, 2026-03-28T12:00:00Z, 2026-03-29T00:59:00Z, 2026-03-29T23:59:00Z",
    "02:30, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
    "03:00, 2026-10-24T12:00:00Z, 2026-10-25T02:00:00Z, 2026-10-26T02:00:00Z",
    "02:00, 2026-10-24T12:00:00Z, 2026-10-25T00:00:00Z, 2026-10-26T01:00:00Z"
  })
  void a_time_that_does_not_exist_comes_at_the_next_that_does_and_one_that_exists_twice_comes_first(
      String time, Instant after, Instant first, Instant second) {
    var rule =
        rule(
            "{\"frequency\": \"daily\", \"hours\": %s, \"minutes\": \"%s\"}"
                .formatted(Integer.valueOf(time.substring(0, 2)), time.substring(3)));
    assertThat(rule.next(after, BERLIN, after)).contains(first);
    assertThat(rule.next(first, BERLIN, after)).contains(second);
  }

  @Test
  void between_the_two_times_it_is_half_past_two_the_rule_has_come_already() {
    var rule = rule("{\"frequency\": \"daily\", \"hours\": 2, \"minutes\": 30}");
    Instant secondTimeTenPastTwo = Instant.parse("2026-10-25T01:10:00Z");
    assertThat(rule.next(secondTimeTenPastTwo, BERLIN, secondTimeTenPastTwo))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void an_hour_that_is_shown_twice_counts_once() {
    var rule = rule("{\"frequency\": \"hourly\"}");
    Instant midnight = Instant.parse("2026-10-24T22:00:00Z");
    assertThat(instants(rule, midnight, BERLIN, 4))
        .containsExactly(
            Instant.parse("2026-10-24T23:00:00Z"),
            Instant.parse("2026-10-25T00:00:00Z"),
            Instant.parse("2026-10-25T02:00:00Z"),
            Instant.parse("2026-10-25T03:00:00Z"));
  }

  /** Samoa went from 29 to 31 December 2011. */
  @Test
  void a_day_that_does_not_exist_comes_as_the_next_one_begins() {
    ZoneId apia = ZoneId.of("Pacific/Apia");
    Instant end = Instant.parse("2011-12-30T10:00:00Z");
    Instant before = Instant.parse("2011-12-30T00:00:00Z");
    var monthly = rule("{\"frequency\": \"monthly\", \"day_of_month\": 30, \"hours\": 9}");
    assertThat(monthly.next(before, apia, before)).contains(end);
    var daily = rule("{\"frequency\": \"daily\", \"hours\": 9}");
    assertThat(instants(daily, before, apia, 3))
        .containsExactly(
            end, Instant.parse("2011-12-30T19:00:00Z"), Instant.parse("2011-12-31T19:00:00Z"));
    var midnight = rule("{\"frequency\": \"daily\"}");
    assertThat(instants(midnight, before, apia, 2))
        .containsExactly(end, Instant.parse("2011-12-31T10:00:00Z"));
  }

  @Test
  void of_several_rules_the_first_to_come_counts() {
    var rules =
        List.of(
            rule("{\"frequency\": \"weekly\", \"days\": \"fri\", \"hours\": 9}"),
            rule("{\"frequency\": \"weekly\", \"days\": \"tue\", \"hours\": 18}"),
            rule("{\"frequency\": \"daily\", \"interval\": 7, \"days\": \"sun\"}"));
    Instant monday = Instant.parse("2026-01-05T12:00:00Z");
    Instant tuesday = Instant.parse("2026-01-06T18:00:00Z");
    assertThat(RepeatRule.next(rules, monday, UTC, monday)).contains(tuesday);
    assertThat(RepeatRule.next(rules, tuesday, UTC, monday))
        .contains(Instant.parse("2026-01-09T09:00:00Z"));
    assertThat(RepeatRule.next(List.of(), monday, UTC, monday)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"frequency": "daily", "interval": 7, "days": ["tue"]}
          {"frequency": "daily", "interval": 2147483647}
          {"frequency": "weekly", "interval": 2147483647}
          {"frequency": "monthly", "interval": 2147483647}
          {"frequency": "hourly", "interval": 2147483647}
          {"frequency": "monthly", "interval": 4800, "day_of_month": 6, "days": "mon"}
          """)
  @Timeout(60)
  void what_never_comes_is_said_to_never_come_and_at_once(String source) {
    Instant monday = Instant.parse("2026-01-05T12:00:00Z");
    assertThat(rule(source).next(monday, UTC, monday)).isEmpty();
  }

  @Test
  void the_ends_of_time_are_no_trouble() {
    var rule = rule("{\"frequency\": \"weekly\"}");
    Instant now = Instant.parse("2026-01-05T12:00:00Z");
    for (Instant end : List.of(Instant.MIN, Instant.MAX)) {
      assertThat(rule.next(end, BERLIN, now)).isEmpty();
      assertThat(rule.next(now, BERLIN, end)).isEmpty();
      assertThat(rule.closing(end, BERLIN)).isEmpty();
    }
    var far = rule("{\"frequency\": \"monthly\", \"interval\": 2147483647}");
    assertThat(far.closing(now, BERLIN)).isEmpty();
  }

  /** The batch guide: "every Monday at 9", "2 weeks until the next Friday". 9 January: Friday. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"frequency": "weekly", "days": ["mon"], "hours": 9}                | 2026-01-07T12:00 | 2026-01-12T09:00
          {"frequency": "weekly", "days": ["mon"], "hours": 9}                | 2026-01-05T08:00 | 2026-01-05T09:00
          {"frequency": "weekly", "days": ["mon"], "hours": 9}                | 2026-01-05T09:00 | 2026-01-12T09:00
          {"frequency": "weekly", "interval": 2, "days": ["fri"], "hours": 9} | 2026-01-09T12:00 | 2026-01-23T09:00
          {"frequency": "weekly", "interval": 2, "days": ["fri"], "hours": 9} | 2026-01-07T12:00 | 2026-01-16T09:00
          {"frequency": "daily", "hours": 9, "minutes": 30}                   | 2026-01-07T09:00 | 2026-01-07T09:30
          {"frequency": "daily", "interval": 2, "hours": 9}                   | 2026-01-07T08:00 | 2026-01-08T09:00
          {"frequency": "hourly"}                                             | 2026-01-07T12:10 | 2026-01-07T13:00
          {"frequency": "hourly", "interval": 3}                              | 2026-01-07T12:10 | 2026-01-07T15:00
          {"frequency": "monthly", "interval": 2, "day_of_month": 31}         | 2026-01-31T12:00 | 2026-03-31T00:00
          """)
  void a_window_closes_when_its_rule_comes_for_as_many_times_as_the_interval_says(
      String source, LocalDateTime opened, LocalDateTime closes) {
    assertThat(rule(source).closing(opened.toInstant(ZoneOffset.UTC), UTC))
        .contains(closes.toInstant(ZoneOffset.UTC));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ["mon", "tue", "wed", "thu", "fri"]                              | MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY
          ["sat", "sun"]                                                   | SATURDAY SUNDAY
          ["tues", "weds", "thur", "thurs"]                                | TUESDAY WEDNESDAY THURSDAY
          ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] | MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY
          ["Mon", "TUE", "mon"]                                            | MONDAY TUESDAY
          "fri"                                                            | FRIDAY
          "weekdays"                                                       | MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY
          "weekends"                                                       | SATURDAY SUNDAY
          ["weekends", "mon"]                                              | MONDAY SATURDAY SUNDAY
          []                                                               |
          null                                                             |
          """)
  void days_are_read_in_all_their_spellings(String days, String expected) {
    var wanted = EnumSet.noneOf(DayOfWeek.class);
    for (String day : expected == null ? new String[0] : expected.split(" ")) {
      wanted.add(DayOfWeek.valueOf(day));
    }
    assertThat(rule("{\"frequency\": \"weekly\", \"days\": " + days + "}").days())
        .containsExactlyElementsOf(wanted);
  }

  @Test
  void what_is_left_out_or_null_has_its_default() {
    var daily = new RepeatRule(Frequency.DAILY, 1, Set.of(), OptionalInt.empty(), 0, 0);
    assertThat(rule("{\"frequency\": \"daily\"}")).isEqualTo(daily);
    assertThat(
            rule(
                """
                {"__typename": "ScheduleRepeat", "frequency": "daily", "interval": null,
                 "days": null, "day_of_month": null, "hours": null, "minutes": null}
                """))
        .isEqualTo(daily);
  }

  @Test
  void numbers_may_be_texts_and_minutes_need_not_be_multiples_of_five() {
    assertThat(
            rule(
                """
                {"frequency": "monthly", "interval": "2", "day_of_month": "31", "hours": "09",
                 "minutes": 7.0}
                """))
        .isEqualTo(new RepeatRule(Frequency.MONTHLY, 2, Set.of(), OptionalInt.of(31), 9, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                   | frequency    | hourly, daily, weekly or monthly
          {"frequency": "yearly"}                              | frequency    | hourly, daily, weekly or monthly
          {"frequency": 1}                                     | frequency    | hourly, daily, weekly or monthly
          {"frequency": "daily", "interval": 0}                | interval     | whole number from 1
          {"frequency": "daily", "interval": -1}               | interval     | whole number from 1
          {"frequency": "daily", "interval": 1.5}              | interval     | whole number from 1
          {"frequency": "daily", "interval": 1e30}             | interval     | whole number from 1
          {"frequency": "daily", "hours": 24}                  | hours        | from 0 to 23
          {"frequency": "daily", "hours": -1}                  | hours        | from 0 to 23
          {"frequency": "daily", "hours": "nine"}              | hours        | from 0 to 23
          {"frequency": "daily", "hours": [9]}                 | hours        | from 0 to 23
          {"frequency": "daily", "minutes": 60}                | minutes      | from 0 to 59
          {"frequency": "daily", "minutes": true}              | minutes      | from 0 to 59
          {"frequency": "monthly", "day_of_month": 0}          | day_of_month | from 1 to 31
          {"frequency": "monthly", "day_of_month": 32}         | day_of_month | from 1 to 31
          {"frequency": "monthly", "day_of_month": "last"}     | day_of_month | from 1 to 31
          {"frequency": "weekly", "days": ["someday"]}         | days         | mon, tue, wed
          {"frequency": "weekly", "days": ["mo"]}              | days         | mon, tue, wed
          {"frequency": "weekly", "days": ["mondays"]}         | days         | mon, tue, wed
          {"frequency": "weekly", "days": "every day"}         | days         | mon, tue, wed
          {"frequency": "weekly", "days": [1]}                 | days         | mon, tue, wed
          {"frequency": "weekly", "days": {"mon": true}}       | days         | mon, tue, wed
          {"frequency": "weekly", "days": [""]}                | days         | mon, tue, wed
          "daily"                                              | ``           | object
          null                                                 | ``           | object
          """)
  void what_makes_no_sense_is_refused_with_its_field_and_a_reason(
      String source, String field, String reason) {
    assertThat(RepeatRule.of(json(source)))
        .isInstanceOfSatisfying(
            RepeatRule.Read.Refused.class,
            refused -> {
              assertThat(refused.problems()).hasSize(1);
              assertThat(refused.problems().getFirst().field()).isEqualTo(field);
              assertThat(refused.problems().getFirst().reason()).contains(reason);
            });
  }

  @Test
  void all_problems_are_told_at_once() {
    var read =
        (RepeatRule.Read.Refused)
            RepeatRule.of(json("{\"hours\": 24, \"minutes\": 60, \"days\": [\"x\", \"mon\"]}"));
    assertThat(read.problems())
        .extracting(FieldProblem::field)
        .containsExactly("frequency", "days", "hours", "minutes");
  }

  @Test
  void a_rule_that_is_written_reads_as_it_was() {
    for (String source :
        List.of(
            "{\"frequency\": \"hourly\"}",
            "{\"frequency\": \"weekly\", \"interval\": 2, \"days\": [\"tues\", \"fri\"]}",
            "{\"frequency\": \"monthly\", \"day_of_month\": 31, \"hours\": 9, \"minutes\": 5}")) {
      var rule = rule(source);
      assertThat(RepeatRule.of(rule.json())).isEqualTo(new RepeatRule.Read.Ok(rule));
    }
    assertThat(rule("{\"frequency\": \"weekly\", \"days\": \"weekends\"}").json())
        .isEqualTo(
            json(
                """
                {"frequency": "weekly", "interval": 1, "days": ["sat", "sun"],
                 "day_of_month": null, "hours": 0, "minutes": 0}
                """));
  }

  private static LocalDateTime at(String text) {
    return LocalDateTime.parse(text);
  }

  /** The next so many times in UTC. */
  private static List<LocalDateTime> comes(
      RepeatRule rule, LocalDateTime after, LocalDateTime anchor, int times) {
    var found = new ArrayList<LocalDateTime>();
    Instant last = after.toInstant(ZoneOffset.UTC);
    for (int i = 0; i < times; i++) {
      last = rule.next(last, UTC, anchor.toInstant(ZoneOffset.UTC)).orElseThrow();
      found.add(LocalDateTime.ofInstant(last, UTC));
    }
    return found;
  }

  private static List<Instant> instants(RepeatRule rule, Instant after, ZoneId zone, int times) {
    var found = new ArrayList<Instant>();
    Instant last = after;
    for (int i = 0; i < times; i++) {
      last = rule.next(last, zone, after).orElseThrow();
      found.add(last);
    }
    return found;
  }
}
