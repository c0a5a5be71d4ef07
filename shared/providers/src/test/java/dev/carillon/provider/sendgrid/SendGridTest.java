package dev.carillon.provider.sendgrid;

import static dev.carillon.provider.email.Letters.MID;
import static dev.carillon.provider.email.Letters.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageId;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.email.Letters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendGridTest {
  private static final SendGrid SENDGRID = new SendGrid();
  private static final String SETTINGS = "{\"api_key\": \"SG.secret-key\"}";

  /** Published by SendGrid with its Java library (EventWebhookTest). */
  private static final String KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";

  private static final String TIMESTAMP = "1600112502";
  private static final String SIGNATURE =
      "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";
  private static final String REPORT =
      "[{\"email\":\"hello@world.com\",\"event\":\"dropped\",\"reason\":\"Bounced"
          + " Address\",\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA\",\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0\",\"smtp-id\":\"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>\",\"timestamp\":1600112492}]\r\n";
  private static final Instant THEN = Instant.ofEpochSecond(1_600_112_502L);

  @Test
  void a_mail_is_asked_for_with_all_that_it_is() {
    ProviderCall.Http call =
        Letters.http(SENDGRID.prepare(Letters.request(SENDGRID, SETTINGS, Letters.full())));
    assertThat(call.url()).isEqualTo("https://api.sendgrid.com/v3/mail/send");
    assertThat(call.headers()).containsEntry("Authorization", "Bearer SG.secret-key");
    assertThat(Letters.body(call))
        .isEqualTo(
            json(
                """
                {"personalizations": [{"to": [{"email": "ana@example.com", "name": "Ana"}],
                   "cc": [{"email": "c@example.com"}], "bcc": [{"email": "b@example.com"}]}],
                 "from": {"email": "no-reply@acme.test", "name": "Acme"},
                 "reply_to_list": [{"email": "help@acme.test"}], "subject": "Hi",
                 "content": [{"type": "text/plain", "value": "t"}, {"type": "text/html", "value": "<p>h</p>"}],
                 "attachments": [
                   {"content": "aGk=", "type": "text/plain", "filename": "a.txt", "disposition": "attachment"},
                   {"content": "iVBO", "type": "image/png", "filename": "l.png", "disposition": "inline", "content_id": "logo"}],
                 "headers": {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
                 "categories": ["new-comment"],
                 "custom_args": {"sender": "carillon", "knock_message_id": "37pcsdaWZgZounTGP8TSxTMWo8w", "knock_recipient_id": "u1"},
                 "tracking_settings": {"click_tracking": {"enable": false}, "open_tracking": {"enable": false}}}
                """));
  }

  @Test
  void settings_choose_the_region_and_tracking_and_nothing_is_empty() {
    ProviderCall.Http call =
        Letters.http(
            SENDGRID.prepare(
                Letters.request(
                    SENDGRID,
                    "{\"api_key\": \"k\", \"region\": \"eu\", \"open_tracking\": true,"
                        + " \"link_tracking\": true}",
                    Letters.plain())));
    assertThat(call.url()).isEqualTo("https://api.eu.sendgrid.com/v3/mail/send");
    Json.Obj body = Letters.body(call);
    assertThat(body.object("tracking_settings").object("open_tracking").get("enable"))
        .contains(Json.TRUE);
    assertThat(body.list("content")).hasSize(1);
    assertThat(body.fields()).doesNotContainKeys("attachments", "headers", "reply_to_list");
  }

  @Test
  void arguments_of_an_override_become_texts_and_ours_stay() {
    Json.Obj overrides =
        json(
            "{\"custom_args\": {\"n\": 7, \"none\": null, \"knock_message_id\": \"x\"},"
                + " \"headers\": {\"X-N\": 1}}");
    Json.Obj body =
        Letters.body(
            Letters.http(
                SENDGRID.prepare(
                    Letters.request(
                        SENDGRID, SETTINGS, Letters.with(Letters.plain(), overrides)))));
    assertThat(body.object("custom_args"))
        .isEqualTo(
            json(
                "{\"sender\": \"carillon\", \"knock_message_id\": \""
                    + MID
                    + "\", \"knock_recipient_id\": \"u1\", \"n\": \"7\"}"));
    assertThat(body.object("headers").text("X-N")).contains("1");
  }

  @Test
  void what_is_accepted_is_sent_under_the_id_in_a_header() {
    assertThat(
            SENDGRID.read(
                Letters.request(SENDGRID, SETTINGS, Letters.plain()),
                Letters.answer(202, "", "x-message-id", "LRzXl")))
        .isEqualTo(HttpAnswers.sent(Optional.of("LRzXl")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | personalizations.0.to.0.email | Dead
          400 | personalizations.0.to.1.email | Rejected
          400 | from.email                    | Rejected
          413 | ''                            | Rejected
          401 | ''                            | Misconfigured
          403 | from                          | Misconfigured
          429 | ''                            | Deferred
          500 | ''                            | Deferred
          503 | ''                            | Deferred
          504 | ''                            | Ambiguous
          """)
  void an_error_means_what_its_status_and_field_say(int status, String field, String kind) {
    assertThat(
            Letters.kind(
                SENDGRID,
                SETTINGS,
                status,
                "{\"errors\":[{\"message\":\"m\",\"field\":\"" + field + "\",\"help\":null}]}"))
        .isEqualTo(kind);
  }

  @Test
  void a_reason_has_neither_key_nor_address() {
    assertThat(
            SENDGRID.read(
                Letters.request(SENDGRID, SETTINGS, Letters.plain()),
                Letters.answer(
                    401, "{\"errors\":[{\"message\":\"SG.secret-key of ana@example.com\"}]}")))
        .isEqualTo(new DeliveryResult.Misconfigured("status 401: [credential] of [address]"));
  }

  @Test
  void the_published_report_is_authentic_and_says_that_the_mail_was_dropped() {
    assertThat(verdict(KEY, THEN, signed(REPORT, SIGNATURE, TIMESTAMP)))
        .isEqualTo(new Verdict.Authentic());
    CallbackEvent event = Letters.events(SENDGRID, REPORT).getFirst();
    assertThat(Letters.effect(event)).isEqualTo("bounced");
    assertThat(event.id()).isEqualTo("ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA");
    assertThat(event.externalId()).contains("LRzXl_NHStOGhQ4kofSm_A");
    assertThat(event.address()).contains("hello@world.com");
    assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1_600_112_492L));
    assertThat(event.reason()).contains("Bounced Address");
  }

  @Test
  void a_report_that_was_touched_is_forged() {
    String other =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==";
    for (CallbackRequest report :
        List.of(
            signed(REPORT.strip(), SIGNATURE, TIMESTAMP),
            signed(REPORT.replace("dropped", "droppee"), SIGNATURE, TIMESTAMP),
            signed(JsonText.write(JsonText.parse(REPORT)), SIGNATURE, TIMESTAMP),
            signed(REPORT, SIGNATURE, "1600112503"),
            signed(REPORT, SIGNATURE.substring(0, 40), TIMESTAMP),
            signed(REPORT, "not base64!", TIMESTAMP),
            Letters.report(REPORT),
            new CallbackRequest(
                "POST",
                "https://x.io",
                Map.of(
                    "x-twilio-email-event-webhook-signature", List.of(SIGNATURE, SIGNATURE),
                    "x-twilio-email-event-webhook-timestamp", List.of(TIMESTAMP)),
                Letters.utf8(REPORT)))) {
      assertThat(verdict(KEY, THEN, report)).isInstanceOf(Verdict.Forged.class);
    }
    CallbackRequest good = signed(REPORT, SIGNATURE, TIMESTAMP);
    assertThat(verdict(other, THEN, good)).isInstanceOf(Verdict.Forged.class);
    assertThat(verdict("no key", THEN, good)).isInstanceOf(Verdict.Forged.class);
    assertThat(verdict("", THEN, good)).isInstanceOf(Verdict.Forged.class);
    Duration day = Duration.ofHours(24);
    assertThat(verdict(KEY, THEN.plus(day), good)).isEqualTo(new Verdict.Authentic());
    assertThat(verdict(KEY, THEN.plus(day).plusSeconds(1), good)).isEqualTo(new Verdict.Stale());
    assertThat(verdict(KEY, THEN.minus(day).minusSeconds(1), good)).isEqualTo(new Verdict.Stale());
  }

  @ParameterizedTest
  @CsvSource({
    "delivered, '', delivered",
    "bounce, bounce, Dead",
    "bounce, '', Dead",
    "bounce, blocked, Noted",
    "dropped, '', bounced",
    "spamreport, '', Complained",
    "deferred, '', Noted",
    "processed, '', Noted",
    "open, '', Noted",
    "group_unsubscribe, '', Noted"
  })
  void an_event_means_what_it_is_called(String name, String type, String effect) {
    CallbackEvent event =
        Letters.events(
                SENDGRID,
                "[{\"event\":\"%s\",\"type\":\"%s\",\"knock_message_id\":\"%s\"}]"
                    .formatted(name, type, MID))
            .getFirst();
    assertThat(Letters.effect(event)).isEqualTo(effect);
    assertThat(event.message()).contains(new MessageId(MID));
    assertThat(event.at()).isEqualTo(Letters.NOW);
  }

  @Test
  void activity_is_asked_only_where_the_channel_has_it_and_of_the_address_alone() {
    var polling = SENDGRID.polling().orElseThrow();
    assertThat(polling.ask("LRz", Letters.settings(SENDGRID, SETTINGS))).isEmpty();
    var settings =
        Letters.settings(SENDGRID, "{\"api_key\": \"k\", \"check_delivery_status\": true}");
    assertThat(polling.ask("a\" OR 1", settings)).isEmpty();
    assertThat(polling.ask("LRz", settings).orElseThrow().url())
        .isEqualTo(
            "https://api.sendgrid.com/v3/messages?limit=10&query=msg_id%20LIKE%20%22LRz%25%22");
    String two =
        "{\"messages\":[{\"to_email\":\"c@x.io\",\"status\":\"not_delivered\"},{\"to_email\":\"ANA@example.com\",\"status\":\"%s\"}]}";
    assertThat(polling.read("ana@example.com", Letters.answer(200, two.formatted("delivered"))))
        .isEqualTo(new Poll.Known(DeliveryStatus.DELIVERED, Optional.empty()));
    assertThat(polling.read("ana@example.com", Letters.answer(200, two.formatted("processing"))))
        .isEqualTo(new Poll.Later());
    assertThat(polling.read("c@x.io", Letters.answer(200, two)))
        .isEqualTo(new Poll.Known(DeliveryStatus.BOUNCED, Optional.of("not_delivered")));
    assertThat(polling.read("c@x.io", Letters.answer(403, ""))).isInstanceOf(Poll.Never.class);
  }

  private static CallbackRequest signed(String body, String signature, String timestamp) {
    return Letters.report(
        body,
        "x-twilio-email-event-webhook-signature",
        signature,
        "x-twilio-email-event-webhook-timestamp",
        timestamp);
  }

  private static Verdict verdict(String key, Instant now, CallbackRequest report) {
    return SENDGRID
        .callbacks()
        .orElseThrow()
        .verify(
            report,
            Letters.settings(
                SENDGRID, "{\"api_key\": \"k\", \"webhook_verification_key\": \"" + key + "\"}"),
            Map.of(),
            now);
  }
}
