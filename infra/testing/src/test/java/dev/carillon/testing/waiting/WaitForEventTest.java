package dev.carillon.testing.waiting;

import static dev.carillon.testing.scenarios.EngineFixtures.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.json.Json;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.Message;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Runs that wait for what happens to messages, other runs and the recipient. A workflow "engage"
 * puts an item into Ana's feed and sends her a mail.
 */
class WaitForEventTest {
  private static final String ENGAGE =
      """
      {"name": "Engage", "steps": [
        {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
         "template": {"markdown_body": "Look at this", "action_url": "https://app.example/"}},
        {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
         "template": {"subject": "Look", "html_body": "<p>Look</p>"}}]}
      """;

  /** Waits for the event and then writes a mail with what the event said. */
  private static String waiting(String event, String conditions, String more) {
    return """
    {"name": "Waiting", "steps": [
      {"type": "wait_for_event", "ref": "wait_1",
       "settings": {"event": %s, "expires_after": {"unit": "hours", "value": 1}%s%s}},
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
       "channel_overrides": {"override_suppression": true},
       "template": {"subject": "{{refs.wait_1.matched}}: {{refs.wait_1.signal_variables.message_id}}",
                    "html_body": "<p>{{refs.wait_1.signal_variables.step_ref}}</p>"}}]}
    """
        .formatted(
            event,
            conditions.isEmpty()
                ? ""
                : ", \"match_conditions\": [{\"operator\": \"and\", \"conditions\": ["
                    + conditions
                    + "]}]",
            more);
  }

  private static String message(String event) {
    return """
    {"event_type": "message", "source_type": "workflow", "source_key": "engage", "event_key": "%s"}\
    """
        .formatted(event);
  }

  private static String equal(String variable, String argument) {
    return """
    {"variable": "%s", "operator": "equal_to", "argument": "%s"}\
    """
        .formatted(variable, argument);
  }

  private final InProcessEngine engine = InProcessEngine.at(EngineFixtures.MONDAY);

  private void workflows(String waiting) {
    engine.push(
        Map.of(
            "workflows/engage/workflow.json", ENGAGE, "workflows/waiting/workflow.json", waiting));
  }

  private void trigger(String workflow, Json.Obj data) {
    CallAnswer answer =
        engine.call(Call.trigger(workflow, EngineFixtures.to(person("ana")).with("data", data)));
    assertThat(answer.ok()).as(InvocationJson.of(answer.body())).isTrue();
    engine.settle();
  }

  private void trigger(String workflow) {
    trigger(workflow, Json.object());
  }

  /** The messages that the workflow made at the step, newest first. */
  private List<Message> made(String workflow, String step) {
    return Scenarios.messages(
        engine,
        it ->
            it.source().workflow().value().equals(workflow)
                && it.source().step().value().equals(step));
  }

  private Run run(String workflow) {
    return Scenarios.runs(engine).stream()
        .filter(it -> it.workflow().value().equals(workflow))
        .findFirst()
        .orElseThrow();
  }

  private List<String> log(String workflow) {
    return run(workflow).log().stream().map(entry -> entry.event().wireName()).toList();
  }

  private void mark(Message message, String what) {
    Call call = Call.put("/v1/messages/" + message.id() + "/" + what, Json.object());
    assertThat(engine.call(call).ok()).isTrue();
    engine.settle();
  }

  private Optional<String> subject(Message message) {
    return engine
        .ports()
        .messages()
        .content(InProcessEngine.ENVIRONMENT, message.id())
        .flatMap(it -> ContentCodec.write(it.content()).text("subject_line"));
  }

  @Test
  void a_run_goes_on_when_the_message_of_another_workflow_is_seen_and_knows_which() {
    workflows(waiting(message("seen"), equal("event.message_id", "data.item"), ""));
    trigger("engage");
    Message item = made("engage", "feed_1").getFirst();
    trigger("waiting", Json.object().with("item", item.id().value()));
    assertThat(made("waiting", "email_1")).isEmpty();

    mark(item, "seen");

    assertThat(subject(made("waiting", "email_1").getFirst()))
        .contains("true: " + item.id().value());
    assertThat(log("waiting")).contains("wait_started", "wait_matched");
    assertThat(engine.ports().timers().all()).isEmpty();
  }

  @Test
  void an_event_that_does_not_match_is_logged_and_the_first_that_does_counts() {
    workflows(waiting(message("seen"), equal("event.message_id", "data.item"), ""));
    trigger("engage");
    trigger("engage");
    List<Message> items = made("engage", "feed_1");
    trigger("waiting", Json.object().with("item", items.get(1).id().value()));

    mark(items.get(0), "seen");
    assertThat(log("waiting")).endsWith("wait_conditions_evaluated");
    assertThat(InvocationJson.of(run("waiting").log().getLast().data()))
        .contains("event.message_id")
        .contains(items.get(0).id().value());
    assertThat(made("waiting", "email_1")).isEmpty();
    mark(items.get(1), "seen");
    mark(items.get(1), "seen");

    assertThat(made("waiting", "email_1")).hasSize(1);
    assertThat(log("waiting").stream().filter("wait_matched"::equals)).hasSize(1);
  }

