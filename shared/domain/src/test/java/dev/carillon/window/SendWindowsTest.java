package dev.carillon.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.JsonLiteral;
import dev.carillon.time.FieldProblem;
import dev.carillon.window.SendWindows.Hours;
import dev.carillon.window.SendWindows.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendWindowsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** The guide's example: Monday to Friday, from 9 to 18. */
  private static final String OFFICE_HOURS =
      """
      [{"day": "monday", "type": "send", "from": "09:00:00", "until": "18:00:00"},
       {"day": "tuesday", "type": "send", "from": "09:00:00", "until": "18:00:00"},
       {"day": "wednesday", "type": "send", "from": "09:00:00", "until": "18:00:00"},
       {"day": "thursday", "type": "send", "from": "09:00:00", "until": "18:00:00"},
       {"day": "friday", "type": "send", "from": "09:00:00", "until": "18:00:00"},
       {"day": "saturday", "type": "do_not_send"},
       {"day": "sunday", "type": "do_not_send", "from": null, "until": null}]
      """;

  /** Berlin is an hour ahead of UTC; 2026-03-06 is a Friday. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-05T08:00:00Z, now",
    "2026-03-05T07:59:59Z, 2026-03-05T08:00:00Z",
    "2026-03-05T16:59:59Z, now",
    "2026-03-05T17:00:00Z, 2026-03-06T08:00:00Z",
    "2026-03-06T17:00:00Z, 2026-03-09T08:00:00Z",
    "2026-03-07T12:00:00Z, 2026-03-09T08:00:00Z",
    "2026-03-08T23:30:00Z, 2026-03-09T08:00:00Z",
    "2026-03-27T18:00:00Z, 2026-03-30T07:00:00Z"
  })
  void office_hours_open_at_nine_by_the_clocks_of_the_recipient(Instant now, String expected) {
    assertThat(shown(windows(OFFICE_HOURS), now, BERLIN)).isEqualTo(expected);
  }

  @Test
  void without_times_a_day_sends_all_day_long() {
    var tuesdays =
        windows(
            """
            [{"day": "monday", "type": "do_not_send"}, {"day": "tuesday", "type": "send"},
             {"day": "wednesday", "type": "do_not_send"}]
            """);
    assertThat(shown(tuesdays, "2026-03-09T12:00:00Z")).isEqualTo("2026-03-10T00:00:00Z");
    assertThat(shown(tuesdays, "2026-03-10T00:00:00Z")).isEqualTo("now");
    assertThat(shown(tuesdays, "2026-03-10T23:59:59.999Z")).isEqualTo("now");
    assertThat(shown(tuesdays, "2026-03-11T00:00:00Z")).isEqualTo("2026-03-12T00:00:00Z");
  }

  @Test
  void a_day_without_a_window_sends() {
    var mondays = windows("[{\"day\": \"monday\", \"type\": \"send\", \"from\": \"09:00\"}]");
    assertThat(shown(mondays, "2026-03-08T23:59:59Z")).isEqualTo("now");
    assertThat(shown(mondays, "2026-03-09T00:00:00Z")).isEqualTo("2026-03-09T09:00:00Z");
    for (String none : new String[] {"[]", "null"}) {
      assertThat(windows(none)).isEqualTo(SendWindows.ALWAYS);
    }
    assertThat(shown(SendWindows.ALWAYS, "2026-03-09T00:00:00Z")).isEqualTo("now");
  }

  @Test
  void when_no_day_sends_it_never_opens() {
    assertThat(new SendWindows(Map.of()).opensAt(Instant.EPOCH, BERLIN))
        .isEqualTo(new Opening.Never());
  }

  /**
   * Berlin skips from 02:00 to 03:00 on Sunday 29 March 2026, and shows them twice on 25 October.
   */
  @ParameterizedTest
  @CsvSource({
    "02:30, 04:00, 2026-03-28T23:00:00Z, 2026-03-29T01:00:00Z",
    "02:30, 04:00, 2026-03-29T01:59:00Z, now",
    "02:00, 03:00, 2026-03-28T23:00:00Z, 2026-04-05T00:00:00Z",
    "01:00, 02:30, 2026-03-29T00:59:59Z, now",
    "01:00, 02:30, 2026-03-29T01:00:00Z, 2026-04-04T23:00:00Z",
    "02:30, 04:00, 2026-10-25T00:29:00Z, 2026-10-25T00:30:00Z",
    "02:30, 04:00, 2026-10-25T01:10:00Z, now",
    "01:00, 02:30, 2026-10-25T00:29:00Z, now",
    "01:00, 02:30, 2026-10-25T01:10:00Z, 2026-11-01T00:00:00Z"
  })
  void a_window_is_one_stretch_of_time_though_clocks_are_put_forward_or_back(
      LocalTime from, LocalTime until, Instant now, String expected) {
    var sundays = new SendWindows(Map.of(DayOfWeek.SUNDAY, new Hours(from, until)));
    assertThat(shown(sundays, now, BERLIN)).isEqualTo(expected);
  }

  /** What opens is open then and was not a second before, whatever the zone and its clocks do. */
  @Test
  void at_its_opening_a_window_is_open_in_every_zone_around_every_transition() {
    var windows =
        new SendWindows(
            Map.of(
                DayOfWeek.SATURDAY, new Hours(LocalTime.of(23, 30), LocalTime.MIDNIGHT),
                DayOfWeek.SUNDAY, new Hours(LocalTime.of(0, 15), LocalTime.of(2, 30)),
                DayOfWeek.THURSDAY, new Hours(LocalTime.MIDNIGHT, LocalTime.of(0, 45))));
    int opened = 0;
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      var transition = zone.getRules().nextTransition(Instant.parse("2025-01-01T00:00:00Z"));
      for (int i = 0; i < 20 && transition != null; i++) {
        Instant now = transition.getInstant().minus(Duration.ofDays(2));
        for (int hour = 0; hour < 96; hour++, now = now.plus(Duration.ofMinutes(61))) {
          if (windows.opensAt(now, zone) instanceof Opening.OpensAt(var at)) {
            opened++;
            assertThat(at).isAfter(now);
            assertThat(windows.opensAt(at, zone)).as(id + at).isEqualTo(new Opening.OpenNow());
            assertThat(windows.opensAt(at.minusNanos(1), zone))
                .as(id + at)
                .isEqualTo(new Opening.OpensAt(at));
          }
        }
        transition = zone.getRules().nextTransition(transition.getInstant());
      }
    }
    assertThat(opened).isGreaterThan(100_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "from": "09:00", "until": "17:00"       | 09:00    | 17:00
          "from": "09:00:30", "until": "17:00:00" | 09:00:30 | 17:00
          "from": null, "until": null             | 00:00    | 00:00
          "until": "24:00"                        | 00:00    | 00:00
          "from": "18:00", "until": "24:00:00"    | 18:00    | 00:00
          "from": "18:00", "until": "00:00:00"    | 18:00    | 00:00
          "from": "09:00", "until": 1020          | 09:00    | 17:00
          "from": 0, "until": 1440                | 00:00    | 00:00
          "from": "23:59:59.5"                    | 23:59:59.5 | 00:00
          """)
  void times_are_read_in_all_their_forms(String times, LocalTime from, LocalTime until) {
    assertThat(
            windows("[{\"day\": \"tues\", \"type\": \"send\", " + times + "}]")
                .days()
                .get(DayOfWeek.TUESDAY))
        .isEqualTo(new Hours(from, until));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"day": "monday"}                                                          | ``       | list
          "always"                                                                   | ``       | list
          ["monday"]                                                                 | [0]      | object
          [{"type": "send"}]                                                         | [0].day  | monday
          [{"day": "someday", "type": "send"}]                                       | [0].day  | monday
          [{"day": "weekdays", "type": "send"}]                                      | [0].day  | monday
          [{"day": "monday", "type": "send"}, {"day": "mon", "type": "do_not_send"}] | [1].day  | one send window
          [{"day": "monday"}]                                                        | [0].type | send or do_not_send
          [{"day": "monday", "type": "maybe"}]                                       | [0].type | send or do_not_send
          [{"day": "monday", "type": "do_not_send", "from": "09:00"}]                | [0].from | sends
          [{"day": "monday", "type": "do_not_send", "until": "09:00"}]               | [0].until | sends
          [{"day": "monday", "type": "send", "from": "17:00", "until": "09:00"}]     | [0].until | after
          [{"day": "monday", "type": "send", "from": "09:00", "until": "09:00"}]     | [0].until | after
          [{"day": "monday", "type": "send", "from": "25:00"}]                       | [0].from | 09:00:00
          [{"day": "monday", "type": "send", "from": "24:00"}]                       | [0].from | 09:00:00
          [{"day": "monday", "type": "send", "from": "9am"}]                         | [0].from | 09:00:00
          [{"day": "monday", "type": "send", "from": "09:00:00Z"}]                   | [0].from | 09:00:00
          [{"day": "monday", "type": "send", "until": 1441}]                         | [0].until | 09:00:00
          [{"day": "monday", "type": "send", "from": 1440}]                          | [0].from | 09:00:00
          [{"day": "monday", "type": "send", "from": 1.5}]                           | [0].from | 09:00:00
          [{"day": "monday", "type": "send", "from": true}]                          | [0].from | 09:00:00
          """)
  void what_makes_no_sense_is_refused_with_its_field_and_a_reason(
      String source, String field, String reason) {
    assertThat(SendWindows.of(JsonLiteral.parse(source).orElseThrow()))
        .isInstanceOfSatisfying(
            SendWindows.Read.Refused.class,
            refused -> {
              assertThat(refused.problems()).hasSize(1);
              FieldProblem problem = refused.problems().getFirst();
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.reason()).contains(reason);
              assertThat(problem.below("send_windows").field()).isEqualTo("send_windows" + field);
            });
  }

  @Test
  void outside_of_a_window_the_message_waits_or_the_run_does() {
    assertThat(SendWindowMode.named("queue")).contains(SendWindowMode.QUEUE_MESSAGE);
    assertThat(SendWindowMode.named("hold")).contains(SendWindowMode.HOLD_RUN);
    assertThat(SendWindowMode.named("drop")).isEmpty();
  }

  private static SendWindows windows(String source) {
    return switch (SendWindows.of(JsonLiteral.parse(source).orElseThrow())) {
      case SendWindows.Read.Ok(var windows) -> windows;
      case SendWindows.Read.Refused(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static String shown(SendWindows windows, String now) {
    return shown(windows, Instant.parse(now), ZoneId.of("Etc/UTC"));
  }

  private static String shown(SendWindows windows, Instant now, ZoneId zone) {
    return switch (windows.opensAt(now, zone)) {
      case Opening.OpenNow() -> "now";
      case Opening.OpensAt(var at) -> at.toString();
      case Opening.Never() -> "never";
    };
  }
}
