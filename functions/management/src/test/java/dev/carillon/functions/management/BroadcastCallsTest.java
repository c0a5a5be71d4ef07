package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.functions.management.ManagementFixture.Reply;
import dev.carillon.json.Json;
import dev.carillon.task.FanoutTask;
import dev.carillon.timer.Minutes;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BroadcastCallsTest {
  private static final String ONE = "/v1/broadcasts/new-year";
  private static final String HERE = "?environment=development";

  private final ManagementFixture desk = new ManagementFixture();

  @BeforeEach
  void there_is_an_audience() {
    desk.ports.audiences().put(ManagementFixture.LOCAL, "everybody", new Audience.Static());
  }

  private static String broadcast(String more) {
    return """
    {'broadcast': {'name': 'New year', 'target_audience_key': 'everybody', %s 'steps': [
      {'type': 'channel', 'ref': 'feed_1', 'channel_type': 'in_app_feed', 'channel_key': 'feed',
       'template': {'markdown_body': 'A happy new year, {{ recipient.name }}.'}}]}}
    """
        .formatted(more);
  }

  private Reply save() {
    return desk.put(ONE + HERE, broadcast(""));
  }

  private Reply send(String body) {
    return desk.put(ONE + "/send" + HERE, body);
  }

  private Stage stage() {
    return desk.ports.broadcasts().find(ManagementFixture.LOCAL, "new-year").orElseThrow().stage();
  }

  @Test
  void a_draft_is_saved_shown_and_listed_newest_first() {
    Reply saved = save();
    assertThat(saved.status()).isEqualTo(200);
    assertThat(saved.text("broadcast.status")).isEqualTo("draft");
    assertThat(saved.text("broadcast.valid")).isEqualTo("true");
    assertThat(saved.text("broadcast.settings.is_commercial"))
        .as("unless it says")
        .isEqualTo("true");
    assertThat(desk.put("/v1/broadcasts/spring" + HERE, broadcast("")).status()).isEqualTo(200);
    Reply again = desk.put(ONE + HERE, broadcast("'categories': ['news'],"));
    assertThat(again.text("broadcast.created_at")).isEqualTo(saved.text("broadcast.created_at"));
    assertThat(again.text("broadcast.sha")).isNotEqualTo(saved.text("broadcast.sha"));
    assertThat(desk.get(ONE + HERE).text("categories")).isEqualTo("[\"news\"]");
    Reply list = desk.get("/v1/broadcasts" + HERE);
    assertThat(list.text("entries.0.key")).isEqualTo("spring");
    assertThat(list.text("entries.1.key")).isEqualTo("new-year");
    assertThat(desk.get("/v1/broadcasts?environment=production").text("entries")).isEqualTo("[]");
    assertThat(desk.get("/v1/workflows").text("entries")).as("it is no workflow").isEqualTo("[]");
  }

  @Test
  void what_answers_say_may_be_sent_back() {
    save();
    Reply shown = desk.get(ONE + HERE);
    Reply again = desk.put(ONE + HERE, Json.object().with("broadcast", shown.body()));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("broadcast.sha")).isEqualTo(shown.text("sha"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'goal_attachment': {'goal_key': 'x'},    | goal_attachment
          'trigger_frequency': 'every_trigger',    | trigger_frequency
          'colour': 'red',                         | colour
          'description': 7,                        | description
          'settings': {'is_commercial': 'maybe'},  | settings.is_commercial
          'scheduled_at': 'tomorrow',              | broadcast.scheduled_at
          """)
  void what_a_broadcast_cannot_have_is_refused(String more, String field) {
    Reply refused = desk.put(ONE + HERE, broadcast(more));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("errors.0.field")).isEqualTo(field);
    assertThat(desk.get(ONE + HERE).status()).isEqualTo(404);
    assertThat(desk.put(ONE + "/validate" + HERE, broadcast(more)).status()).isEqualTo(422);
  }

  @Test
  void steps_that_a_broadcast_has_not_are_refused_with_their_place() {
    String steps =
        """
        {'broadcast': {'name': 'x', 'steps': [{'type': 'branch', 'ref': 'b', 'branches': [
          {'name': 'a', 'conditions': {'variable': 'recipient.plan', 'operator': 'equal_to', 'argument': 'pro'},
           'steps': [{'type': 'throttle', 'ref': 't', 'settings': {'throttle_limit': 1, 'throttle_window': {'unit': 'days', 'value': 1}}}]},
          {'name': 'default', 'steps': []}]}]}}
        """;
    Reply refused = desk.put(ONE + HERE, steps);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().toString()).contains("steps[0].branches[0].steps[0].type");
    assertThat(desk.put("/v1/broadcasts/a" + HERE, broadcast("")).text("errors.0.field"))
        .isEqualTo("broadcast_key");
    assertThat(desk.put(ONE + HERE + "&branch=try", broadcast("")).status()).isEqualTo(501);
  }

  @Test
  void a_check_stores_nothing() {
    Reply checked = desk.put(ONE + "/validate" + HERE, broadcast(""));
    assertThat(checked.text("broadcast.valid")).isEqualTo("true");
    assertThat(desk.get(ONE + HERE).status()).isEqualTo(404);
  }

  @Test
  void one_that_is_sent_goes_at_once_and_once() {
    save();
    Reply sent = send("{}");
    assertThat(sent.status()).isEqualTo(200);
    assertThat(sent.text("broadcast.status")).as("nobody has it yet").isEqualTo("scheduled");
    assertThat(sent.text("broadcast.sent_at")).isEqualTo("null");
    assertThat(desk.ports.tasks().sent())
        .extracting(it -> it.task())
        .containsExactly(
            new FanoutTask.SendOut(
                ManagementFixture.LOCAL, "new-year", 1, Minutes.of(desk.clock.instant())));
    assertThat(
            desk.ports
                .workflows()
                .live(ManagementFixture.LOCAL, WorkflowKey.ofBroadcast("new-year")))
        .isPresent();
    assertThat(send("{}").text("code")).isEqualTo("broadcast_not_draft");
    assertThat(save().status()).as("what is on its way does not change").isEqualTo(409);
    assertThat(desk.ports.tasks().sent()).hasSize(1);
  }

  @Test
  void one_that_is_scheduled_may_be_called_off_and_sent_again() {
    save();
    Instant at = desk.clock.instant().plus(Duration.ofDays(3));
    Reply scheduled = send("{'send_at': '%s'}".formatted(at));
    assertThat(scheduled.text("broadcast.scheduled_at")).startsWith("2026-01-08T09:01:00");
    assertThat(desk.ports.timers().all()).hasSize(1);
    assertThat(desk.ports.minuteSchedules().standing()).containsExactly(Minutes.of(at));
    Reply called = desk.put(ONE + "/cancel" + HERE, "{}");
    assertThat(called.text("broadcast.status")).isEqualTo("draft");
    assertThat(called.text("broadcast.scheduled_at")).isEqualTo("null");
    assertThat(desk.ports.timers().all()).isEmpty();
    assertThat(desk.put(ONE + "/cancel" + HERE, "{}").text("code")).isEqualTo("not_waiting");
    assertThat(send("{}").status()).isEqualTo(200);
    assertThat(stage().asked().orElseThrow().number())
        .as("what is left of the first counts for nothing")
        .isEqualTo(2);
  }

  @Test
  void its_author_may_say_when_it_goes() {
    desk.put(ONE + HERE, broadcast("'scheduled_at': '2026-02-01T08:00:00Z',"));
    assertThat(desk.get(ONE + HERE).text("scheduled_at")).startsWith("2026-02-01T08:00:00");
    assertThat(stage()).isEqualTo(new Stage.Draft());
    send("");
    assertThat(stage().asked().orElseThrow().at()).isEqualTo(Instant.parse("2026-02-01T08:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"2026-01-05T08:00:00Z", "2027-03-05T08:00:00Z", "soon"})
  void it_goes_in_the_future_and_within_a_year(String at) {
    save();
    Reply refused = send("{'send_at': '%s'}".formatted(at));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("errors.0.field")).isEqualTo("send_at");
    assertThat(stage()).isEqualTo(new Stage.Draft());
  }

  @Test
  void it_goes_to_an_audience_that_there_is() {
    desk.put(ONE + HERE, broadcast("").replace("everybody", "nobody"));
    assertThat(send("{}").text("errors.0.field")).isEqualTo("target_audience_key");
    desk.put(ONE + HERE, broadcast("").replace("'target_audience_key': 'everybody',", ""));
    assertThat(send("{}").text("errors.0.field")).isEqualTo("target_audience_key");
  }

  @Test
  void who_may_write_may_not_send() {
    save();
    desk.as("knock_st_writer");
    assertThat(send("{}").status()).isEqualTo(403);
    assertThat(desk.put(ONE + "/cancel" + HERE, "{}").status()).isEqualTo(403);
    assertThat(save().status()).isEqualTo(200);
  }

  @Test
  void of_one_who_sends_and_one_who_calls_off_at_once_one_is_told_that_the_other_was_first() {
    save();
    send("{'send_at': '2026-01-08T09:00:00Z'}");
    desk.on(
        ports ->
            DyingPorts.interrupted(
                ports,
                "save",
                () -> {
                  var broadcasts = desk.ports.broadcasts();
                  var read = broadcasts.find(ManagementFixture.LOCAL, "new-year").orElseThrow();
                  broadcasts.save(
                      read.at(
                          new Stage.Sending(
                              read.stage().asked().orElseThrow(), desk.clock.instant()),
                          desk.clock.instant()));
                }));
    assertThat(desk.put(ONE + "/cancel" + HERE, "{}").text("code")).isEqualTo("not_waiting");
    assertThat(stage()).isInstanceOf(Stage.Sending.class);
    assertThat(desk.ports.timers().all()).as("it is still watched").hasSize(1);
  }
}
