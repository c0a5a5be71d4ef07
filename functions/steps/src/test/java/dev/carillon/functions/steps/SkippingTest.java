package dev.carillon.functions.steps;

import static dev.carillon.functions.steps.StepsFixture.EMAIL;
import static dev.carillon.functions.steps.StepsFixture.FEED;
import static dev.carillon.functions.steps.StepsFixture.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.Identification;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.suppression.Suppression;
import dev.carillon.trigger.Trigger;
import dev.carillon.variable.Variables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a step makes no message, and where that can be read. */
class SkippingTest {
  private static final String IF_NOT_SEEN =
      "[{\"variable\": \"refs.feed.engagement_status\", \"operator\": \"not_equal_to\","
          + " \"argument\": \"$message.seen\"}]";

  private final StepsFixture stage = new StepsFixture();

  @Test
  void conditions_that_do_not_hold_are_in_the_log_with_what_they_compared() {
    stage
        .given(
            StepsFixture.when(
                FEED,
                """
                {"all": [
                  {"variable": "data.comment", "operator": "equal_to", "argument": "other"},
                  {"variable": "data.n", "operator": "greater_than", "argument": 5}]}\
                """))
        .start();
    Json.Obj said = skipped("conditions_not_met");
    assertThat(said.list("conditions"))
        .containsExactly(
            StepsFixture.json(
                """
                {"variable": "data.comment", "operator": "equal_to", "argument": "other",
                 "value": "O'Brien & \\"Söhne\\"", "result": false}
                """),
            StepsFixture.json(
                """
                {"variable": "data.n", "operator": "greater_than", "argument": 5,
                 "value": null, "result": "not_evaluated"}
                """));
    assertThat(stage.run().errors()).isZero();
  }

  @Test
  void a_channel_that_is_not_configured_is_named() {
    stage
        .given(EMAIL.replace("\"email\", \"channel_type\"", "\"mail-2\", \"channel_type\""))
        .start();
    assertThat(skipped("channel_not_configured").text("channel")).contains("mail-2");
  }

  @Test
  void a_channel_without_credentials_is_not_configured_and_says_what_it_lacks() {
    Channel email = stage.ports.channels().find(StepsFixture.LOCAL, "email").orElseThrow();
    stage.ports.channels().put(StepsFixture.LOCAL, email, List.of("api_key"));
    stage.given(EMAIL).start();
    assertThat(skipped("channel_not_configured").list("lacks")).containsExactly(Json.of("api_key"));
    assertThat(stage.messages()).isEmpty();
    assertThat(stage.run().errors()).isZero();
  }

  @Test
  void a_channel_of_another_type_is_none() {
    stage.given(EMAIL.replace("\"email\", \"channel_type\"", "\"feed\", \"channel_type\"")).start();
    skipped("channel_not_configured");
  }

  @Test
  void a_recipient_without_an_address_gets_no_mail() {
    stage.identify(StepsFixture.ELLIE, "{\"email\": \" \"}");
    stage.given(EMAIL).start();
    skipped("recipient_has_no_email");
  }

  @Test
  void an_address_that_mail_comes_back_from_gets_no_more() {
    suppressed("ellie@example.com");
    stage.given(EMAIL).start();
    skipped("recipient_email_suppressed");
  }

  @Test
  void a_step_may_write_to_a_suppressed_address_when_it_says_so() {
    suppressed("ellie@example.com");
    stage
        .given(
            EMAIL.replace(
                "\"template\"",
                "\"channel_overrides\": {\"override_suppression\": true}, \"template\""))
        .start();
    assertThat(stage.logged("message_enqueued").text("channel_type")).contains("email");
  }

  private void suppressed(String address) {
    stage.identify(StepsFixture.ELLIE, "{\"email\": \"Ellie@Example.com\"}");
    stage
        .ports
        .suppressions()
        .add(
            StepsFixture.LOCAL,
            new Suppression(
                address,
                Suppression.Reason.BOUNCED,
                new ChannelId(new UUID(1, 2)),
                new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w"),
                Optional.empty(),
                stage.clock.instant()));
  }

  @Test
  void an_address_of_the_steps_own_that_comes_to_nothing_is_none() {
    stage
        .given(
            EMAIL.replace(
                "\"template\"",
                "\"channel_overrides\": {\"to_address\": \"{{data.to}}\"}, \"template\""))
        .start();
    skipped("to_address_is_empty");
  }

  @Test
  void a_channel_without_a_sender_sends_nothing() {
    stage.channel(ChannelType.EMAIL, Json.Obj.EMPTY);
    stage.given(EMAIL).start();
    skipped("channel_has_no_from_address");
  }

