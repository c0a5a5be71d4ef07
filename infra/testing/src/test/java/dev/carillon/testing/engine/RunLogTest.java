package dev.carillon.testing.engine;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.feed;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static dev.carillon.testing.scenarios.GuideEngine.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.testing.scenarios.GuideEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a run's log tells of each step and each try: the debugger's data. */
class RunLogTest {
  private final GuideEngine scene = GuideEngine.open().user("elmo", "'plan': 'pro'");

  private Run trigger(String data) {
    return scene.run(
        scene.trigger("flow", "{'recipients': ['elmo'], 'data': {" + data + "}}"), "elmo");
  }

  @Test
  void of_each_step_what_became_of_it_and_when() {
    scene.workflow(
        "flow",
        feed("f"),
        step("delay", "'delay_for': {'unit': 'minutes', 'value': 10}"),
        mail("m"));
    var run = trigger("");
    scene.pass("PT10M");
    run = scene.run(run.trigger(), "elmo");
    assertThat(run.log())
        .extracting(
            entry ->
                entry.stepType()
                    + " "
                    + entry.event().wireName()
                    + " "
                    + entry.at().toString().substring(11, 16))
        .containsExactly(
            "channel message_enqueued 09:00",
            "delay delay_started 09:00",
            "delay delay_ended 09:10",
            "channel message_enqueued 09:10",
            " run_completed 09:10");
    assertThat(run.log()).allMatch(LogEntry::ok);
  }

  @Test
  void of_conditions_their_values_and_which_were_not_evaluated() {
    scene.workflow(
        "flow",
        when(
            "["
                + condition("data.n", "equal_to", "'2'")
                + ", "
                + condition("recipient.plan", "equal_to", "'pro'")
                + "]",
            mail("m")));
    assertThat(said(trigger("'n': 1"), "step_skipped").list("conditions"))
        .isEqualTo(
            List.of(
                GuideEngine.json(
                    """
                    {'variable': 'data.n', 'operator': 'equal_to', 'argument': 2, 'value': 1,
                     'result': false}
                    """),
                GuideEngine.json(
                    """
                    {'variable': 'recipient.plan', 'operator': 'equal_to', 'argument': 'pro',
                     'value': null, 'result': 'not_evaluated'}
                    """)));
  }

  @Test
  void of_conditions_that_held_too() {
    scene.workflow("flow", when("[" + condition("data.n", "equal_to", "'1'") + "]", mail("m")));
    assertThat(InvocationJson.of(said(trigger("'n': 1"), "message_enqueued")))
        .contains("\"variable\":\"data.n\"")
        .contains("\"result\":true");
  }

  @Test
  void of_a_preference_the_layer_that_decided_and_its_place_in_the_set() {
    scene.prefers("elmo", "{'workflows': {'flow': {'channel_types': {'email': false}}}}");
    scene.workflow("flow", mail("m"));
    Json.Obj said = said(trigger(""), "step_skipped");
    assertThat(said)
        .isEqualTo(
            GuideEngine.json(
                """
                {'reason': 'opted_out', 'preference': 'workflows.flow.channel_types.email',
                 'layer': 'recipient'}
                """));
  }

  @Test
  void of_a_preference_that_allowed_a_message_too() {
    scene.prefers("elmo", "{'workflows': {'flow': true}}");
    scene.workflow("flow", mail("m"));
    Json.Obj said = said(trigger(""), "message_enqueued");
    assertThat(said.text("preference")).contains("workflows.flow");
    assertThat(said.text("layer")).contains("recipient");
  }

  @Test
  void of_a_channel_step_the_message_it_made_and_on_which_channel() {
    scene.workflow("flow", mail("m"));
    Json.Obj said = said(trigger(""), "message_enqueued");
    var message = scene.messages().getFirst();
    assertThat(said.text("message_id")).contains(message.id().value());
    assertThat(said.text("channel_id")).contains(message.channel().toString());
    assertThat(said.text("channel_type")).contains("email");
  }

  @Test
  void of_a_fetch_how_long_each_try_took() {
    scene.workflow("flow", step("http_fetch", "fetch", "'url': 'https://api.example/'"), mail("m"));
    scene.engine.outside().takes(Duration.ofMillis(1_234));
    scene.engine.outside().says(new OutboundResult.TimedOut(), FakeOutside.json(200, "{\"x\": 1}"));
    var run = trigger("");
    scene.pass("PT1M");
    run = scene.run(run.trigger(), "elmo");
    assertThat(run.log().subList(0, 2))
        .extracting(
            entry ->
                entry.event().wireName()
                    + " "
                    + entry.attempt()
                    + " "
                    + InvocationJson.of(duration(entry)))
        .containsExactly("step_failed 1 1234", "fetch_completed 2 1234");
  }

