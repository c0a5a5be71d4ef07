package dev.carillon.provider.mailersendsms;

import static dev.carillon.provider.sms.SmsAttempt.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailerSendSmsTest {
  private static final String URL = "https://hooks.acme.test/c/ch1";
  private final MailerSendSms mailer = new MailerSendSms();
  private final SmsAttempt attempt =
      SmsAttempt.with(
          mailer, "{'api_key':'mlsn.k','phone_number':'+18332552485','signing_secret':'sekret'}");

  @Test
  void a_message_is_json() {
    assertThat(attempt.call().url()).isEqualTo("https://api.mailersend.com/v1/sms");
    assertThat(attempt.call().headers()).containsEntry("Authorization", "Bearer mlsn.k");
    assertThat(attempt.body())
        .isEqualTo("{\"from\":\"+18332552485\",\"to\":[\"+15552229999\"],\"text\":\"Hi\"}");
    assertThat(attempt.overridden("{'text':'Ho','personalization':[]}").body())
        .contains("\"text\":\"Ho\"", "\"personalization\":[]");
    assertThat(attempt.setting("phone_number", "Acme").refusal())
        .get()
        .isInstanceOf(DeliveryResult.Misconfigured.class);
  }

  @Test
  void a_message_that_is_taken_has_its_id_in_a_header() {
    assertThat(mailer.read(attempt.request(), answer(202, Map.of("x-sms-message-id", "u1"))))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("u1"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource({
    "422,to.0,Bounced",
    "422,to,Bounced",
    "422,topic,Rejected",
    "422,text,Rejected",
    "401,x,Misconfigured",
    "403,x,Misconfigured",
    "429,x,Deferred",
    "500,x,Deferred"
  })
  void an_answer_means(int status, String field, String kind) {
    assertThat(attempt.kind(status, "{'message':'no','errors':{'" + field + "':['no #MS42208']}}"))
        .isEqualTo(kind);
  }

  @Test
  void a_quota_for_the_day_is_the_channels_fault() {
    assertThat(attempt.kind(429, "{'message':'no #MS42901'}")).isEqualTo("Misconfigured");
    assertThat(attempt.kind(429, "{'message':'no #MS42903'}")).isEqualTo("Deferred");
  }

  @Test
  void a_message_can_be_asked_after() {
    assertThat(mailer.ask("u1", attempt.configured()).orElseThrow().url())
        .isEqualTo("https://api.mailersend.com/v1/sms-messages/u1");
    String two =
        "{'data':{'sms':[{'to':'+1','status':'failed'},{'to':'+15552229999','status':'delivered'}]}}";
    assertThat(mailer.read("+15552229999", answer(200, two)))
        .isEqualTo(new Poll.Known(DeliveryStatus.DELIVERED, Optional.empty()));
    assertThat(mailer.read("+2", answer(200, two))).isEqualTo(new Poll.Later());
    assertThat(
            mailer.read(
                "+1 555 222 9999",
                answer(
                    200,
                    "{'data':{'sms':[{'to':'+15552229999','status':'failed','error_type':30003,'error_description':'Invalid"
                        + " number'}]}}")))
        .isEqualTo(new Poll.Known(DeliveryStatus.BOUNCED, Optional.of("30003: Invalid number")));
    assertThat(mailer.read("", answer(200, "{'data':{'sms':[{'status':'sent'}]}}")))
        .isEqualTo(new Poll.Later());
  }

  @Test
  void reports_are_signed_over_their_body() {
    SmsCallback report =
        SmsCallback.post(attempt, URL, "{\"type\":\"activity.delivered\"}")
            .header(
                "signature", "1a9fd9d6771ec99b588daa6c8da88a6bbd78b27ef9abb2d3d7c949ffe1c91fb1");
    report.isAuthenticAsItIsAlone("signature", "signing_secret", "sekres");
    report.without("signing_secret").isForged();
    assertThat(report.events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sms.delivered,,delivered,",
    "sms.failed,,undelivered,",
    "sms.failed,Invalid number,bounced,Invalid number",
    "sms.failed,Carrier said no,undelivered,Carrier said no",
    "sms.sent,,,"
  })
  void the_type_says_what_became_of_it(
      String type, String description, String effect, String reason) {
    SmsCallback report =
        SmsCallback.post(
            attempt,
            URL,
            "{\"type\":\"%s\",\"created_at\":\"2026-01-05T08:59:58.500000Z\",\"data\":{\"object\":\"sms-activity\",\"id\":\"a1\",\"sms_message_id\":\"u1\",\"to\":\"+15552229999\",\"status\":\"x\",\"error_description\":%s}}"
                .formatted(type, description == null ? "null" : "\"" + description + "\""));
    assertThat(report.effect()).isEqualTo(effect);
    assertThat(report.event().id()).isEqualTo("u1:" + type);
    assertThat(report.event().externalId()).contains("u1");
    assertThat(report.event().reason()).isEqualTo(Optional.ofNullable(reason));
    assertThat(report.event().at()).isEqualTo(Instant.parse("2026-01-05T08:59:58.500Z"));
  }

  @Test
  void the_ping_of_a_new_webhook_says_nothing() {
    assertThat(
            SmsCallback.post(attempt, URL, "{\"type\":\"webhook.test\",\"message\":\"ping\"}")
                .events())
        .isEmpty();
  }
}
