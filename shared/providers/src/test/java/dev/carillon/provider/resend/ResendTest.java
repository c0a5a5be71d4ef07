package dev.carillon.provider.resend;

import static dev.carillon.provider.email.Letters.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.MessageId;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.email.Letters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResendTest {
  private static final Resend RESEND = new Resend();
  private static final String SETTINGS = "{\"api_key\": \"re_secret-key\"}";

  /** The example of Standard Webhooks' and Svix's own tests. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final String BODY = "{\"test\": 2432232314}";
  private static final long THEN = 1_614_265_330L;

  @Test
  void a_mail_is_asked_for_once_by_its_idempotency_key() {
    ProviderCall.Http call =
        Letters.http(RESEND.prepare(Letters.request(RESEND, SETTINGS, Letters.full())));
    assertThat(RESEND.idempotent()).isTrue();
    assertThat(call.url()).isEqualTo("https://api.resend.com/emails");
    assertThat(call.headers())
        .containsEntry("Authorization", "Bearer re_secret-key")
        .containsEntry("Idempotency-Key", Letters.MID)
        .containsEntry("User-Agent", "carillon");
    assertThat(Letters.body(call))
        .isEqualTo(
            json(
                """
                {"from": "\\"Acme\\" <no-reply@acme.test>", "to": ["\\"Ana\\" <ana@example.com>"],
                 "cc": ["c@example.com"], "bcc": ["b@example.com"], "reply_to": ["help@acme.test"],
                 "subject": "Hi", "html": "<p>h</p>", "text": "t",
                 "headers": {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
                 "attachments": [
                   {"filename": "a.txt", "content": "aGk=", "content_type": "text/plain"},
                   {"filename": "l.png", "content": "iVBO", "content_type": "image/png", "content_id": "logo"}],
                 "tags": [{"name": "knock_message_id", "value": "37pcsdaWZgZounTGP8TSxTMWo8w"},
                          {"name": "knock_recipient_id", "value": "u1"},
                          {"name": "workflow", "value": "new-comment"}]}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | validation_error               | Invalid `to` field.  | Dead
          422 | validation_error               | Invalid `to` field.  | Dead
          400 | validation_error               | m                    | Rejected
          403 | validation_error               | not verified         | Misconfigured
          422 | invalid_from_address           | m                    | Rejected
          401 | missing_api_key                | m                    | Misconfigured
          401 | restricted_api_key             | m                    | Misconfigured
          403 | invalid_api_key                | m                    | Misconfigured
          400 | validation_error               | API key is invalid   | Misconfigured
          409 | invalid_idempotent_request     | m                    | Rejected
          409 | concurrent_idempotent_requests | m                    | Deferred
          429 | rate_limit_exceeded            | m                    | Deferred
          429 | daily_quota_exceeded           | m                    | Misconfigured
          429 | monthly_quota_exceeded         | m                    | Misconfigured
          451 | security_error                 | m                    | Rejected
          500 | application_error              | m                    | Deferred
          503 | ''                             | m                    | Deferred
          418 | new_error                      | m                    | Rejected
          """)
  void an_error_means_what_its_name_says(int status, String name, String message, String kind) {
    assertThat(
            Letters.kind(
                RESEND,
                SETTINGS,
                status,
                "{\"name\":\"" + name + "\",\"message\":\"" + message + "\"}"))
        .isEqualTo(kind);
  }

  @Test
  void what_is_accepted_is_sent() {
    assertThat(
            RESEND.read(
                Letters.request(RESEND, SETTINGS, Letters.plain()),
                Letters.answer(200, "{\"id\":\"49a3999c\"}")))
        .isEqualTo(HttpAnswers.sent(Optional.of("49a3999c")));
  }

  @Test
  void the_published_example_is_authentic_under_either_brand_and_among_others() {
    for (String brand : List.of("svix", "webhook")) {
      for (String list :
          List.of(SIGNATURE, "v1,AAAA " + SIGNATURE, "v1a,g0hM " + SIGNATURE + " v1,x")) {
        assertThat(verdict(SECRET, THEN, report(brand, BODY, ID, THEN, list)))
            .isEqualTo(new Verdict.Authentic());
      }
    }
  }

  @Test
  void a_report_that_was_touched_is_forged_and_one_too_old_or_new_is_stale() {
    for (CallbackRequest report :
        List.of(
            report("svix", BODY.replace("2432", "2433"), ID, THEN, SIGNATURE),
            report("svix", "{\"test\":2432232314}", ID, THEN, SIGNATURE),
            report("svix", BODY, "msg_x", THEN, SIGNATURE),
            report("svix", BODY, ID, THEN + 1, SIGNATURE),
            report("svix", BODY, ID, THEN, SIGNATURE.substring(0, 20)),
            report("svix", BODY, ID, THEN, "v1,???"),
            report("svix", BODY, ID, THEN, SIGNATURE.substring(3)),
            report("svix", BODY, ID, THEN, "v1a" + SIGNATURE.substring(2)),
            Letters.report(BODY),
            new CallbackRequest(
                "POST",
                "https://x.io",
                Map.of(
                    "svix-id", List.of(ID),
                    "svix-timestamp", List.of("" + THEN),
                    "svix-signature", List.of(SIGNATURE, SIGNATURE)),
                Letters.utf8(BODY)))) {
      assertThat(verdict(SECRET, THEN, report)).isInstanceOf(Verdict.Forged.class);
    }
    CallbackRequest good = report("svix", BODY, ID, THEN, SIGNATURE);
    assertThat(verdict("whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw", THEN, good))
        .isInstanceOf(Verdict.Forged.class);
    assertThat(verdict("", THEN, good)).isInstanceOf(Verdict.Forged.class);
    assertThat(verdict(SECRET, THEN + 300, good)).isEqualTo(new Verdict.Authentic());
    assertThat(verdict(SECRET, THEN + 301, good)).isEqualTo(new Verdict.Stale());
    assertThat(verdict(SECRET, THEN - 301, good)).isEqualTo(new Verdict.Stale());
  }

  @ParameterizedTest
  @CsvSource({
    "email.delivered, '', delivered",
    "email.bounced, Permanent, Dead",
    "email.bounced, Transient, bounced",
    "email.suppressed, '', bounced",
    "email.failed, '', undelivered",
    "email.complained, '', Complained",
    "email.sent, '', Noted",
    "email.delivery_delayed, '', Noted"
  })
  void an_event_means_what_its_type_says(String type, String bounce, String effect) {
    String body =
        "{\"type\":\"%s\",\"created_at\":\"2026-01-05T08:59:00Z\",\"data\":{\"email_id\":\"e1\",\"tags\":{\"knock_message_id\":\"%s\"},\"bounce\":{\"type\":\"%s\"}}}"
            .formatted(type, Letters.MID, bounce);
    var event = Letters.events(RESEND, body).getFirst();
    assertThat(Letters.effect(event)).isEqualTo(effect);
    assertThat(event.message()).contains(new MessageId(Letters.MID));
    assertThat(event.externalId()).contains("e1");
  }

  @ParameterizedTest
  @CsvSource({
    "200, delivered, Known",
    "200, bounced, Known",
    "200, sent, Later",
    "404, '', Never",
    "500, '', Later"
  })
  void a_poll_tells_the_last_event(int status, String last, String poll) {
    Poll read =
        RESEND
            .polling()
            .orElseThrow()
            .read("ana@example.com", Letters.answer(status, "{\"last_event\":\"" + last + "\"}"));
    assertThat(read.getClass().getSimpleName()).isEqualTo(poll);
  }

  private static CallbackRequest report(
      String brand, String body, String id, long timestamp, String signature) {
    return Letters.report(
        body,
        brand + "-id",
        id,
        brand + "-timestamp",
        Long.toString(timestamp),
        brand + "-signature",
        signature);
  }

  private static Verdict verdict(String secret, long now, CallbackRequest report) {
    return RESEND
        .callbacks()
        .orElseThrow()
        .verify(
            report,
            Letters.settings(
                RESEND, "{\"api_key\": \"k\", \"webhook_secret\": \"" + secret + "\"}"),
            Map.of(),
            Instant.ofEpochSecond(now));
  }
}
