package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.refusedStep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions;
import dev.carillon.window.Period;
import dev.carillon.window.TimeUnit;
import dev.carillon.window.Window;
import dev.carillon.workflow.Step.EventSource;
import dev.carillon.workflow.Step.WaitForEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitForEventReaderTest {
  private static final String UPDATED = "\"event\": {\"event_type\": \"recipient\"}";
  private static final String MATCH =
      """
      "match_conditions": [{"operator": "and", "conditions": [
        {"variable": "event.message_id", "operator": "equal_to", "argument": "msg_123"}]}]
      """;

  @Test
  void each_kind_of_event_is_read() {
    assertThat(
            source(
                """
                {"event_type": "message", "event_key": "interacted", "source_type": "workflow",
                 "source_key": "engagement"}
                """))
        .isEqualTo(new EventSource.OfMessage("engagement", "interacted"));
    assertThat(
            source(
                """
                {"event_type": "message", "event_key": "seen", "source_type": "guide",
                 "source_key": "tour"}
                """))
        .isEqualTo(new EventSource.OfOtherMessage("guide", "tour", "seen"));
    assertThat(
            source(
                """
                {"event_type": "workflow", "event_key": "completed", "source_key": "onboarding"}
                """))
        .isEqualTo(new EventSource.OfWorkflow("onboarding", "completed"));
    assertThat(
            source(
                """
                {"event_type": "audience", "event_key": "enter", "audience_key": "vip-users"}
                """))
        .isEqualTo(new EventSource.OfAudience("vip-users", "enter"));
    assertThat(source("{\"event_type\": \"recipient\", \"event_key\": null}"))
        .isEqualTo(new EventSource.OfRecipient("updated"));
    assertThat(
            source(
                """
                {"event_type": "integration_source", "event_key": "order.updated",
                 "integration_source_key": "segment"}
                """))
        .isEqualTo(new EventSource.OfSource("segment", "order.updated"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created",
        "queued",
        "sent",
        "not_sent",
        "delivered",
        "delivery_attempted",
        "undelivered",
        "bounced",
        "read",
        "unread",
        "seen",
        "unseen",
        "archived",
        "unarchived",
        "interacted",
        "link_clicked"
      })
  void each_status_of_a_message_can_be_waited_for(String event) {
    assertThat(
            source(
                """
                {"event_type": "message", "event_key": "%s", "source_key": "w"}
                """
                    .formatted(event)))
        .isEqualTo(new EventSource.OfMessage("w", event));
  }

  private static EventSource source(String event) {
    return wait("\"event\": " + event + ", " + MATCH).event();
  }

  @Test
  void a_wait_that_says_no_more_lasts_15_minutes_and_then_halts() {
    var wait =
        wait(
            UPDATED
                + ", \"match_conditions\": null, \"expires_after\": null, \"on_match\": null,"
                + " \"on_timeout\": null");
    assertThat(wait.expiresAfter()).isEqualTo(new Window.Fixed(new Period(15, TimeUnit.MINUTES)));
    assertThat(wait.match()).isEqualTo(Conditions.ALWAYS);
    assertThat(wait.haltsOnMatch()).isFalse();
    assertThat(wait.haltsOnTimeout()).isTrue();
    assertThat(wait(UPDATED)).isEqualTo(wait);
  }

  @Test
  void what_follows_a_match_and_a_timeout_is_read() {
    var wait =
        wait(
            UPDATED
                + ", \"on_match\": \"halt\", \"on_timeout\": \"continue\","
                + " \"expires_after\": {\"unit\": \"days\", \"value\": 30}");
    assertThat(wait.expiresAfter()).isEqualTo(new Window.Fixed(new Period(30, TimeUnit.DAYS)));
    assertThat(wait.haltsOnMatch()).isTrue();
    assertThat(wait.haltsOnTimeout()).isFalse();
  }

  @Test
  void match_conditions_are_read_from_groups_of_which_all_must_hold() {
    assertThat(wait(UPDATED + ", " + MATCH).match()).isNotEqualTo(Conditions.ALWAYS);
    assertThat(wait(UPDATED + ", \"match_conditions\": []").match().each()).isEmpty();
    assertThat(
            wait(UPDATED
                    + ", "
                    + MATCH.replace("}]}]", "}]}, {\"conditions\": [], \"operator\": null}]"))
                .match()
                .each())
        .hasSize(1);
  }

  /** Each row: the settings of a step. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "on_match": "halt"                                        | event              | needs an event
          "event": "seen"                                           | event              | object
          "event": {}                                               | event.event_type   | message, workflow, recipient
          "event": {"event_type": "weather"}                        | event.event_type   | message, workflow, recipient
          "event": {"event_type": "recipient", "event_key": "gone"} | event.event_key    | updated
          "event": {"event_type": "audience", "event_key": "enter"} | event.audience_key | needs the key
          "event": {"event_type": "audience", "audience_key": "a"}  | event.event_key    | needs its key
          "event": {"event_type": "audience", "audience_key": "a", "event_key": "in"} | event.event_key | enter or exit
          "event": {"event_type": "integration_source", "event_key": "e"} | event.integration_source_key | its source
          "event": {"event_type": "integration_source", "integration_source_key": "s"} | event.event_key | its key
          "event": {"event_type": "workflow", "source_key": "w", "event_key": "started"} | match_conditions | needs conditions
          "event": {"event_type": "message", "source_key": "w", "event_key": "seen"}     | match_conditions | needs conditions
          "event": {"event_type": "message", "source_key": "w", "event_key": "seen"}, "match_conditions": [] | match_conditions | needs conditions
          "event": {"event_type": "message", "source_key": "w", "event_key": "seen"}, "match_conditions": [{"conditions": []}] | match_conditions | needs conditions
          "event": {"event_type": "message", "source_key": "w", "event_key": "liked"}, "match_conditions": [{"variable": "event.a", "operator": "exists"}] | event.event_key | link_clicked
          "event": {"event_type": "message", "event_key": "seen"}, "match_conditions": [{"variable": "event.a", "operator": "exists"}] | event.source_key | needs the key
          "event": {"event_type": "message", "source_type": "letter", "source_key": "w", "event_key": "seen"}, "match_conditions": [{"variable": "event.a", "operator": "exists"}] | event.source_type | broadcast
          "event": {"event_type": "workflow", "source_key": "w", "event_key": "halted"}, "match_conditions": [{"variable": "event.a", "operator": "exists"}] | event.event_key | started or completed
          "event": {"event_type": "recipient"}, "expires_after": {"unit": "days", "value": 31} | expires_after | 30 days
          "event": {"event_type": "recipient"}, "expires_after": {"unit": "days", "value": -1} | expires_after | 30 days
          "event": {"event_type": "recipient"}, "expires_after": "1 day"    | expires_after | unit
          "event": {"event_type": "recipient"}, "on_match": "stop"          | on_match      | continue or halt
          "event": {"event_type": "recipient"}, "on_timeout": true          | on_timeout    | halt or continue
          "event": {"event_type": "recipient"}, "match_conditions": "x"     | match_conditions | all
          "event": {"event_type": "recipient"}, "match_conditions": [{"conditions": [{"variable": "event.a", "operator": "is"}]}] | match_conditions[0].conditions[0].operator | "is"
          "event": {"event_type": "recipient"}, "match_conditions": [{"operator": "xor", "conditions": []}] | match_conditions[0].operator | and
          """)
  void what_is_wrong_with_a_wait_is_named(String settings, String at, String reason) {
    refusedStep(step(settings), "settings." + at, reason);
  }

  private static WaitForEvent wait(String settings) {
    return Reading.step(WaitForEvent.class, step(settings));
  }

  private static String step(String settings) {
    return "{\"ref\": \"it\", \"type\": \"wait_for_event\", \"settings\": {" + settings + "}}";
  }
}