  @Test
  void an_interaction_with_an_item_of_a_feed_is_heard_by_who_waits_for_that_or_for_reading() {
    for (String event : List.of("interacted", "read", "archived")) {
      var test = new WaitForEventTest();
      test.workflows(waiting(message(event), equal("event.step_ref", "feed_1"), ""));
      test.trigger("engage");
      test.trigger("waiting");
      test.mark(test.made("engage", "feed_1").getFirst(), "interacted");
      assertThat(test.made("waiting", "email_1"))
          .as(event)
          .hasSize(event.equals("archived") ? 0 : 1);
    }
  }

  @Test
  void all_that_becomes_of_a_message_is_heard() {
    for (String event : List.of("created", "queued", "sent", "delivered", "bounced")) {
      var test = new WaitForEventTest();
      test.workflows(waiting(message(event), equal("event.step_ref", "email_1"), ""));
      test.trigger("waiting");
      test.trigger("engage");
      Message mail = test.made("engage", "email_1").getFirst();
      test.engine.sesReports("Delivery", mail.id());
      test.engine.sesReports("Bounce", mail.id());
      test.engine.settle();
      assertThat(test.made("waiting", "email_1")).as(event).hasSize(1);
      assertThat(test.subject(test.made("waiting", "email_1").getFirst()))
          .contains("true: " + mail.id().value());
    }
  }

  @Test
  void an_item_of_a_feed_is_heard_to_be_delivered() {
    workflows(waiting(message("delivered"), equal("event.step_ref", "feed_1"), ""));
    trigger("waiting");
    trigger("engage");
    assertThat(made("waiting", "email_1")).hasSize(1);
  }

  @Test
  void a_wait_does_not_hear_of_what_its_own_run_did_before() {
    workflows(
        """
        {"name": "Waiting", "steps": [
          {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
           "template": {"markdown_body": "Look at this", "action_url": "https://app.example/"}},
          {"type": "wait_for_event", "ref": "wait_1",
           "settings": {"event": {"event_type": "message", "source_type": "workflow",
             "source_key": "waiting", "event_key": "delivered"},
            "match_conditions": [{"operator": "and", "conditions": [
              {"variable": "event.step_ref", "operator": "equal_to", "argument": "feed_1"}]}],
            "expires_after": {"unit": "hours", "value": 1}}}]}
        """);
    trigger("waiting");
    assertThat(made("waiting", "feed_1").getFirst().status().wireName()).isEqualTo("delivered");
    assertThat(run("waiting").status()).isEqualTo("paused");
    assertThat(log("waiting")).doesNotContain("wait_matched");
  }

  @Test
  void what_happens_to_others_is_not_heard() {
    workflows(waiting(message("seen"), equal("event.step_ref", "feed_1"), ""));
    trigger("waiting");
    engine.call(Call.trigger("engage", EngineFixtures.to(person("bob"))));
    engine.settle();
    mark(made("engage", "feed_1").getFirst(), "seen");
    assertThat(made("waiting", "email_1")).isEmpty();
  }

  @Test
  void a_run_hears_that_another_workflow_started_or_completed_for_its_recipient() {
    for (String event : List.of("started", "completed")) {
      var test = new WaitForEventTest();
      test.workflows(
          waiting(
              """
              {"event_type": "workflow", "source_key": "engage", "event_key": "%s"}\
              """
                  .formatted(event),
              """
              {"variable": "event.workflow_recipient_run_id", "operator": "not_empty"},
              {"variable": "event.workflow_run_id", "operator": "not_empty"}\
              """,
              ""));
      test.trigger("waiting");
      assertThat(test.made("waiting", "email_1")).isEmpty();
      test.trigger("engage");
      assertThat(test.made("waiting", "email_1")).as(event).hasSize(1);
    }
  }

  @Test
  void a_run_hears_that_its_recipient_was_updated_and_asks_what_is_known_then() {
    workflows(
        waiting(
            "{\"event_type\": \"recipient\", \"event_key\": \"updated\"}",
            equal("recipient.plan", "gold"),
            ""));
    trigger("waiting");
    assertThat(made("waiting", "email_1")).isEmpty();
    engine.call(Call.put("/v1/users/ana", Json.object().with("plan", "silver")));
    engine.settle();
    assertThat(log("waiting")).endsWith("wait_conditions_evaluated");
    engine.call(Call.put("/v1/users/ana", Json.object().with("plan", "gold")));
    engine.settle();
    assertThat(made("waiting", "email_1")).hasSize(1);
  }

  @Test
  void whom_a_later_trigger_describes_anew_was_updated_too() {
    workflows(
        waiting(
            "{\"event_type\": \"recipient\"}",
            """
            {"variable": "event.properties", "operator": "contains", "argument": "plan"}\
            """,
            ""));
    trigger("waiting");
    engine.call(Call.trigger("engage", EngineFixtures.to(person("ana").with("plan", "gold"))));
    engine.settle();
    assertThat(made("waiting", "email_1")).hasSize(1);
  }

