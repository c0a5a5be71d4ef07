package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.scenarios.GuideEngine;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide to batches on windows, fixed, dynamic and sliding, with its own numbers. */
class BatchWindowsGuideTest extends BatchGuide {
  @Nested
  class Windows {
    @Test
    void a_fixed_window_opens_with_the_first_trigger_and_closes_after_its_time() {
      batched(MINUTES_5, COUNT);
      comment(1);
      scene.pass("PT4M59S");
      comment(2);
      assertThat(scene.mails()).isEmpty();
      scene.pass("PT1S");
      assertThat(scene.mails()).containsExactly("elmo: 2 by 1: 1 2");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:05:00Z");
    }

    @Test
    void what_comes_after_the_close_opens_the_next_batch() {
      batched(MINUTES_5, COUNT);
      comment(1);
      scene.pass("PT5M");
      comment(2);
      scene.pass("PT5M");
      assertThat(scene.mails()).containsExactly("elmo: 1 by 1: 1", "elmo: 1 by 1: 2");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            '2026-01-05T14:00:00Z'                                | 2026-01-05T14:00:00Z
            {'unit': 'days', 'value': 1}                          | 2026-01-06T09:00:00Z
            {'frequency': 'daily', 'hours': 9, 'minutes': 30}     | 2026-01-05T14:30:00Z
            {'frequency': 'weekly', 'days': ['mon'], 'hours': 9}  | 2026-01-05T14:00:00Z
            {'frequency': 'weekly', 'days': ['tues'], 'hours': 9} | 2026-01-06T14:00:00Z
            """,
        quoteCharacter = '"')
    void a_window_from_data_is_a_timestamp_a_length_or_a_rule_in_the_recipients_zone(
        String window, String closes) {
      scene.user("elmo", "'timezone': 'America/New_York'");
      batched("'batch_until_field_path': 'data.batchWindow'", COUNT);
      comment("'n': 1, 'batchWindow': " + window);
      scene.pass("P8D");
      assertThat(scene.mailTimes()).containsExactly(closes);
    }

    @ParameterizedTest
    @CsvSource({"recipient.batchWindow", "actor.batchWindow", "tenant.batchWindow"})
    void a_window_may_come_from_the_recipient_the_actor_or_the_tenant(String path) {
      scene.user("elmo", "'batchWindow': {'unit': 'hours', 'value': 2}");
      scene.user("ann", "'batchWindow': {'unit': 'hours', 'value': 2}");
      batched("'batch_until_field_path': '" + path + "'", COUNT);
      scene.trigger(
          "new-comment",
          """
          {'recipients': ['elmo'], 'actor': 'ann',
           'tenant': {'id': 'acme', 'batchWindow': {'unit': 'hours', 'value': 2}}}
          """);
      scene.pass("PT3H");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T11:00:00Z");
    }

    @Test
    void a_window_may_come_from_a_variable_that_is_json() {
      scene.engine.push(
          Map.of(
              "variables.json",
              """
              {"batchWindow": {"type": "public", "value": "{ \\"unit\\": \\"seconds\\", \\"value\\": 30 }"}}
              """));
      batched("'batch_until_field_path': 'vars.batchWindow'", COUNT);
      comment(1);
      scene.pass("PT3H");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:00:30Z");
    }

    @Test
    void a_window_relative_to_a_timestamp_closes_before_it() {
      batched(
          "'batch_until_field_path': 'data.meeting', 'batch_window': {'unit': 'hours', 'value':"
              + " -1}",
          COUNT);
      comment("'n': 1, 'meeting': '2026-01-05T12:00:00Z'");
      scene.pass("PT5H");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T11:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            'n': 1                                     | batch_window_invalid
            'n': 1, 'batchWindow': 'soon'              | batch_window_invalid
            'n': 1, 'batchWindow': '2026-01-05T08:00:00Z' | batch_window_in_the_past
            """,
        quoteCharacter = '"')
    void a_window_that_is_missing_or_invalid_is_an_error_in_the_log_and_the_batch_is_skipped(
        String data, String reason) {
      batched("'batch_until_field_path': 'data.batchWindow'", COUNT);
      var trigger = comment(data);
      assertThat(scene.mails()).containsExactly("elmo: 1 by 1: 1");
      var line = GuideEngine.line(scene.run(trigger, "elmo"), "step_skipped");
      assertThat(line.data().text("reason")).contains(reason);
      assertThat(line.ok()).isFalse();
    }

    @Test
    void a_length_that_is_a_rule_closes_the_batch_in_each_recipients_own_morning() {
      scene.user("elmo", "'timezone': 'America/New_York'");
      scene.user("ann", "'timezone': 'Europe/Berlin'");
      batched("'batch_window': {'frequency': 'daily', 'hours': 9}", mail("good morning"));
      scene.trigger("new-comment", "{'recipients': ['elmo', 'ann', 'ben']}");
      scene.pass("P1D");
      assertThat(scene.mails())
          .containsExactly("elmo: good morning", "ann: good morning", "ben: good morning");
      assertThat(scene.mailTimes())
          .containsExactly("2026-01-05T14:00:00Z", "2026-01-06T08:00:00Z", "2026-01-06T09:00:00Z");
    }