  @Test
  void of_whatever_a_step_did_how_long_it_took_be_it_no_time() {
    scene.workflow(
        "flow",
        step("throttle", "t", "'throttle_window': {'unit': 'hours', 'value': 1}"),
        step("delay", "'delay_for': {'unit': 'minutes', 'value': 10}"),
        when("[" + condition("data.n", "equal_to", "'1'") + "]", mail("m")),
        feed("f"));
    var passed = trigger("'n': 2");
    var stopped = trigger("'n': 2");
    scene.pass("PT10M");
    var lines =
        Stream.of(passed, stopped)
            .flatMap(run -> scene.run(run.trigger(), "elmo").log().stream())
            .filter(entry -> entry.step().isPresent())
            .toList();
    assertThat(lines)
        .extracting(entry -> entry.event().wireName())
        .containsExactly(
            "throttle_passed",
            "delay_started",
            "delay_ended",
            "step_skipped",
            "message_enqueued",
            "run_halted");
    assertThat(lines).allMatch(entry -> duration(entry).equals(Json.of(0)));
  }

  @Test
  void of_the_step_behind_a_slow_one_its_own_time_and_duration() {
    scene.workflow("flow", step("http_fetch", "fetch", "'url': 'https://api.example/'"), mail("m"));
    scene.engine.outside().takes(Duration.ofSeconds(10));
    var run = trigger("");
    LogEntry sent = GuideEngine.line(run, "message_enqueued");
    assertThat(sent.at()).isEqualTo(Instant.parse("2026-01-05T09:00:10Z"));
    assertThat(duration(sent)).isEqualTo(Json.of(0));
  }

  @Test
  void the_retry_of_a_fetch_comes_30_seconds_after_it_failed_and_not_after_it_began() {
    scene.workflow("flow", step("http_fetch", "fetch", "'url': 'https://api.example/'"), mail("m"));
    scene.engine.outside().takes(Duration.ofSeconds(15)).says(new OutboundResult.TimedOut());
    trigger("");
    scene.pass("PT1M");
    assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:01:00Z");
  }

  private static Json duration(LogEntry entry) {
    return entry.data().get("duration_ms").orElse(Json.NULL);
  }

  @Test
  void of_a_window_which_was_chosen_and_why() {
    scene.workflow(
        "flow",
        step(
            "delay",
            """
            'delay_for': {'unit': 'hours', 'value': -1}, 'delay_until_field_path': 'data.at'\
            """),
        mail("m"));
    Json.Obj said = said(trigger("'at': '2026-01-05T12:00:00Z'"), "delay_started");
    assertThat(said)
        .isEqualTo(
            GuideEngine.json(
                """
                {'until': '2026-01-05T11:00:00Z', 'window': 'relative', 'path': 'data.at',
                 'value': '2026-01-05T12:00:00Z', 'offset': {'unit': 'hours', 'value': -1}}
                """));
  }

  @Test
  void of_a_batch_how_many_it_came_to() {
    scene.workflow(
        "flow", step("batch", "'batch_window': {'unit': 'minutes', 'value': 1}"), mail("m"));
    var run = trigger("");
    trigger("");
    scene.pass("PT1M");
    run = scene.run(run.trigger(), "elmo");
    Json.Obj closed = said(run, "batch_closed");
    assertThat(closed.get("total_activities")).contains(Json.of(2));
    assertThat(closed.text("batch")).isEqualTo(said(run, "batch_opened").text("batch"));
    assertThat(closed.get("generation")).contains(Json.of(1));
  }

  @Test
  void of_data_that_a_step_changed_what_it_changed() {
    scene.workflow("flow", step("update_data", "u", "'data': '{\\\"a\\\": 1}'"), mail("m"));
    assertThat(said(trigger(""), "data_updated")).isEqualTo(GuideEngine.json("{'data': {'a': 1}}"));
  }

  /** A step that names a secret is refused, but a name may come to be a secret's later. */
  @Test
  void of_what_a_step_changed_no_secret() {
    scene.workflow(
        "flow",
        step("update_data", "u", "'data': '{\\\"a\\\": \\\"{{vars.key}}\\\"}'"),
        step("update_user", "v", "'update_properties': '{\\\"a\\\": \\\"{{vars.key}}\\\"}'"),
        step(
            "throttle",
            "t",
            "'throttle_window': {'unit': 'hours', 'value': 1}, 'throttle_key': '{{vars.key}}'"),
        step(
            "batch",
            "b",
            "'batch_window': {'unit': 'hours', 'value': 1}, 'batch_key': '{{vars.key}}'"),
        mail("m"));
    scene.engine.push(
        java.util.Map.of(
            "variables.json", "{\"key\": {\"type\": \"secret\", \"value\": \"hunter22\"}}"));
    var run = trigger("");
    assertThat(run.log()).hasSize(4);
    assertThat(run.log().toString()).doesNotContain("hunter22");
  }
}
