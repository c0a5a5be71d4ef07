package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static dev.carillon.testing.scenarios.GuideEngine.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.TriggerId;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide to delays, with its own numbers. */
class DelayGuideTest {
  private static final String MAIL = mail("late");

  private final GuideEngine scene = GuideEngine.open().users("elmo", "ann");

  private void delayed(String settings) {
    scene.workflow("reminder", step("delay", settings), MAIL);
  }

  private TriggerId remind(String data) {
    return scene.trigger(
        "reminder", "{'recipients': ['elmo'], 'actor': 'ann', 'data': {" + data + "}}");
  }

  @ParameterizedTest
  @CsvSource({
    "seconds, 30, 2026-01-05T09:00:30Z",
    "minutes, 15, 2026-01-05T09:15:00Z",
    "hours, 2, 2026-01-05T11:00:00Z",
    "days, 3, 2026-01-08T09:00:00Z",
    "weeks, 2, 2026-01-19T09:00:00Z",
    "months, 1, 2026-02-05T09:00:00Z",
    "days, 365, 2027-01-05T09:00:00Z",
  })
  void a_fixed_delay_lasts_seconds_to_months_and_up_to_a_year(
      String unit, int value, String until) {
    delayed("'delay_for': {'unit': '%s', 'value': %d}".formatted(unit, value));
    remind("");
    assertThat(scene.engine.advanceUntilIdle(java.time.Duration.ofDays(366))).isTrue();
    assertThat(scene.mailTimes()).containsExactly(until);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          '2026-01-08T14:00:00Z'                               | 2026-01-08T14:00:00Z
          '2026-01-08T14:00:00+02:00'                          | 2026-01-08T12:00:00Z
          {'unit': 'minutes', 'value': 15}                     | 2026-01-05T09:15:00Z
          {'unit': 'seconds', 'value': 30}                     | 2026-01-05T09:00:30Z
          {'frequency': 'daily', 'hours': 9, 'minutes': 30}    | 2026-01-05T14:30:00Z
          {'frequency': 'weekly', 'days': ['mon'], 'hours': 9} | 2026-01-05T14:00:00Z
          {'frequency': 'weekly', 'days': ['tues']}            | 2026-01-06T05:00:00Z
          {'frequency': 'hourly', 'minutes': 10}               | 2026-01-05T09:10:00Z
          {'frequency': 'monthly', 'day_of_month': 1}          | 2026-02-01T05:00:00Z
          {'frequency': 'daily', 'days': 'weekends', 'hours': 8} | 2026-01-10T13:00:00Z
          """)
  void a_dynamic_delay_is_a_timestamp_a_length_or_a_rule_in_the_recipients_zone(
      String value, String until) {
    scene.user("elmo", "'timezone': 'America/New_York'");
    delayed("'delay_until_field_path': 'data.delayUntil'");
    remind("'delayUntil': " + value);
    scene.pass("P40D");
    assertThat(scene.mailTimes()).containsExactly(until);
  }

  @ParameterizedTest
  @CsvSource({
    "recipient.delayUntil",
    "actor.delayUntil",
    "tenant.delayUntil",
    "data.delayUntil",
    "delayUntil",
    "vars.delayDuration"
  })
  void a_dynamic_delay_comes_from_data_recipient_actor_tenant_or_a_variable(String path) {
    String value = "'delayUntil': {'unit': 'minutes', 'value': 15}";
    if (path.startsWith("vars.")) {
      scene.engine.push(
          Map.of(
              "variables.json",
              """
              {"delayDuration": {"type": "public", "value": "{\\"unit\\": \\"minutes\\", \\"value\\": 15}"}}
              """));
    }
    scene.user("elmo", path.startsWith("recipient") ? value : "'name': 'Elmo'");
    scene.user("ann", path.startsWith("actor") ? value : "'name': 'Ann'");
    delayed("'delay_until_field_path': '" + path + "'");
    scene.trigger(
        "reminder",
        "{'recipients': ['elmo'], 'actor': 'ann', 'tenant': {'id': 'acme'%s}, 'data': {%s}}"
            .formatted(
                path.startsWith("tenant") ? ", " + value : "",
                path.startsWith("data") || path.startsWith("delay") ? value : ""));
    scene.pass("PT1H");
    assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:15:00Z");
  }

  @Test
  void a_rule_goes_by_the_environments_zone_for_a_recipient_without_one_and_else_by_utc() {
    delayed("'delay_until_field_path': 'data.at'");
    String nine = "'at': {'frequency': 'daily', 'hours': 10}";
    var utc = remind(nine);
    assertThat(said(scene.run(utc, "elmo"), "delay_started").text("until"))
        .contains("2026-01-05T10:00:00Z");
    scene
        .engine
        .ports()
        .environments()
        .put(
            InProcessEngine.ENVIRONMENT,
            new EnvironmentSettings(
                Optional.of(ZoneId.of("Asia/Tokyo")), Json.Obj.EMPTY, List.of()));
    var tokyo = remind(nine);
    assertThat(said(scene.run(tokyo, "elmo"), "delay_started").text("until"))
        .contains("2026-01-06T01:00:00Z");
    scene.user("elmo", "'timezone': 'Europe/Berlin'");
    var berlin = remind(nine);
    assertThat(said(scene.run(berlin, "elmo"), "delay_started").text("until"))
        .contains("2026-01-06T09:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'unit': 'days', 'value': -1}                        | 2026-01-09T09:00:00Z
          {'unit': 'hours', 'value': 2}                        | 2026-01-10T11:00:00Z
          {'unit': 'days', 'value': 1, 'direction': 'before'}  | 2026-01-09T09:00:00Z
          """)
  void a_relative_delay_ends_a_day_before_an_appointment_or_two_hours_after_an_event(
      String offset, String until) {
    delayed("'delay_for': " + offset + ", 'delay_until_field_path': 'data.appointment'");
    remind("'appointment': '2026-01-10T09:00:00Z'");
    scene.pass("P10D");
    assertThat(scene.mailTimes()).containsExactly(until);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'x': 1                                        | delay_invalid
          'delayUntil': 'tomorrow'                      | delay_invalid
          'delayUntil': null                            | delay_invalid
          'delayUntil': '2022-05-04T20:34:07Z'          | delay_in_the_past
          'delayUntil': '2027-06-01T00:00:00Z'          | delay_too_long
          """)
  void a_missing_or_invalid_value_is_an_error_in_the_log_and_the_delay_is_skipped(
      String data, String reason) {
    delayed("'delay_until_field_path': 'data.delayUntil'");
    var run = scene.run(remind(data), "elmo");
    assertThat(scene.mails()).hasSize(1);
    assertThat(said(run, "step_skipped").text("reason")).contains(reason);
    assertThat(run.errors()).isEqualTo(1);
  }

  @Test
  void the_time_of_a_delay_counts_from_when_the_step_is_executed() {
    scene.workflow(
        "reminder",
        step("delay", "first", "'delay_for': {'unit': 'minutes', 'value': 10}"),
        step("delay", "second", "'delay_for': {'unit': 'minutes', 'value': 10}"),
        MAIL);
    remind("");
    scene.pass("PT1H");
    assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:20:00Z");
  }

  @Test
  void a_delay_step_is_executed_only_if_its_conditions_hold() {
    scene.workflow(
        "reminder",
        when(
            "[" + condition("data.delay", "equal_to", "'true'") + "]",
            step("delay", "'delay_for': {'unit': 'hours', 'value': 1}")),
        MAIL);
    remind("'delay': false");
    assertThat(scene.mails()).hasSize(1);
    remind("'delay': true");
    assertThat(scene.mails()).hasSize(1);
    scene.pass("PT1H");
    assertThat(scene.mails()).hasSize(2);
  }

  @Test
  void the_log_says_which_window_was_chosen_and_why() {
    scene.user("elmo", "'timezone': 'America/New_York'");
    delayed("'delay_until_field_path': 'data.at'");
    var run = scene.run(remind("'at': {'frequency': 'daily', 'hours': 9}"), "elmo");
    Json.Obj said = said(run, "delay_started");
    assertThat(said.text("until")).contains("2026-01-05T14:00:00Z");
    assertThat(said.text("window")).contains("dynamic");
    assertThat(said.text("path")).contains("data.at");
    assertThat(said.object("value").text("frequency")).contains("daily");
    assertThat(InvocationJson.of(said)).contains("America/New_York").contains("recipient");
  }
}
