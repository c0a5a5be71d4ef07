package dev.carillon.provider.messagemedia;

import static dev.carillon.provider.sms.SmsAttempt.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.access.BasicAuth;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageMediaTest {
  private final MessageMedia media = new MessageMedia();
  private final SmsAttempt attempt =
      SmsAttempt.with(media, "{'api_key':'k','api_secret':'s','source_number':'+61491570158'}");

  @Test
  void a_message_is_a_list_of_one() {
    assertThat(attempt.call().url()).isEqualTo("https://api.messagemedia.com/v1/messages");
    assertThat(attempt.setting("region", "EU").call().url())
        .isEqualTo("https://eu-api.messagemedia.com/v1/messages");
    assertThat(attempt.call().headers()).containsEntry("Authorization", BasicAuth.header("k", "s"));
    assertThat(attempt.body())
        .isEqualTo(
            """
            {"messages":[{"content":"Hi","destination_number":"+15552229999",\
            "source_number":"+61491570158","source_number_type":"INTERNATIONAL","format":"SMS",\
            "metadata":{"sender":"carillon","knock_message_id":"%s","knock_recipient_id":"u1"},\
            "delivery_report":true,"callback_url":"%s"}]}\
            """
                .formatted(SmsAttempt.ID, attempt.link("s")));
  }

  @ParameterizedTest
  @CsvSource({
    "Acme,,ALPHANUMERIC",
    "12345,,SHORTCODE",
    "61491570158,,INTERNATIONAL",
    "+61 491 570 158,International,INTERNATIONAL",
    "12345,ShortCode,SHORTCODE",
    "12345678,Alpha,ALPHANUMERIC"
  })
  void the_type_of_the_source_is_said_or_inferred(String number, String type, String sent) {
    SmsAttempt typed = attempt.setting("source_number", number);
    assertThat((type == null ? typed : typed.setting("source_number_type", type)).body())
        .contains("\"source_number_type\":\"" + sent + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "Acme,International",
    "Acme,ShortCode",
    "AcmeAcmeAcme,Alpha",
    "0491570158,",
    "Acme,Nonsense"
  })
  void a_source_that_is_none_of_its_type_is_the_channels_fault(String number, String type) {
    SmsAttempt typed = attempt.setting("source_number", number);
    assertThat((type == null ? typed : typed.setting("source_number_type", type)).refusal())
        .get()
        .isInstanceOf(DeliveryResult.Misconfigured.class);
  }

  @Test
  void an_override_is_laid_over_the_message_and_leaves_correlation() {
    assertThat(
            attempt
                .overridden(
                    "{'format':'MMS','media':['u'],'metadata':{'a':'b','knock_message_id':'x'},'callback_url':'x'}")
                .body())
        .contains("\"format\":\"MMS\"", "\"a\":\"b\"", SmsAttempt.ID.value(), attempt.link("s"))
        .doesNotContain("\"x\"");
  }

  @ParameterizedTest
  @CsvSource({
    "400,destination_number is invalid,Bounced",
    "400,content is missing,Rejected",
    "401,,Misconfigured",
    "403,,Misconfigured",
    "404,,Misconfigured",
    "429,,Deferred",
    "500,,Deferred"
  })
  void an_answer_means(int status, String details, String kind) {
    assertThat(attempt.kind(status, "{'message':'Bad','details':['" + details + "']}"))
        .isEqualTo(kind);
  }

  @Test
  void a_message_that_is_taken_has_its_id() {
    assertThat(attempt.answered(202, "{'messages':[{'message_id':'u1','status':'queued'}]}"))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("u1"), DeliveryStatus.SENT));
    assertThat(attempt.answered(202, ""))
        .isEqualTo(new DeliveryResult.Accepted(Optional.empty(), DeliveryStatus.SENT));
  }

  @Test
  void a_message_can_be_asked_after() {
    assertThat(media.ask("u1", attempt.configured()).orElseThrow().url())
        .isEqualTo("https://api.messagemedia.com/v1/messages/u1");
    assertThat(media.read("", answer(200, "{'status':'delivered'}")))
        .isEqualTo(new Poll.Known(DeliveryStatus.DELIVERED, Optional.empty()));
    assertThat(media.read("", answer(200, "{'status':'enroute'}"))).isEqualTo(new Poll.Later());
  }

  @Test
  void reports_are_signed_with_the_line_of_the_request_and_the_date()
      throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String other = Signatures.base64(generator.generateKeyPair().getPublic().getEncoded());
    String key = Signatures.base64(pair.getPublic().getEncoded());
    String body = "{\"message_id\": \"u1\", \"status\": \"delivered\"}";
    String date = "Mon, 5 Jan 2026 09:00:00 GMT";
    Signature signer = Signature.getInstance("SHA224withRSA");
    signer.initSign(pair.getPrivate());
    signer.update(("POST /c/ch1?m=1 HTTP/1.1" + date + body).getBytes(StandardCharsets.UTF_8));
    SmsCallback report =
        SmsCallback.post(
                attempt.setting("signature_key", key), "https://hooks.acme.test/c/ch1?m=1", body)
            .header("date", date)
            .header("x-messagemedia-signature", Signatures.base64(signer.sign()));
    report.isAuthenticAsItIsAlone("x-messagemedia-signature", "signature_key", other);
    report
        .setting(
            "signature_key", "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n")
        .isAuthentic();
    report.setting("signature_key", "not a key").isForged();
    report.url("https://hooks.acme.test/c/ch1?m=2").isForged();
    report.header("date", "Mon, 5 Jan 2026 09:00:01 GMT").isForged();
    report.header("date").isForged();
    report.at(SmsAttempt.NOW.plus(Duration.ofHours(25))).isStale();
    report.at(SmsAttempt.NOW.minus(Duration.ofHours(25))).isStale();
  }

  @Test
  void without_a_key_our_link_is_what_is_believed() {
    SmsCallback.post(attempt, attempt.link("s"), "{}").isAuthentic();
    SmsCallback.post(attempt, attempt.link("t"), "{}").isForged();
    SmsCallback.post(attempt, "https://hooks.acme.test/c/ch1", "{}").isForged();
  }

  @ParameterizedTest
  @CsvSource({
    "delivered,220,delivered,",
    "undeliverable,320,undelivered,status_code 320",
    "failed,330,undelivered,status_code 330",
    "rejected,300,undelivered,status_code 300",
    "expired,310,undelivered,status_code 310",
    "enroute,200,,status_code 200",
    "submitted,200,,status_code 200",
    "queued,,,",
    "held,,,",
    "cancelled,,,"
  })
  void a_status_says_what_became_of_it(String status, String code, String effect, String reason) {
    String body =
        "{\"delivery_report_id\":\"d1\",\"message_id\":\"u1\",\"status\":\"%s\",\"status_code\":\"%s\",\"date_received\":\"2026-01-05T08:59:58.000Z\",\"source_number\":\"+15552229999\",\"original_text\":\"Hi\",\"metadata\":{\"knock_message_id\":\"%s\"}}"
            .formatted(status, code == null ? "" : code, SmsAttempt.ID);
    SmsCallback report =
        SmsCallback.post(
            attempt.setting("signature_key", "k"), "https://hooks.acme.test/c/ch1", body);
    assertThat(report.effect()).isEqualTo(effect);
    assertThat(report.event().id()).isEqualTo("d1");
    assertThat(report.event().externalId()).contains("u1");
    assertThat(report.event().message()).contains(SmsAttempt.ID);
    assertThat(report.without("signature_key").event().message()).isEmpty();
    assertThat(report.event().reason()).isEqualTo(Optional.ofNullable(reason));
    assertThat(report.event().at()).isEqualTo(Instant.parse("2026-01-05T08:59:58Z"));
  }
}
