package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Send windows: Monday to Friday from nine to six, and quiet hours that hold the run. */
class SendWindowsTest {
  private static final String OFFICE_HOURS =
      """
      'send_windows': [
        {'day': 'monday', 'type': 'send', 'from': '09:00:00', 'until': '18:00:00'},
        {'day': 'tuesday', 'type': 'send', 'from': '09:00:00', 'until': '18:00:00'},
        {'day': 'wednesday', 'type': 'send', 'from': '09:00:00', 'until': '18:00:00'},
        {'day': 'thursday', 'type': 'send', 'from': '09:00:00', 'until': '18:00:00'},
        {'day': 'friday', 'type': 'send', 'from': '09:00:00', 'until': '18:00:00'},
        {'day': 'saturday', 'type': 'do_not_send'},
        {'day': 'sunday', 'type': 'do_not_send'}]\
      """;

  private static String mail(String more) {
    return GuideEngine.mail("mail", "mail").strip().replaceFirst("\\{", "{" + more + ", ");
  }

  private static GuideEngine at(String instant) {
    return GuideEngine.at(instant).user("elmo", "'timezone': 'America/New_York'");
  }

  private static Run trigger(GuideEngine scene) {
    return scene.run(scene.trigger("flow", "{'recipients': ['elmo']}"), "elmo");
  }

  @Test
  void within_the_window_a_mail_is_sent_at_once() {
    var scene = at("2026-01-05T15:00:00Z").workflow("flow", mail(OFFICE_HOURS));
    trigger(scene);
    assertThat(scene.mailTimes()).containsExactly("2026-01-05T15:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T13:59:59Z, 2026-01-05T14:00:00Z",
    "2026-01-05T23:00:00Z, 2026-01-06T14:00:00Z",
    "2026-01-09T23:00:00Z, 2026-01-12T14:00:00Z",
    "2026-01-11T12:00:00Z, 2026-01-12T14:00:00Z",
  })
  void outside_it_the_message_is_queued_until_the_next_window_in_the_recipients_zone(
      String now, String opens) {
    var scene = at(now).workflow("flow", mail(OFFICE_HOURS));
    trigger(scene);
    assertThat(scene.mails()).isEmpty();
    var message = scene.messages().getFirst();
    assertThat(message.status()).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(message.scheduledAt()).contains(Instant.parse(opens));
  }

  @Test
  void the_run_goes_on_meanwhile() {
    var scene =
        at("2026-01-11T12:00:00Z").workflow("flow", mail(OFFICE_HOURS), GuideEngine.mail("two"));
    var run = trigger(scene);
    assertThat(run.status()).isEqualTo("completed");
    assertThat(scene.mails()).containsExactly("elmo: two");
  }

  @Test
  void a_status_condition_right_behind_it_sees_a_queued_message() {
    var scene =
        at("2026-01-11T12:00:00Z")
            .workflow(
                "flow",
                mail(OFFICE_HOURS),
                GuideEngine.when(
                    "["
                        + GuideEngine.condition(
                            "refs.mail.delivery_status", "less_than", "'$message.sent'")
                        + "]",
                    GuideEngine.mail("not sent yet")));
    trigger(scene);
    assertThat(scene.mails()).containsExactly("elmo: not sent yet");
  }

  @Test
  void the_environments_zone_counts_for_a_recipient_without_one_and_else_utc() {
    var scene =
        GuideEngine.at("2026-01-05T08:30:00Z")
            .user("elmo", "'name': 'Elmo'")
            .workflow("flow", mail(OFFICE_HOURS));
    trigger(scene);
    assertThat(scene.messages().getFirst().scheduledAt())
        .contains(Instant.parse("2026-01-05T09:00:00Z"));
    scene
        .engine
        .ports()
        .environments()
        .put(
            InProcessEngine.ENVIRONMENT,
            new EnvironmentSettings(
                Optional.of(ZoneId.of("Europe/Berlin")), Json.Obj.EMPTY, List.of()));
    trigger(scene);
    assertThat(scene.mailTimes()).containsExactly("2026-01-05T08:30:00Z");
  }