  @Test
  void a_run_that_nothing_came_for_ends_at_its_time_or_goes_on_as_the_step_says() {
    workflows(waiting(message("seen"), equal("event.step_ref", "feed_1"), ""));
    trigger("waiting");
    engine.advance(Duration.ofMinutes(59));
    assertThat(run("waiting").status()).isEqualTo("paused");
    engine.advance(Duration.ofMinutes(1));
    assertThat(log("waiting")).contains("wait_timed_out", "run_halted");
    assertThat(made("waiting", "email_1")).isEmpty();

    var test = new WaitForEventTest();
    test.workflows(
        waiting(
            message("seen"), equal("event.step_ref", "feed_1"), ", \"on_timeout\": \"continue\""));
    test.trigger("waiting");
    test.engine.advance(Duration.ofHours(1));
    assertThat(test.subject(test.made("waiting", "email_1").getFirst())).contains("false:");
  }

  @Test
  void a_match_may_end_the_run() {
    workflows(
        waiting(message("seen"), equal("event.step_ref", "feed_1"), ", \"on_match\": \"halt\""));
    trigger("waiting");
    trigger("engage");
    mark(made("engage", "feed_1").getFirst(), "seen");
    assertThat(log("waiting")).contains("wait_matched", "run_halted");
    assertThat(made("waiting", "email_1")).isEmpty();
    engine.advance(Duration.ofHours(2));
    assertThat(made("waiting", "email_1")).isEmpty();
  }

  @Test
  void an_event_after_the_time_is_up_changes_nothing() {
    workflows(waiting(message("seen"), equal("event.step_ref", "feed_1"), ""));
    trigger("waiting");
    trigger("engage");
    engine.advance(Duration.ofHours(2));
    mark(made("engage", "feed_1").getFirst(), "seen");
    assertThat(made("waiting", "email_1")).isEmpty();
    assertThat(engine.ports().tasks().queued()).isEmpty();
    assertThat(engine.deadLetters()).isEmpty();
  }

  @Test
  void an_event_can_be_taken_only_while_the_recipient_is_in_an_audience() {
    workflows(
        waiting(
            message("seen"),
            """
            {"variable": "recipient", "operator": "is_audience_member", "argument": "vips"}\
            """,
            ""));
    trigger("engage");
    Message item = made("engage", "feed_1").getFirst();
    trigger("waiting");
    mark(item, "seen");
    assertThat(log("waiting")).contains("wait_conditions_evaluated");

    var audiences = engine.ports().audiences();
    audiences.put(InProcessEngine.ENVIRONMENT, "vips", new Audience.Static());
    audiences.add(
        InProcessEngine.ENVIRONMENT,
        "vips",
        new Audiences.Member(RecipientId.user("ana"), Optional.empty()),
        engine.now());
    trigger("engage");
    mark(made("engage", "feed_1").getFirst(), "seen");

    assertThat(made("waiting", "email_1")).hasSize(1);
  }

  @Test
  void a_run_hears_that_its_recipient_comes_into_an_audience_and_leaves_it() {
    for (String event : List.of("enter", "exit")) {
      workflows(
          waiting(
              """
              {"event_type": "audience", "audience_key": "vips", "event_key": "%s"}\
              """
                  .formatted(event),
              "",
              ""));
      Json.Obj ana =
          Json.object()
              .with(
                  "members",
                  Json.array(
                      List.of(
                          Json.object()
                              .with("user", Json.object().with("id", "ana"))
                              .with("tenant", "acme"))));
      if (event.equals("enter")) {
        trigger("waiting");
        assertThat(
                engine
                    .call(Call.post("/v1/audiences/vips/members?create_audience=true", ana))
                    .status())
            .isEqualTo(204);
        engine.settle();
        assertThat(made("waiting", "email_1")).hasSize(1);
        engine.advance(Duration.ofMinutes(20));
        trigger("waiting");
        engine.call(Call.post("/v1/audiences/vips/members", ana)); // is in already
      } else {
        trigger("waiting");
        engine.call(Call.delete("/v1/audiences/vips/members", ana));
      }
      engine.settle();
      assertThat(made("waiting", "email_1")).hasSize(event.equals("enter") ? 1 : 2);
    }
  }

  @Test
  void the_log_of_an_event_that_does_not_match_shows_no_secret_that_the_data_holds() {
    workflows(waiting(message("seen"), equal("event.message_id", "data.key"), ""));
    engine.push(
        Map.of(
            "variables.json",
            """
            {"key": {"type": "secret", "value": "hunter22"}}
            """));
    trigger("engage");
    Message item = made("engage", "feed_1").getFirst();
    trigger("waiting", Json.object().with("key", "hunter22"));
    mark(item, "seen");

    assertThat(log("waiting")).contains("wait_conditions_evaluated");
    assertThat(run("waiting").log().toString()).contains("[secret]").doesNotContain("hunter22");
  }
}