  @Test
  void a_webhook_without_an_address_is_not_called() {
    stage.given(WEBHOOK.replace("https://hooks.example/x", "{{data.url}}")).start();
    skipped("webhook_has_no_url");
  }

  @Test
  void what_the_recipient_does_not_want_is_named_by_its_preference() {
    stage.identify(
        StepsFixture.ELLIE,
        new Identification(
            Json.Obj.EMPTY,
            Optional.empty(),
            Map.of(
                "default",
                StepsFixture.json(
                    "{\"workflows\": {\"new-comment\": {\"channel_types\": {\"email\": false}}}}")),
            Map.of()));
    stage.given(EMAIL, FEED).start();
    assertThat(skipped("opted_out").text("preference"))
        .contains("workflows.new-comment.channel_types.email");
    assertThat(stage.messages()).hasSize(1);
  }

  @Test
  void delays_are_skipped_when_the_trigger_says_so() {
    stage
        .given(
            new Trigger.Settings(false, true),
            StepsFixture.delay("{\"unit\": \"days\", \"value\": 30}"),
            FEED)
        .start();
    skipped("skip_delay");
    assertThat(stage.messages()).hasSize(1);
    assertThat(stage.ports.timers().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                            | delay_invalid
          {"at": "tomorrow"}                            | delay_invalid
          {"at": 5}                                     | delay_invalid
          {"at": "2026-01-05T08:00:00Z"}                | delay_in_the_past
          {"at": "2027-06-01T00:00:00Z"}                | delay_too_long
          {"at": {"unit": "days", "value": 400}}        | delay_too_long
          {"at": {"unit": "seconds", "value": 0}}       | delay_is_empty
          {"at": {"unit": "hours", "value": -1}}        | delay_in_the_past
          """)
  void a_delay_that_makes_no_sense_is_skipped_with_the_reason(String data, String reason) {
    stage.given(StepsFixture.json(data), StepsFixture.delayUntil("data.at"), FEED).start();
    skipped(reason);
    assertThat(stage.run().status()).isEqualTo("completed");
    assertThat(stage.messages()).hasSize(1);
    assertThat(stage.run().errors()).isEqualTo(reason.equals("delay_is_empty") ? 0 : 1);
  }

  @Test
  void a_mail_goes_to_whoever_has_not_seen_the_feed_item() {
    stage.given(
        FEED,
        StepsFixture.delay("{\"unit\": \"seconds\", \"value\": 30}"),
        StepsFixture.when(EMAIL, IF_NOT_SEEN));
    stage.start();
    stage.untilIdle();
    assertThat(stage.log()).contains("message_enqueued email");
  }

  @Test
  void whoever_has_seen_the_feed_item_gets_no_mail() {
    stage.given(
        FEED,
        StepsFixture.delay("{\"unit\": \"seconds\", \"value\": 30}"),
        StepsFixture.when(EMAIL, IF_NOT_SEEN));
    stage.start();
    stage.clock.advance(Duration.ofSeconds(10));
    Message item = stage.messages().getFirst();
    stage
        .ports
        .messages()
        .save(item.engaged(Engagement.SEEN, Json.Obj.EMPTY, stage.clock.instant()));
    stage.untilIdle();
    Json.Obj said = skipped("conditions_not_met");
    assertThat(said.list("conditions")).hasSize(1);
    assertThat(stage.messages()).hasSize(1);
  }

  @Test
  void the_step_after_a_skipped_one_can_ask_about_it() {
    stage.identify(StepsFixture.ELLIE, "{\"email\": null}");
    stage
        .given(
            EMAIL,
            StepsFixture.when(
                FEED,
                "[{\"variable\": \"refs.email.delivery_status\", \"operator\": \"equal_to\","
                    + " \"argument\": \"skipped\"}]"))
        .start();
    assertThat(stage.messages()).hasSize(1);
  }

  @Test
  void secrets_do_not_get_into_the_log() {
    stage
        .ports
        .variables()
        .put(
            StepsFixture.LOCAL,
            new Variables.Values(Json.Obj.EMPTY, Json.object().with("token", "hunter2")));
    stage
        .given(
            StepsFixture.when(
                FEED,
                "[{\"variable\": \"vars.token\", \"operator\": \"equal_to\", \"argument\":"
                    + " \"x\"}]"))
        .start();
    assertThat(skipped("conditions_not_met").toString()).doesNotContain("hunter2");
  }

  /** What the log says of the one step that was skipped, for this reason. */
  private Json.Obj skipped(String reason) {
    Json.Obj said = stage.logged("step_skipped");
    assertThat(said.text("reason")).contains(reason);
    assertThat(stage.run().outcomes().values())
        .contains(new StepOutcome.Skipped(SkipReason.named(reason)));
    return said;
  }
}