  @Test
  void a_window_without_times_is_the_whole_day() {
    var scene =
        at("2026-01-06T05:00:00Z")
            .workflow(
                "flow",
                mail(
                    "'send_windows': [{'day': 'monday', 'type': 'do_not_send'},"
                        + " {'day': 'tuesday', 'type': 'send'}]"));
    trigger(scene);
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void quiet_hours_hold_the_run_and_the_step_is_decided_when_they_are_over() {
    var scene =
        at("2026-01-05T02:00:00Z")
            .workflow(
                "flow",
                mail(OFFICE_HOURS + ", 'send_window_mode': 'hold'"),
                GuideEngine.mail("two"));
    var run = trigger(scene);
    assertThat(run.status()).isEqualTo("paused");
    assertThat(scene.messages()).isEmpty();
    assertThat(said(run, "run_held").object("send_window").text("opens_at"))
        .contains("2026-01-05T14:00:00Z");
    scene.pass("PT12H");
    assertThat(scene.mails()).containsExactly("elmo: mail", "elmo: two");
    assertThat(scene.mailTimes()).containsOnly("2026-01-05T14:00:00Z");
  }

  @Test
  void who_opts_out_during_quiet_hours_gets_nothing() {
    var scene =
        at("2026-01-05T02:00:00Z")
            .workflow("flow", mail(OFFICE_HOURS + ", 'send_window_mode': 'hold'"));
    var run = trigger(scene);
    scene.prefers("elmo", "{'channel_types': {'email': false}}");
    scene.pass("PT12H");
    assertThat(scene.mails()).isEmpty();
    assertThat(said(scene.run(run.trigger(), "elmo"), "step_skipped").text("reason"))
        .contains("opted_out");
  }

  @Test
  void a_run_held_by_quiet_hours_can_be_cancelled() {
    var scene =
        at("2026-01-05T02:00:00Z")
            .workflow("flow", mail(OFFICE_HOURS + ", 'send_window_mode': 'hold'"));
    scene.trigger("flow", "{'recipients': ['elmo'], 'cancellation_key': 'k'}");
    scene.cancel("flow", "{'cancellation_key': 'k'}");
    scene.pass("P1D");
    assertThat(scene.messages()).isEmpty();
  }

  @Test
  void preferences_come_before_windows() {
    var scene =
        at("2026-01-11T12:00:00Z")
            .prefers("elmo", "{'channel_types': {'email': false}}")
            .workflow("flow", mail(OFFICE_HOURS));
    assertThat(said(trigger(scene), "step_skipped").text("reason")).contains("opted_out");
    assertThat(scene.messages()).isEmpty();
  }

  @Test
  void a_delay_may_end_within_the_window() {
    var scene =
        at("2026-01-05T13:00:00Z")
            .workflow(
                "flow",
                step("delay", "'delay_for': {'unit': 'hours', 'value': 2}"),
                mail(OFFICE_HOURS));
    trigger(scene);
    scene.pass("PT2H");
    assertThat(scene.mailTimes()).containsExactly("2026-01-05T15:00:00Z");
  }

  @Test
  void the_log_says_when_the_window_opens_and_by_whose_clock() {
    var scene = at("2026-01-11T12:00:00Z").workflow("flow", mail(OFFICE_HOURS));
    var said = said(trigger(scene), "message_enqueued");
    assertThat(said.text("scheduled_at")).contains("2026-01-12T14:00:00Z");
    assertThat(said.object("send_window"))
        .isEqualTo(
            GuideEngine.json(
                """
                {'opens_at': '2026-01-12T14:00:00Z', 'zone': 'America/New_York',
                 'zone_from': 'recipient'}
                """));
  }
}
