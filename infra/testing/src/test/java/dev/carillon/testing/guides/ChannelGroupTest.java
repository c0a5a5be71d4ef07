package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static dev.carillon.testing.scenarios.GuideEngine.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.run.Run;
import dev.carillon.run.StepOutcome;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.workflow.StepRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A step that goes to a group of channels. */
class ChannelGroupTest {
  private static final String MAIL =
      """
      {'type': 'channel', 'ref': 'mail', 'channel_type': 'email', 'channel_group_key': 'mails',
       'template': {'subject': 'x', 'html_body': 'x'}}\
      """;
  private static final String ALWAYS =
      """
      {'index': 0, 'rule_type': 'always', 'channel_key': 'email'},
      {'index': 1, 'rule_type': 'always', 'channel_key': 'second'}\
      """;

  private final GuideEngine scene = GuideEngine.open().user("elmo", "'plan': 'pro'");

  ChannelGroupTest() {
    var channels = scene.engine.ports().channels();
    Channel email = channels.find(InProcessEngine.ENVIRONMENT, "email").orElseThrow();
    channels.put(
        InProcessEngine.ENVIRONMENT,
        new Channel(
            new ChannelId(new UUID(7, 7)),
            "second",
            "second",
            email.type(),
            email.provider(),
            email.settings().with("from_address", "second@carillon.example"),
            email.createdAt(),
            email.updatedAt()));
    scene.workflow("flow", MAIL);
  }

  private void group(String operator, String rules) {
    String json =
        "{'key': 'mails', 'channel_type': 'email', 'operator': '%s', 'channel_rules': [%s]}"
            .formatted(operator, rules);
    scene
        .engine
        .ports()
        .environments()
        .put(
            InProcessEngine.ENVIRONMENT,
            new EnvironmentSettings(
                Optional.empty(), Json.Obj.EMPTY, List.of(GuideEngine.json(json))));
  }

  private Run trigger() {
    return scene.run(scene.trigger("flow", "{'recipients': ['elmo']}"), "elmo");
  }

  private List<String> froms() {
    return scene.engine.email().accepted().stream()
        .map(offer -> offer.words().object("from").text("address").orElseThrow())
        .toList();
  }

  @Test
  void all_sends_through_every_channel_whose_rule_holds_and_makes_a_message_for_each() {
    group("all", ALWAYS);
    var run = trigger();
    assertThat(froms())
        .containsExactlyInAnyOrder("hello@carillon.example", "second@carillon.example");
    assertThat(run.outcomes().get(new StepRef("mail")))
        .isInstanceOfSatisfying(
            StepOutcome.Sent.class, sent -> assertThat(sent.messages()).hasSize(2));
    assertThat(GuideEngine.log(run))
        .containsExactly("mail message_enqueued", "mail message_enqueued", "run run_completed");
  }

  @Test
  void any_sends_through_the_first_channel_whose_rule_holds_by_its_index() {
    group(
        "any",
        """
        {'index': 2, 'rule_type': 'always', 'channel_key': 'email'},
        {'index': 1, 'rule_type': 'always', 'channel_key': 'second'}\
        """);
    trigger();
    assertThat(froms()).containsExactly("second@carillon.example");
  }

  @Test
  void a_channel_without_credentials_is_passed_over_for_the_next_and_the_log_says_so() {
    var channels = scene.engine.ports().channels();
    Channel email = channels.find(InProcessEngine.ENVIRONMENT, "email").orElseThrow();
    channels.put(InProcessEngine.ENVIRONMENT, email, List.of("api_key"));
    for (String operator : List.of("any", "all")) {
      group(operator, ALWAYS);
      Json.Obj left = (Json.Obj) said(trigger(), "message_enqueued").list("left_out").getFirst();
      assertThat(left)
          .isEqualTo(
              GuideEngine.json(
                  "{'reason': 'channel_not_configured', 'channel': 'email', 'lacks':"
                      + " ['api_key']}"));
    }
    assertThat(froms()).containsExactly("second@carillon.example", "second@carillon.example");
  }

  @Test
  void a_rule_may_be_if_or_unless() {
    group(
        "any",
        """
        {'index': 0, 'rule_type': 'unless', 'channel_key': 'email',
         'variable': 'recipient.plan', 'operator': 'equal_to', 'argument': 'pro'},
        {'index': 1, 'rule_type': 'if', 'channel_key': 'second',
         'variable': 'recipient.plan', 'operator': 'equal_to', 'argument': 'pro'}\
        """);
    trigger();
    scene.user("elmo", "'plan': 'free'");
    trigger();
    assertThat(froms()).containsExactly("second@carillon.example", "hello@carillon.example");
  }

  @Test
  void a_step_is_skipped_when_no_rule_holds() {
    group(
        "all",
        """
        {'index': 0, 'rule_type': 'if', 'channel_key': 'email',
         'variable': 'recipient.plan', 'operator': 'equal_to', 'argument': 'free'}\
        """);
    assertThat(said(trigger(), "step_skipped").text("reason")).contains("channel_not_configured");
  }

  @Test
  void a_group_that_does_not_exist_is_not_configured() {
    assertThat(said(trigger(), "step_skipped").text("channel")).contains("mails");
  }

  @Test
  void preferences_are_asked_for_each_channel_and_what_was_left_out_is_in_the_log() {
    group("all", ALWAYS);
    scene.prefers("elmo", "{'channels': {'" + new UUID(7, 7) + "': false}}");
    var run = trigger();
    assertThat(froms()).containsExactly("hello@carillon.example");
    assertThat(InvocationJson.of(said(run, "message_enqueued").get("left_out").orElseThrow()))
        .contains("opted_out")
        .contains("channels." + new UUID(7, 7));
  }

  @Test
  void the_highest_status_of_a_steps_messages_counts_in_conditions() {
    group("all", ALWAYS);
    scene.workflow(
        "flow",
        MAIL,
        step("delay", "'delay_for': {'unit': 'minutes', 'value': 1}"),
        when(
            "["
                + condition(
                    "refs.mail.delivery_status", "greater_than_or_equal_to", "'$message.delivered'")
                + "]",
            GuideEngine.feed("delivered")));
    trigger();
    var message = scene.messages().getFirst();
    scene
        .engine
        .ports()
        .messages()
        .save(message.become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, scene.engine.now()));
    scene.pass("PT1M");
    assertThat(scene.messages()).hasSize(3);
  }

  @Test
  void a_step_taken_again_makes_no_second_message_on_either_channel() {
    group("all", ALWAYS);
    var trigger = scene.trigger("flow", "{'recipients': ['elmo']}");
    scene
        .engine
        .ports()
        .tasks()
        .send(
            new dev.carillon.task.StepsTask.Advance(
                InProcessEngine.ENVIRONMENT,
                trigger,
                dev.carillon.recipient.RecipientId.user("elmo"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    scene.engine.settle();
    assertThat(scene.messages()).hasSize(2);
    assertThat(scene.mails()).hasSize(2);
  }
}
