package dev.carillon.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Facts;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.run.SkipReason;
import dev.carillon.time.RepeatRule;
import dev.carillon.time.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
  /** A Tuesday; in Berlin it is 13:00. */
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

  private static final Zones.Chosen UTC = Zones.of(Optional.empty(), Optional.empty());
  private static final Zones.Chosen BERLIN =
      Zones.of(Optional.of("Europe/Berlin"), Optional.empty());

  /** The guides' forms of a dynamic window, wherever they stand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data.until           | "2026-03-12T14:00:00Z"                                        | 2026-03-12T14:00:00Z
          recipient.until      | {"unit": "minutes", "value": 15}                              | 2026-03-10T12:15:00Z
          actor.until          | {"unit": "days", "value": 1}                                  | 2026-03-11T12:00:00Z
          tenant.settings.wait | {"unit": "seconds", "value": 30}                              | 2026-03-10T12:00:30Z
          vars.batchWindow     | "{ \\"unit\\": \\"seconds\\", \\"value\\": 30 }"              | 2026-03-10T12:00:30Z
          vars.batchWindow     | "{\\"frequency\\": \\"daily\\", \\"hours\\": 9}"              | 2026-03-11T08:00:00Z
          recipient.delayUntil | {"frequency": "weekly", "days": ["mon"], "hours": 9}          | 2026-03-16T08:00:00Z
          data.at              | {"frequency": "daily", "hours": 9, "minutes": 30}             | 2026-03-11T08:30:00Z
          data.at              | {"frequency": "daily", "hours": 13, "minutes": 30}            | 2026-03-10T12:30:00Z
          data.at              | {"frequency": "hourly", "minutes": 15}                        | 2026-03-10T12:15:00Z
          data.at              | {"frequency": "monthly", "day_of_month": 1, "hours": 9}       | 2026-04-01T07:00:00Z
          """)
  void a_dynamic_window_is_a_timestamp_a_period_or_a_rule_in_the_recipients_zone(
      String path, String value, Instant closes) {
    for (Limit limit : Limit.values()) {
      Closing closing =
          Windows.close(new Window.Field(path), facts(path, json(value)), BERLIN, NOON, limit);
      assertThat(at(closing).at()).as(limit.name()).isEqualTo(closes);
    }
  }

  @Test
  void a_fixed_window_is_as_long_as_it_says_and_may_be_a_rule() {
    assertThat(at(close(new Window.Fixed(new Period(2, TimeUnit.HOURS)))).at())
        .isEqualTo(NOON.plusSeconds(7200));
    var rule = rule("{\"frequency\": \"weekly\", \"days\": \"fri\", \"hours\": 17}");
    assertThat(at(close(new Window.Rule(rule))).at())
        .isEqualTo(Instant.parse("2026-03-13T16:00:00Z"));
  }

  /** The batch guide: "keep the batch window open for 2 weeks until the next Friday". */
  @Test
  void a_rule_with_an_interval_lets_its_first_times_pass() {
    Json value =
        json("{\"frequency\": \"weekly\", \"interval\": 2, \"days\": [\"fri\"], \"hours\": 9}");
    Closing closing =
        Windows.close(
            new Window.Field("data.at"),
            facts("data.at", value),
            UTC,
            Instant.parse("2026-03-13T10:00:00Z"),
            Limit.BATCH);
    assertThat(at(closing).at()).isEqualTo(Instant.parse("2026-03-27T09:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          BATCH    | "2026-03-09T12:00:00Z"                      | batch_window_in_the_past
          BATCH    | "soon"                                      | batch_window_invalid
          BATCH    | {"unit": "days", "value": 0}                | batch_window_is_empty (ok)
          BATCH    | {"unit": "months", "value": 13}             | batch_window_too_long
          THROTTLE | "2026-03-09T12:00:00Z"                      | throttle_window_in_the_past
          THROTTLE | null                                        | throttle_window_invalid
          THROTTLE | "2026-03-10T12:00:00Z"                      | throttle_window_is_empty (ok)
          THROTTLE | {"unit": "days", "value": 32}               | throttle_window_too_long
          THROTTLE | {"frequency": "monthly", "interval": 2}     | throttle_window_too_long
          DELAY    | {"frequency": "daily", "hours": 24}         | delay_invalid
          DELAY    | {"frequency": "yearly"}                     | delay_invalid
          DELAY    | {"frequency": "monthly", "interval": 14}    | delay_too_long
          DELAY    | {"frequency": null}                         | delay_invalid
          DELAY    | "{\\"unit\\": \\"days\\"}"                  | delay_invalid
          DELAY    | "\\"2026-03-12T14:00:00Z\\""                | delay_invalid
          DELAY    | [{"unit": "days", "value": 1}]              | delay_invalid
          EVENT    | {"unit": "days", "value": 31}               | wait_too_long
          """)
  void what_makes_no_window_is_skipped_under_a_name_that_stays(
      Limit limit, String value, String reason) {
    Closing closing =
        Windows.close(new Window.Field("data.at"), facts("data.at", json(value)), UTC, NOON, limit);
    assertThat(closing)
        .isInstanceOfSatisfying(
            Closing.Skipped.class,
            skipped ->
                assertThat(SkipReason.of(skipped).wireName() + (skipped.ok() ? " (ok)" : ""))
                    .isEqualTo(reason));
  }

  @ParameterizedTest
  @EnumSource(Limit.class)
  void what_leads_nowhere_is_invalid(Limit limit) {
    for (Window window :
        new Window[] {
          new Window.Field("data.at"), new Window.Relative(new Period(-1, TimeUnit.DAYS), "data.at")
        }) {
      assertThat(Windows.close(window, facts("data.x", Json.TRUE), UTC, NOON, limit))
          .isEqualTo(
              new Closing.Skipped(
                  limit,
                  Closing.Fault.INVALID,
                  false,
                  Json.object().with("path", "data.at").with("problem", "nothing there")));
    }
  }

  @Test
  void a_rule_that_makes_no_sense_is_told_by_field_and_reason() {
    Closing closing =
        Windows.close(
            new Window.Field("data.at"),
            facts("data.at", json("{\"frequency\": \"daily\", \"hours\": 24}")),
            UTC,
            NOON,
            Limit.DELAY);
    assertThat(((Closing.Skipped) closing).details().text("problem"))
        .contains("hours: This must be a whole number from 0 to 23.");
  }

  /** The delay guide: a day before an appointment, two hours after an event. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DELAY | "2026-03-14T09:00:00Z"                               | -1 | DAYS   | 2026-03-13T09:00:00Z
          DELAY | "2026-03-10T11:00:00Z"                               | 2  | HOURS  | 2026-03-10T13:00:00Z
          BATCH | "2026-03-14T09:00:00Z"                               | -1 | HOURS  | 2026-03-14T08:00:00Z
          BATCH | {"unit": "days", "value": 2}                         | -1 | HOURS  | 2026-03-12T11:00:00Z
          BATCH | {"frequency": "weekly", "days": "fri", "hours": 9}   | -1 | DAYS   | 2026-03-12T09:00:00Z
          BATCH | {"frequency": "weekly", "days": "tue", "hours": 13}  | -2 | HOURS  | 2026-03-17T11:00:00Z
          BATCH | {"frequency": "weekly", "days": "tue", "hours": 11}  | 2  | HOURS  | 2026-03-10T13:00:00Z
          BATCH | {"frequency": "weekly", "days": "tue", "hours": 11}  | 1  | HOURS  | 2026-03-17T12:00:00Z
          """)
  void a_relative_window_closes_before_or_after_what_its_path_says(
      Limit limit, String value, long amount, TimeUnit unit, Instant closes) {
    var window = new Window.Relative(new Period(amount, unit), "data.at");
    Closing closing = Windows.close(window, facts("data.at", json(value)), UTC, NOON, limit);
    assertThat(at(closing).at()).isEqualTo(closes);
  }

  @Test
  void an_offset_of_a_month_from_a_rule_lies_ahead_though_months_differ() {
    Instant lateInMarch = Instant.parse("2026-03-30T12:00:00Z");
    Closing closing =
        Windows.close(
            new Window.Relative(new Period(1, TimeUnit.MONTHS), "data.at"),
            facts("data.at", json("{\"frequency\": \"daily\"}")),
            UTC,
            lateInMarch,
            Limit.BATCH);
    assertThat(at(closing).at()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
  }

  @Test
  void a_delay_relative_to_a_rule_is_invalid_as_in_knock() {
    var window = new Window.Relative(new Period(-1, TimeUnit.DAYS), "data.at");
    for (String value :
        new String[] {"{\"frequency\": \"daily\"}", "{\"unit\": \"days\", \"value\": 2}"}) {
      Closing closing =
          Windows.close(window, facts("data.at", json(value)), UTC, NOON, Limit.DELAY);
      assertThat(((Closing.Skipped) closing).fault()).isEqualTo(Closing.Fault.INVALID);
    }
  }

  /** October of 2026 has 31 days and an hour in Berlin, March an hour less. */
  @ParameterizedTest
  @ValueSource(strings = {"2026-10-01T07:00:00Z", "2026-03-01T08:00:00Z"})
  void a_month_that_clocks_make_longer_or_shorter_is_no_longer_than_31_days(Instant nine) {
    var rule = rule("{\"frequency\": \"monthly\", \"day_of_month\": 1, \"hours\": 9}");
    for (Window window :
        new Window[] {new Window.Rule(rule), new Window.Fixed(new Period(31, TimeUnit.DAYS))}) {
      assertThat(Windows.close(window, facts("data.x", Json.NULL), BERLIN, nine, Limit.THROTTLE))
          .isInstanceOf(Closing.At.class);
    }
  }

  @Test
  void a_year_is_not_too_long_for_a_delay_though_it_be_a_leap_year() {
    Instant before = Instant.parse("2027-03-10T12:00:00Z");
    var year = new Window.Fixed(new Period(12, TimeUnit.MONTHS));
    Closing closing = Windows.close(year, facts("data.x", Json.NULL), UTC, before, Limit.DELAY);
    assertThat(at(closing).at()).isEqualTo(Instant.parse("2028-03-10T12:00:00Z"));
  }

  @Test
  void a_closing_tells_the_window_chosen_and_why() {
    Json rule = json("{\"frequency\": \"weekly\", \"days\": [\"mon\"], \"hours\": 9}");
    Zones.Chosen zone =
        Zones.of(Optional.of("Mars/Olympus"), Optional.of(ZoneId.of("America/New_York")));
    Closing closing =
        Windows.close(
            new Window.Field("recipient.batchWindow"),
            facts("recipient.batchWindow", rule),
            zone,
            NOON,
            Limit.BATCH);
    assertThat(at(closing).why())
        .isEqualTo(
            json(
                """
                {"window": "dynamic", "path": "recipient.batchWindow",
                 "value": {"frequency": "weekly", "interval": 1, "days": ["mon"],
                           "day_of_month": null, "hours": 9, "minutes": 0},
                 "zone": "America/New_York", "zone_from": "environment",
                 "zone_ignored": "Mars/Olympus"}
                """));
    assertThat(at(close(new Window.Fixed(new Period(2, TimeUnit.HOURS)))).why())
        .isEqualTo(json("{\"window\": \"fixed\", \"value\": {\"unit\": \"hours\", \"value\": 2}}"));
    Closing relative =
        Windows.close(
            new Window.Relative(new Period(-2, TimeUnit.HOURS), "data.at"),
            facts("data.at", Json.of("2026-03-11T12:00:00+01:00")),
            UTC,
            NOON,
            Limit.DELAY);
    assertThat(at(relative).why())
        .isEqualTo(
            json(
                """
                {"window": "relative", "path": "data.at", "value": "2026-03-11T11:00:00Z",
                 "offset": {"unit": "hours", "value": -2}}
                """));
  }

  @Test
  void a_secret_variable_is_followed_and_not_told() {
    Facts secret =
        new Facts(
            (Json.Obj) json("{\"vars\": {\"w\": {\"unit\": \"hours\", \"value\": 2}}}"),
            Map.of(),
            Set.of("w"),
            NOON);
    Closing closing = Windows.close(new Window.Field("vars.w"), secret, UTC, NOON, Limit.THROTTLE);
    assertThat(at(closing).why().text("value")).contains("[secret]");
  }

  private static Closing close(Window window) {
    return Windows.close(window, facts("data.x", Json.NULL), BERLIN, NOON, Limit.BATCH);
  }

  private static Closing.At at(Closing closing) {
    return switch (closing) {
      case Closing.At at -> at;
      case Closing.Skipped skipped -> throw new AssertionError(skipped.toString());
    };
  }

  private static Facts facts(String path, Json value) {
    String[] names = path.split("\\.");
    Json scope = value;
    for (int i = names.length - 1; i >= 0; i--) {
      scope = Json.object().with(names[i], scope);
    }
    return new Facts((Json.Obj) scope, Map.of(), Set.of(), NOON);
  }

  private static RepeatRule rule(String source) {
    return ((RepeatRule.Read.Ok) RepeatRule.of(json(source))).rule();
  }

  private static Json json(String text) {
    return JsonLiteral.parse(text).orElseThrow(() -> new AssertionError("No JSON: " + text));
  }
}
