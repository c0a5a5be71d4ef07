package dev.carillon.provider.plivo;

import static dev.carillon.provider.sms.SmsAttempt.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.access.BasicAuth;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlivoTest {
  private static final String TOKEN = "my_auth_token";
  private static final String NONCE = "12345";
  private final Plivo plivo = new Plivo();
  private final SmsAttempt attempt =
      SmsAttempt.with(
          plivo,
          "{'authentication_id':'MA1','authentication_token':'my_auth_token','from':'phone_number','phone_number':'14151234567'}");

  @Test
  void a_message_is_json_for_the_account() {
    assertThat(attempt.call().url()).isEqualTo("https://api.plivo.com/v1/Account/MA1/Message/");
    assertThat(attempt.call().headers())
        .containsEntry("Authorization", BasicAuth.header("MA1", TOKEN));
    assertThat(attempt.body())
        .isEqualTo(
            """
            {"src":"+14151234567","dst":"+15552229999","text":"Hi","type":"sms","url":"%s","method":"POST"}\
            """
                .formatted(attempt.link(TOKEN)));
  }

  @Test
  void an_override_leaves_where_it_is_reported() {
    assertThat(
            attempt.overridden("{'url':'x','method':'GET','powerpack_uuid':'p','src':null}").body())
        .contains(
            "\"powerpack_uuid\":\"p\"",
            "\"src\":null",
            "\"url\":\"" + attempt.link(TOKEN) + "\"",
            "\"method\":\"POST\"");
  }

  @Test
  void a_message_that_is_taken_has_its_uuid() {
    assertThat(attempt.answered(202, "{'message_uuid':['u1'],'api_id':'a'}"))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("u1"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "202|{'message_uuid':[],'invalid_number':['15552229999']}|Bounced",
        "202|{}|Ambiguous",
        "202|<html>|Ambiguous",
        "400|{'error':'dst is not a valid phone number'}|Bounced",
        "400|{'error':'src is missing'}|Rejected",
        "400|{}|Rejected",
        "401|{}|Misconfigured",
        "402|{}|Misconfigured",
        "403|{}|Misconfigured",
        "404|{}|Misconfigured",
        "405|{}|Rejected",
        "429|{}|Deferred",
        "500|{}|Deferred",
        "504|{}|Ambiguous"
      })
  void an_answer_means(int status, String body, String kind) {
    assertThat(attempt.kind(status, body)).isEqualTo(kind);
  }

  @Test
  void a_message_can_be_asked_after() {
    assertThat(plivo.ask("u1", attempt.configured()).orElseThrow().url())
        .isEqualTo("https://api.plivo.com/v1/Account/MA1/Message/u1/");
    assertThat(plivo.read("", answer(200, "{'message_state':'failed','error_code':'50'}")))
        .isEqualTo(
            new Poll.Known(DeliveryStatus.BOUNCED, Optional.of("50: invalid destination number")));
    assertThat(plivo.read("", answer(200, "{'message_state':'queued'}")))
        .isEqualTo(new Poll.Later());
  }

  @Test
  void the_second_signature_is_over_url_and_nonce() {
    assertThat(PlivoSignature.second("https://answer.url", NONCE, TOKEN))
        .isEqualTo("ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=")
        .isEqualTo(PlivoSignature.second("https://answer.url?m=1", NONCE, TOKEN));
  }

  private SmsCallback third() {
    return SmsCallback.post(
            attempt, "https://answer.url/cb?m=MID", "Status=delivered&MessageUUID=u1")
        .header("x-plivo-signature-v3-nonce", NONCE)
        .header("x-plivo-signature-v3", "/23DhRL6JRKLxR3BAM/0Qa6AiiJeyQAlFPgZueUrlwY=");
  }

  @Test
  void the_third_signature_is_over_query_and_body_too() {
    third().isAuthenticAsItIsAlone("x-plivo-signature-v3", "authentication_token", "my_auth_tokem");
    third().url("https://answer.url/cb?m=MIE").isForged();
    third().header("x-plivo-signature-v3-nonce", "12346").isForged();
    third().header("x-plivo-signature-v3-nonce").isForged();
    third()
        .header("x-plivo-signature-v3", "AAAA,/23DhRL6JRKLxR3BAM/0Qa6AiiJeyQAlFPgZueUrlwY=")
        .isAuthentic();
    third()
        .header("x-plivo-signature-v3")
        .header("x-plivo-signature-ma-v3", "/23DhRL6JRKLxR3BAM/0Qa6AiiJeyQAlFPgZueUrlwY=")
        .isAuthentic();
  }

  @Test
  void the_third_signature_counts_the_question_mark_of_a_body_alone() {
    FormBody body = FormBody.EMPTY.with("b", "2").with("a", "1");
    assertThat(PlivoSignature.third("POST", "https://a.url/", body, NONCE, TOKEN))
        .isEqualTo(code("https://a.url/?a1b2." + NONCE));
    assertThat(PlivoSignature.third("GET", "https://a.url/?b=2&a=1", body, NONCE, TOKEN))
        .isEqualTo(code("https://a.url/?a=1&b=2." + NONCE));
    assertThat(PlivoSignature.third("POST", "https://a.url/", FormBody.EMPTY, NONCE, TOKEN))
        .isEqualTo(code("https://a.url/." + NONCE));
  }

  private static String code(String text) {
    return Signatures.base64(Signatures.hmac(Keyed.HMAC_SHA256, TOKEN.getBytes(), text.getBytes()));
  }

  @Test
  void the_second_signature_is_believed_at_our_link_alone() {
    String link = attempt.link(TOKEN);
    SmsCallback report =
        SmsCallback.post(attempt, link, "Status=delivered&MessageUUID=u1")
            .header("x-plivo-signature-v2-nonce", NONCE)
            .header("x-plivo-signature-v2", PlivoSignature.second(link, NONCE, TOKEN));
    report.isAuthentic();
    report.url(link.substring(0, link.indexOf('?'))).isForged();
    report.url(link.replace("m=", "m=1")).isForged();
    report.header("x-plivo-signature-v2").isForged();
    report.header("x-plivo-signature-v2", "AAAA").isForged();
    report.header("x-plivo-signature-v3", "AAAA").isForged();
    report.without("authentication_token").isForged();
  }

  @ParameterizedTest
  @CsvSource({
    "delivered,000,delivered,",
    "delivered,,delivered,",
    "failed,50,bounced,50: invalid destination number",
    "rejected,200,bounced,200: the recipient sent STOP",
    "undelivered,70,bounced,70: destination permanently unavailable",
    "failed,30,undelivered,30: spam detected",
    "undelivered,80,undelivered,80: destination temporarily unavailable",
    "rejected,12345,undelivered,12345",
    "queued,,,",
    "sent,,,"
  })
  void a_status_and_its_code_say_what_became_of_it(
      String status, String code, String effect, String reason) {
    SmsCallback report =
        SmsCallback.post(
            attempt,
            attempt.link(TOKEN),
            "MessageUUID=u2&ParentMessageUUID=u1&PartInfo=2+of+2&To=15552229999&Status="
                + status
                + "&MessageTime=2026-01-05+08%3A59%3A58.5%2B00%3A00"
                + (code == null ? "" : "&ErrorCode=" + code));
    assertThat(report.effect()).isEqualTo(effect);
    assertThat(report.event().id()).isEqualTo("u1:" + status);
    assertThat(report.event().externalId()).contains("u1");
    assertThat(report.event().message()).contains(SmsAttempt.ID);
    assertThat(report.event().reason()).isEqualTo(Optional.ofNullable(reason));
    assertThat(report.event().at()).isEqualTo(Instant.parse("2026-01-05T08:59:58.500Z"));
  }
}