    @Test
    void a_later_trigger_with_another_dynamic_window_does_not_move_the_close() {
      batched("'batch_until_field_path': 'data.batchWindow'", COUNT);
      comment("'n': 1, 'batchWindow': {'unit': 'minutes', 'value': 5}");
      scene.pass("PT2S");
      comment("'n': 2, 'batchWindow': {'unit': 'days', 'value': 5}");
      scene.pass("PT1H");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:05:00Z");
      assertThat(scene.mails()).containsExactly("elmo: 2 by 1: 1 2");
    }
  }

  @Nested
  class Sliding {
    private static String sliding(String unit, int window, int limit) {
      return """
      'batch_window': {'unit': '%s', 'value': %d}, 'batch_window_type': 'sliding',
      'batch_window_extension_limit': {'unit': '%s', 'value': %d}\
      """
          .formatted(unit, window, unit, limit);
    }

    @Test
    void a_window_of_a_minute_extended_after_30_seconds_closes_after_a_minute_and_30_seconds() {
      batched(sliding("minutes", 1, 60), COUNT);
      comment(1);
      scene.pass("PT30S");
      comment(2);
      scene.pass("PT59S");
      assertThat(scene.mails()).isEmpty();
      scene.pass("PT1S");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:01:30Z");
      assertThat(scene.mails()).containsExactly("elmo: 2 by 1: 1 2");
    }

    @Test
    void a_window_of_12_hours_with_a_limit_of_24_closes_24_hours_after_it_opened() {
      batched(sliding("hours", 12, 24), COUNT);
      comment(1);
      scene.pass("PT6H");
      comment(2);
      scene.pass("PT7H");
      comment(3);
      scene.pass("PT3H");
      comment(4);
      scene.pass("PT7H59M59S");
      assertThat(scene.mails()).isEmpty();
      scene.pass("PT1S");
      assertThat(scene.mailTimes()).containsExactly("2026-01-06T09:00:00Z");
      assertThat(scene.mails()).containsExactly("elmo: 4 by 1: 1 2 3 4");
    }

    @Test
    void a_limit_of_12_hours_below_a_window_of_24_closes_at_once_after_23_hours() {
      batched(sliding("hours", 24, 12), COUNT);
      comment(1);
      scene.pass("PT23H");
      assertThat(scene.mails()).isEmpty();
      comment(2);
      assertThat(scene.mailTimes()).containsExactly("2026-01-06T08:00:00Z");
      assertThat(scene.mails()).containsExactly("elmo: 2 by 1: 1 2");
    }

    /** "Subsequent batched triggers will shorten the overall window." */
    @Test
    void a_limit_of_12_hours_below_a_window_of_24_closes_after_12_once_a_second_trigger_came() {
      batched(sliding("hours", 24, 12), COUNT);
      comment(1);
      scene.pass("PT6H");
      comment(2);
      scene.pass("PT5H59M59S");
      assertThat(scene.mails()).isEmpty();
      scene.pass("PT1S");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T21:00:00Z");
      assertThat(scene.mails()).containsExactly("elmo: 2 by 1: 1 2");
    }

    @ParameterizedTest
    @CsvSource({"5, 2026-01-05T09:06:00Z", "60, 2026-01-05T10:01:00Z"})
    void a_variable_controls_when_a_sliding_window_closes(int minutes, String closes) {
      batched(
          """
          'batch_until_field_path': 'data.stays', 'batch_window_type': 'sliding',
          'batch_window_extension_limit': {'unit': 'hours', 'value': 5}\
          """,
          COUNT);
      comment("'n': 1, 'stays': {'unit': 'minutes', 'value': 20}");
      scene.pass("PT1M");
      comment("'n': 2, 'stays': {'unit': 'minutes', 'value': " + minutes + "}");
      scene.pass("PT2H");
      assertThat(scene.mailTimes()).containsExactly(closes);
      assertThat(scene.mails()).containsExactly("elmo: 2 by 1: 1 2");
    }

    @Test
    void an_extension_to_exactly_the_limit_closes_there_and_what_comes_then_is_in_the_next_batch() {
      batched(sliding("minutes", 10, 15), COUNT);
      comment(1);
      scene.pass("PT5M");
      comment(2);
      scene.pass("PT10M");
      comment(3);
      scene.pass("PT10M");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:15:00Z", "2026-01-05T09:25:00Z");
      assertThat(scene.mails()).containsExactly("elmo: 2 by 1: 1 2", "elmo: 1 by 1: 3");
    }

    @Test
    void a_limit_of_a_second_lets_a_second_trigger_close_the_batch() {
      batched(
          """
          'batch_window': {'unit': 'days', 'value': 1}, 'batch_window_type': 'sliding',
          'batch_window_extension_limit': {'unit': 'seconds', 'value': 1}\
          """,
          COUNT);
      comment(1);
      scene.pass("PT2H");
      comment(2);
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T11:00:00Z");
    }
  }
}
