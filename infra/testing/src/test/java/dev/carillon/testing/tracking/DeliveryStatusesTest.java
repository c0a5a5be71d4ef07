package dev.carillon.testing.tracking;

import static dev.carillon.testing.tracking.TrackingStage.json;
import static dev.carillon.testing.tracking.TrackingStage.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.testing.engine.Call;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What Knock's page on message statuses says of delivery, statement by statement. */
class DeliveryStatusesTest {
  private static final String MAIL = mail("<p>Hi</p>", "");

  private static Sent said(DeliveryResult result) {
    return new Sent(result);
  }

  private static Message mailed(DeliveryResult... answers) {
    var stage = TrackingStage.open().workflow("hello", MAIL);
    stage.mails().says(Arrays.stream(answers).map(DeliveryStatusesTest::said).toArray(Sent[]::new));
    Message message = stage.trigger("hello", "");
    stage.pass(Duration.ofHours(1));
    return stage.message(message);
  }

  private static List<String> types(Message message) {
    return message.events().stream().map(Message.Event::type).toList();
  }

  private static Json.Obj last(Message message) {
    return message.events().getLast().data();
  }

  @Test
  void statuses_are_compared_in_ascending_order_of_precedence() {
    assertThat(DeliveryStatus.values())
        .extracting(DeliveryStatus::wireName)
        .containsExactly(
            "undelivered",
            "bounced",
            "delivery_attempted",
            "queued",
            "not_sent",
            "sent",
            "delivered");
  }

  @Test
  void undelivered_is_an_error_that_is_not_tried_again() {
    Message message = mailed(new DeliveryResult.Rejected("unknown template"));
    assertThat(message.status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(message.attempts()).hasSize(1);
    assertThat(last(message).text("failure_details").orElseThrow()).contains("unknown template");
  }

  @Test
  void bounced_is_dropped_by_the_provider_for_bad_data_of_the_recipient_and_not_tried_again() {
    var stage = TrackingStage.open().workflow("hello", MAIL);
    Message message = stage.trigger("hello", "");
    stage.engine.sesReports("Bounce", message.id());
    stage.pass(Duration.ofHours(1));
    assertThat(stage.message(message).status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(stage.mails().offers()).hasSize(1);
  }

  @Test
  void delivery_attempted_is_an_error_that_may_pass_and_queued_is_the_retry_after_it() {
    Message message =
        mailed(
            new DeliveryResult.Deferred("busy", Optional.empty()),
            new DeliveryResult.Accepted(Optional.of("1"), DeliveryStatus.SENT));
    assertThat(types(message))
        .containsExactly("created", "queued", "delivery_attempted", "queued", "sent");
    assertThat(message.events().get(2).data().get("retryable")).contains(Json.TRUE);
  }

  @Test
  void beyond_the_limit_of_retries_an_error_that_may_pass_leaves_it_undelivered() {
    var stage = TrackingStage.open().workflow("hello", MAIL);
    stage.mails().saysAlways(said(new DeliveryResult.Deferred("busy", Optional.empty())));
    Message message = stage.trigger("hello", "");
    stage.pass(Duration.ofDays(2));
    assertThat(stage.message(message).status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(last(stage.message(message)).text("failure_reason")).contains("retries_exhausted");
  }

  @Test
  void outside_its_send_window_a_message_stays_queued_until_its_time() {
    String evening =
        MAIL.replace(
            "'ref': 'email',",
            "'ref': 'email', 'send_windows': [{'day': 'mon', 'type': 'send', 'from': '18:00:00',"
                + " 'until': '19:00:00'}],");
    var stage = TrackingStage.open().workflow("hello", evening);
    Message message = stage.trigger("hello", "");
    stage.pass(Duration.ofHours(8));
    assertThat(stage.message(message).status()).isEqualTo(DeliveryStatus.QUEUED);
    stage.pass(Duration.ofHours(2));
    assertThat(stage.message(message).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void not_sent_was_processed_and_handed_to_no_provider_as_its_channel_is_in_sandbox_mode() {
    var stage =
        TrackingStage.withMail("{'from_address': 'a@carillon.example', 'sandbox_mode': true}")
            .workflow("hello", MAIL);
    assertThat(stage.trigger("hello", "").status()).isEqualTo(DeliveryStatus.NOT_SENT);
    assertThat(stage.mails().offers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          email       | email | 'subject': 'a', 'html_body': 'b' | sent
          sms         | sms   | 'text_body': 'a'                 | sent
          chat        | slack | 'markdown_body': 'a'             | sent
          in_app_feed | feed  | 'markdown_body': 'a'             | delivered
          """)
  void what_the_provider_took_is_sent_and_an_item_is_delivered_at_once(
      String type, String channel, String template, String status) {
    var stage =
        TrackingStage.open()
            .workflow(
                "hello",
                "{'type': 'channel', 'ref': 'a', 'channel_type': '%s', 'channel_key': '%s', 'template': {%s}}"
                    .formatted(type, channel, template));
    Message message = stage.trigger("hello", "");
    stage.pass(Duration.ofDays(1));
    assertThat(stage.message(message).status().wireName()).isEqualTo(status);
  }

  @Test
  void delivered_is_confirmed_by_the_provider_and_by_nothing_else() {
    var stage = TrackingStage.open().workflow("hello", mail("<p>Hi</p>", "'open_tracking': true"));
    Message message = stage.trigger("hello", "");
    stage.visit(stage.tracked(message).getFirst());
    assertThat(stage.message(message).status()).isEqualTo(DeliveryStatus.SENT);
    stage.engine.sesReports("Delivery", message.id());
    stage.pass(Duration.ofSeconds(1));
    assertThat(stage.message(message).status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ChannelType.class,
      names = {"PUSH", "CHAT"})
  void messages_on_push_and_chat_never_have_a_status_greater_than_sent(ChannelType type) {
    assertThat(DeliveryStatus.values())
        .noneMatch(status -> status.mayBecome(DeliveryStatus.DELIVERED, type));
  }

  @ParameterizedTest
  @CsvSource({"seen, SEEN", "read, READ", "interacted, INTERACTED", "archived, ARCHIVED"})
  void engagement_of_any_channel_can_be_told_by_the_api(String status, Engagement what) {
    var stage = TrackingStage.open().workflow("hello", MAIL);
    Message message = stage.trigger("hello", "");
    stage.pass(Duration.ofMinutes(1));
    stage.must(Call.put("/v1/messages/" + message.id() + "/" + status, json("{}")));
    assertThat(stage.when(message, what)).isEqualTo(TrackingStage.START.plusSeconds(60));
    Json.Obj shown = stage.must(Call.get("/v1/messages/" + message.id())).body();
    assertThat(shown.text(status + "_at")).contains("2026-01-05T09:01:00Z");
    assertThat(shown.list("engagement_statuses")).contains(Json.of(status));
    assertThat(stage.message(message).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_message_that_nobody_engaged_with_has_no_engagement_status() {
    var stage = TrackingStage.open().workflow("hello", MAIL);
    Message message = stage.trigger("hello", "");
    assertThat(
            stage.must(Call.get("/v1/messages/" + message.id())).body().list("engagement_statuses"))
        .isEmpty();
  }
}
