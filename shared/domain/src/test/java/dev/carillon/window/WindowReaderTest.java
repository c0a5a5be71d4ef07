package dev.carillon.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.time.RepeatRule;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WindowReaderTest {

  @Test
  void a_window_is_read_in_all_its_forms() {
    assertThat(read("{\"unit\": \"minutes\", \"value\": 10}", null, Limit.BATCH))
        .isEqualTo(new WindowReader.Read.Ok(new Window.Fixed(new Period(10, TimeUnit.MINUTES))));
    assertThat(read("null", "recipient.batchWindow", Limit.BATCH))
        .isEqualTo(new WindowReader.Read.Ok(new Window.Field("recipient.batchWindow")));
    assertThat(read("{\"unit\": \"days\", \"value\": -1}", "data.at", Limit.DELAY))
        .isEqualTo(relative(-1, TimeUnit.DAYS));
    assertThat(read("{\"unit\": \"hours\", \"value\": 2}", "data.at", Limit.THROTTLE))
        .isEqualTo(relative(2, TimeUnit.HOURS));
  }

  @Test
  void a_fixed_window_may_be_a_rule() {
    String weekly = "{\"frequency\": \"weekly\", \"days\": [\"fri\"], \"hours\": 17}";
    assertThat(read(weekly, " ", Limit.BATCH))
        .isInstanceOfSatisfying(
            WindowReader.Read.Ok.class,
            ok ->
                assertThat(((Window.Rule) ok.window()).rule())
                    .isEqualTo(((RepeatRule.Read.Ok) RepeatRule.of(json(weekly))).rule()));
  }

  @ParameterizedTest
  @EnumSource(Limit.class)
  void without_length_and_path_there_is_no_window(Limit limit) {
    assertThat(read("null", null, limit)).isEqualTo(new WindowReader.Read.Absent());
    assertThat(read("null", " ", limit)).isEqualTo(new WindowReader.Read.Absent());
  }

  @Test
  void before_and_after_may_be_said_by_the_sign_or_by_a_word() {
    assertThat(read("{\"unit\": \"day\", \"value\": 1, \"direction\": \"before\"}", "data.at"))
        .isEqualTo(relative(-1, TimeUnit.DAYS));
    assertThat(read("{\"unit\": \"day\", \"value\": -1, \"direction\": \"before\"}", "data.at"))
        .isEqualTo(relative(-1, TimeUnit.DAYS));
    assertThat(read("{\"unit\": \"day\", \"value\": 1, \"direction\": \"after\"}", "data.at"))
        .isEqualTo(relative(1, TimeUnit.DAYS));
    assertThat(read("{\"unit\": \"day\", \"value\": 1, \"direction\": null}", "data.at"))
        .isEqualTo(relative(1, TimeUnit.DAYS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DELAY    | 5                                                             |         | ``        | unit
          DELAY    | "soon"                                                        |         | ``        | unit
          DELAY    | {"unit": "years", "value": 1}                                 |         | ``        | unit
          DELAY    | {"unit": "days", "value": 366}                                |         | ``        | from 0 to 365 days
          DELAY    | {"unit": "days", "value": -1}                                 |         | ``        | from 0 to 365 days
          DELAY    | {"unit": "days", "value": 1, "direction": "before"}           |         | ``        | from 0 to 365 days
          BATCH    | {"unit": "months", "value": 13}                               |         | ``        | A batch window lasts from 1 second to 365
          BATCH    | {"frequency": "yearly"}                                       |         | frequency | hourly
          BATCH    | {"frequency": "daily", "hours": 24}                           |         | hours     | from 0 to 23
          BATCH    | {"frequency": "daily", "hours": 9}                            | data.at | ``        | no offset
          THROTTLE | {"unit": "days", "value": 32}                                 |         | ``        | from 1 second to 31 days
          THROTTLE | {"unit": "months", "value": 2}                                |         | ``        | from 1 second to 31 days
          THROTTLE | {"unit": "hours", "value": 0}                                 |         | ``        | from 1 second to 31 days
          EVENT    | {"unit": "days", "value": 31}                                 |         | ``        | from 1 second to 30 days
          EVENT    | {"unit": "minutes", "value": 0}                               |         | ``        | from 1 second to 30 days
          DELAY    | {"unit": "days", "value": 1, "direction": "sideways"}         | data.at | direction | before or after
          DELAY    | {"unit": "days", "value": 1, "direction": true}               | data.at | direction | before or after
          DELAY    | {"unit": "days", "value": -1, "direction": "after"}           | data.at | direction | negative
          """)
  void what_makes_no_sense_is_refused_with_its_field_and_a_reason(
      Limit limit, String length, String path, String field, String reason) {
    assertThat(read(length, path, limit))
        .isInstanceOfSatisfying(
            WindowReader.Read.Refused.class,
            refused -> {
              assertThat(refused.problems()).hasSize(1);
              assertThat(refused.problems().getFirst().field()).isEqualTo(field);
              assertThat(refused.problems().getFirst().reason()).contains(reason);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "DELAY, 365, DAYS",
    "DELAY, 12, MONTHS",
    "DELAY, 0, SECONDS",
    "BATCH, 52, WEEKS",
    "THROTTLE, 31, DAYS",
    "THROTTLE, 1, MONTHS",
    "THROTTLE, 1, SECONDS",
    "EVENT, 30, DAYS"
  })
  void the_limits_themselves_are_accepted(Limit limit, long value, TimeUnit unit) {
    var period = new Period(value, unit);
    assertThat(WindowReader.read(period.json(), Optional.empty(), limit))
        .isEqualTo(new WindowReader.Read.Ok(new Window.Fixed(period)));
  }

  private static WindowReader.Read relative(long value, TimeUnit unit) {
    return new WindowReader.Read.Ok(new Window.Relative(new Period(value, unit), "data.at"));
  }

  private static WindowReader.Read read(String length, String path) {
    return read(length, path, Limit.DELAY);
  }

  private static WindowReader.Read read(String length, String path, Limit limit) {
    return WindowReader.read(json(length), Optional.ofNullable(path), limit);
  }

  private static Json json(String text) {
    return JsonLiteral.parse(text).orElseThrow(() -> new AssertionError("No JSON: " + text));
  }
}
