package dev.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunOrigin;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.VersionId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookEventsTest {

  private static Optional<WebhookEvent> told(String type, Json.Obj data) {
    var message = Hooks.message(new Message.Event(type, Hooks.NOON, data));
    return WebhookEvents.ofMessage(message, 0, Hooks.SHOWN);
  }

  private static Run run() {
    var trigger = TriggerId.of(Hooks.NOON, "request");
    var recipient = RecipientId.user("ada");
    return new Run(
        new RunOrigin(
            Hooks.ENVIRONMENT,
            RunId.of(trigger, recipient),
            trigger,
            Hooks.WORKFLOW,
            new VersionId(new UUID(3, 4)),
            recipient,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Hooks.NOON),
        new Run.State.Processing(),
        Hooks.NOON);
  }

  @ParameterizedTest
  @EnumSource(DeliveryStatus.class)
  void each_change_of_the_delivery_status_is_told_but_those_before_it_left_us(
      DeliveryStatus status) {
    var untold = List.of(DeliveryStatus.QUEUED, DeliveryStatus.NOT_SENT);
    assertThat(told(status.wireName(), Json.object()).isPresent())
        .isEqualTo(!untold.contains(status));
  }

  @ParameterizedTest
  @EnumSource(Engagement.class)
  void each_engagement_is_told_under_its_name(Engagement engagement) {
    assertThat(told(engagement.wireName(), Json.object()).orElseThrow().type().wireName())
        .isEqualTo("message." + engagement.wireName());
  }

  @ParameterizedTest
  @CsvSource({"unseen", "unread", "unarchived"})
  void taking_an_engagement_back_is_told_too(String type) {
    assertThat(told(type, Json.object())).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"created", "queued", "not_sent", "machine_read", "machine_link_clicked", "x"})
  void what_is_not_on_the_list_is_not_told(String type) {
    assertThat(told(type, Json.object())).isEmpty();
  }

  @Test
  void the_types_are_those_that_knock_documents_and_four_of_others() {
    var messages =
        Stream.of(
                "sent delivered delivery_attempted undelivered bounced seen unseen read unread"
                    + " archived unarchived interacted link_clicked")
            .flatMap(it -> Arrays.stream(it.split(" ")))
            .map(it -> "message." + it);
    var runs = Stream.of("started", "completed", "error").map(it -> "workflow_recipient_run." + it);
    var commits =
        Stream.of("workflow", "email_layout", "translation", "partial", "source_event_action")
            .flatMap(it -> Stream.of(it + ".updated", it + ".committed"));
    var others =
        Stream.of("email.opened", "email.clicked", "webhook_endpoint.disabled", "webhook.test");
    assertThat(WebhookEventType.values())
        .extracting(WebhookEventType::wireName)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(messages, runs, commits, others).flatMap(it -> it).toList());
    for (WebhookEventType type : WebhookEventType.values()) {
      assertThat(WebhookEventType.named(type.wireName())).contains(type);
    }
  }

  @Test
  void a_payload_has_knocks_envelope() {
    var event = told("sent", Json.object()).orElseThrow();
    assertThat(event.payload())
        .isEqualTo(
            Json.object()
                .with("__typename", "Event")
                .with("type", "message.sent")
                .with("created_at", "2026-03-01T12:00:00.123456Z")
                .with("data", Hooks.SHOWN)
                .with("event_data", Json.NULL));
    assertThat(event.payload().fields().keySet())
        .containsExactly("__typename", "type", "created_at", "data", "event_data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          delivery_attempted | attempt max_attempts retryable
          undelivered        | failure_reason failure_details
          bounced            | failure_reason failure_details token
          link_clicked       | url
          interacted         | url attempt max_attempts retryable failure_reason failure_details token
          """)
  void what_an_event_adds_is_what_is_documented_for_its_type(String type, String keys) {
    var data =
        Json.object()
            .with("url", "https://acme.example")
            .with("attempt", Json.of(1))
            .with("max_attempts", Json.of(8))
            .with("retryable", Json.TRUE)
            .with("failure_reason", "bounced")
            .with("failure_details", "Permanent")
            .with("token", "t")
            .with("tracking_id", "secret")
            .with("link_index", Json.of(0));
    var eventData = told(type, data).orElseThrow().payload().object("event_data");
    assertThat(eventData.text("__typename")).contains("EventData");
    assertThat(eventData.without("__typename").fields().keySet())
        .containsExactlyInAnyOrder(keys.split(" "));
  }

  @Test
  void a_field_that_is_not_known_is_null_rather_than_missing() {
    var bounced = told("bounced", Json.object().with("failure_reason", "bounced")).orElseThrow();
    assertThat(bounced.payload().object("event_data").get("token")).contains(Json.NULL);
    assertThat(told("interacted", Json.object()).orElseThrow().details()).isEmpty();
  }

  @Test
  void whoever_makes_an_event_again_gets_the_same_and_each_has_its_own_id() {
    var twice =
        Hooks.message(
            new Message.Event("read", Hooks.NOON, Json.object()),
            new Message.Event("read", Hooks.NOON, Json.object()));
    var first = WebhookEvents.ofMessage(twice, 0, Hooks.SHOWN).orElseThrow();
    assertThat(WebhookEvents.ofMessage(twice, 0, Hooks.SHOWN)).contains(first);
    assertThat(WebhookEvents.ofMessage(twice, 1, Hooks.SHOWN).orElseThrow().id())
        .isNotEqualTo(first.id());
    assertThat(first.id()).matches("evt_[0-9A-Za-z]{27}");
  }

  @ParameterizedTest
  @EnumSource(WebhookEventType.class)
  void a_run_has_three_events(WebhookEventType type) {
    boolean ofRuns = type.wireName().startsWith("workflow_recipient_run.");
    if (ofRuns) {
      var event = WebhookEvents.ofRun(run(), type, Hooks.NOON, Json.object().with("id", "r"));
      assertThat(event.type()).isEqualTo(type);
      assertThat(event.subject().workflow()).contains(Hooks.WORKFLOW);
      assertThat(event.payload().get("event_data")).contains(Json.NULL);
    } else {
      assertThatThrownBy(() -> WebhookEvents.ofRun(run(), type, Hooks.NOON, Json.object()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Committable.class)
  void a_commit_names_itself_and_a_mere_change_does_not(Committable what) {
    var committed = change(what, Optional.of("c1"));
    assertThat(committed.type().wireName()).endsWith(".committed");
    assertThat(committed.payload().object("event_data").text("commit_id")).contains("c1");
    var updated = change(what, Optional.empty());
    assertThat(updated.type().wireName()).endsWith(".updated");
    assertThat(updated.payload().get("event_data")).contains(Json.NULL);
    assertThat(updated.id()).isNotEqualTo(committed.id());
  }

  private static WebhookEvent change(Committable what, Optional<String> commit) {
    return WebhookEvents.ofChange(
        Hooks.ENVIRONMENT, what, "welcome", commit, "cause", Hooks.NOON, Json.object());
  }

  @Test
  void the_second_products_events_are_of_a_mail() {
    var message = Hooks.message();
    var opened =
        WebhookEvents.ofEmail(
            message, WebhookEventType.EMAIL_OPENED, "t1", Hooks.NOON, Json.object());
    assertThat(opened.payload().text("type")).contains("email.opened");
    var clicked =
        WebhookEvents.ofEmail(
            message, WebhookEventType.EMAIL_CLICKED, "t1", Hooks.NOON, Json.object());
    assertThat(clicked.id()).isNotEqualTo(opened.id());
    assertThatThrownBy(
            () ->
                WebhookEvents.ofEmail(
                    message, WebhookEventType.MESSAGE_READ, "t1", Hooks.NOON, Json.object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_id_has_nothing_in_it_that_would_end_it_in_what_is_signed() {
    for (String id : List.of("", "a.b", "a b", "ü", "x".repeat(65))) {
      assertThatThrownBy(
              () ->
                  new WebhookEvent(
                      Hooks.ENVIRONMENT,
                      id,
                      WebhookEventType.TEST,
                      Hooks.NOON,
                      WebhookSubject.NONE,
                      Json.object(),
                      Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
