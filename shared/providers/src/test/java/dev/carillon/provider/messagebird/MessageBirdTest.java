package dev.carillon.provider.messagebird;

import static dev.carillon.provider.sms.SmsAttempt.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.sms.HexDigest;
import dev.carillon.provider.sms.SharedTokens;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageBirdTest {
  private static final String HEADER = "messagebird-signature-jwt";

  /** Of java-rest-api's webhook_test_data.json; the key is text, not hexadecimal. */
  private static final String KEY =
      "36efdd1aace2e26cd490f0d951138253bef2f7c6d34d18981da781555cc4cebb";

  private static final String TOKEN =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWdlQmlyZCIsIm5iZiI6MTYyNTQ3OTIwMCwiZXhwIjoxNjI1NDc5MjYwLCJqdGkiOiI5M2U1NTAwNi1hMGU4LTQ1MjYtYTE5MC1mYTVmZjAwZWExMTYiLCJ1cmxfaGFzaCI6IjQxZjA1ZjBkZGQwYTIyYWIyMDlhYzQ2ZjQ3YzQ1NzJkOWNlZmEyNTdlZDc0YjI0MDA0YmFlNzUzZWNlNmMyNjAiLCJwYXlsb2FkX2hhc2giOiJkZmZkNjAyMWJiMmJkNWIwYWY2NzYyOTA4MDllYzNhNTMxOTFkZDgxYzdmNzBhNGIyODY4OGEzNjIxODI5ODZmIn0._H--TOuYFLpeEH39-rg5E3IHVkjHozBcaKVWPRC5m9I";

  private final MessageBird bird = new MessageBird();
  private final SmsAttempt attempt =
      SmsAttempt.with(bird, "{'api_key':'k','from':'phone_number','phone_number':'+31612345678'}");

  @Test
  void a_message_is_json_without_pluses() {
    assertThat(attempt.call().url()).isEqualTo("https://rest.messagebird.com/messages");
    assertThat(attempt.call().headers()).containsEntry("Authorization", "AccessKey k");
    assertThat(attempt.body())
        .isEqualTo(
            """
            {"originator":"31612345678","recipients":["15552229999"],"body":"Hi",\
            "datacoding":"auto","reference":"%s","reportUrl":"%s"}\
            """
                .formatted(SmsAttempt.ID, attempt.link("k")));
  }

  @Test
  void an_override_leaves_correlation() {
    assertThat(
            attempt.overridden("{'datacoding':'unicode','reference':'x','reportUrl':'x'}").body())
        .contains("\"datacoding\":\"unicode\"", SmsAttempt.ID.value(), attempt.link("k"))
        .doesNotContain("\"x\"");
  }

  @ParameterizedTest
  @CsvSource({
    "401,2,,Misconfigured",
    "402,25,,Misconfigured",
    "422,9,recipients,Bounced",
    "422,10,recipients,Bounced",
    "422,9,body,Rejected",
    "422,10,originator,Rejected",
    "404,20,,Rejected",
    "400,21,,Rejected",
    "500,98,,Deferred",
    "500,99,,Deferred",
    "422,77,,Rejected",
    "403,77,,Misconfigured",
    "429,77,,Deferred"
  })
  void a_code_tells_who_is_at_fault(int status, String code, String parameter, String kind) {
    assertThat(
            attempt.kind(
                status,
                "{'errors':[{'code':"
                    + code
                    + ",'description':'d','parameter':"
                    + (parameter == null ? "null" : "'" + parameter + "'")
                    + "}]}"))
        .isEqualTo(kind);
  }

  @Test
  void a_message_that_is_taken_has_its_id() {
    assertThat(attempt.answered(201, "{'id':'u1','recipients':{'totalSentCount':1}}"))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("u1"), DeliveryStatus.SENT));
  }

  @Test
  void a_message_can_be_asked_after() {
    assertThat(bird.ask("u1", attempt.configured()).orElseThrow().url())
        .isEqualTo("https://rest.messagebird.com/messages/u1");
    assertThat(
            bird.read(
                "",
                answer(
                    200,
                    "{'recipients':{'items':[{'status':'delivery_failed','statusErrorCode':1}]}}")))
        .isEqualTo(new Poll.Known(DeliveryStatus.BOUNCED, Optional.of("1: unknown subscriber")));
    assertThat(bird.read("", answer(200, "{'recipients':{'items':[{'status':'sent'}]}}")))
        .isEqualTo(new Poll.Later());
  }

  private SmsCallback signed() {
    return SmsCallback.post(
            attempt.setting("signing_key", KEY),
            "https://example.com/path?bar=1&foo=2",
            "Hello, World!")
        .header(HEADER, TOKEN)
        .at(Instant.parse("2021-07-05T10:00:00Z"));
  }

  @Test
  void reports_come_with_a_token_over_url_and_body() {
    signed().isAuthenticAsItIsAlone(HEADER, "signing_key", KEY.replace('3', '4'));
    signed().url("https://example.com/path?foo=2&bar=1").isForged();
    signed().at(Instant.parse("2021-07-05T10:01:00Z")).isAuthentic();
    signed().at(Instant.parse("2021-07-05T10:01:01Z")).isStale();
    signed().at(Instant.parse("2021-07-05T09:59:59Z")).isAuthentic();
    signed().at(Instant.parse("2021-07-05T09:59:58Z")).isStale();
    String[] parts = TOKEN.split("\\.");
    signed().header(HEADER, parts[0] + "." + parts[1] + ".").isForged();
    signed().header(HEADER, parts[0] + "." + parts[1]).isForged();
  }

  @ParameterizedTest
  @CsvSource({"MessageBird,true,true", "Somebody,true,false", "MessageBird,false,false"})
  void a_token_for_a_get_is_messagebirds_and_has_no_digest_of_a_body(
      String issuer, boolean bodiless, boolean authentic) {
    String url = attempt.link("k") + "&id=u1&status=delivered";
    long now = SmsAttempt.NOW.getEpochSecond();
    String claims =
        "{'iss':'%s','nbf':%d,'exp':%d,'url_hash':'%s'%s}"
            .formatted(
                issuer,
                now,
                now + 60,
                HexDigest.sha256(Signatures.utf8(url)),
                bodiless ? "" : ",'payload_hash':'" + HexDigest.sha256(new byte[0]) + "'");
    SmsCallback report =
        SmsCallback.get(attempt.setting("signing_key", KEY), url)
            .header(HEADER, SharedTokens.hs256(claims, KEY));
    if (authentic) {
      report.isAuthentic();
    } else {
      report.isForged();
    }
    report.header(HEADER, SharedTokens.unsigned(claims)).isForged();
  }

  @Test
  void without_a_key_our_link_is_what_is_believed() {
    SmsCallback.get(attempt, attempt.link("k") + "&id=u1&status=sent").isAuthentic();
    SmsCallback.get(attempt, attempt.link("j") + "&id=u1&status=sent").isForged();
    SmsCallback.get(attempt, "https://hooks.acme.test/c/ch1?id=u1&status=sent").isForged();
  }

  @ParameterizedTest
  @CsvSource({
    "delivered,0,delivered,",
    "delivery_failed,1,bounced,1: unknown subscriber",
    "delivery_failed,5,bounced,5: unidentified subscriber",
    "delivery_failed,9,bounced,9: illegal subscriber",
    "delivery_failed,12,bounced,12: illegal equipment",
    "delivery_failed,103,bounced,103: opted out",
    "delivery_failed,34,undelivered,34",
    "delivery_failed,,undelivered,",
    "expired,1,undelivered,1: unknown subscriber",
    "scheduled,,,",
    "buffered,,,",
    "sent,,,"
  })
  void a_status_and_its_code_say_what_became_of_it(
      String status, String code, String effect, String reason) {
    String query =
        "id=u1&reference="
            + SmsAttempt.ID
            + "&recipient=15552229999&status="
            + status
            + "&statusDatetime=2026-01-05T08%3A59%3A58%2B00%3A00"
            + (code == null ? "" : "&statusErrorCode=" + code);
    SmsCallback report = SmsCallback.get(attempt, attempt.link("k") + "&" + query);
    assertThat(report.effect()).isEqualTo(effect);
    assertThat(report.event().id()).isEqualTo("u1:" + status);
    assertThat(report.event().message()).contains(SmsAttempt.ID);
    assertThat(report.event().address()).isEmpty();
    assertThat(report.event().reason()).isEqualTo(Optional.ofNullable(reason));
    assertThat(report.event().at()).isEqualTo(Instant.parse("2026-01-05T08:59:58Z"));
    assertThat(report.url("https://hooks.acme.test/c?" + query).event().message()).isEmpty();
    assertThat(
            report
                .setting("signing_key", KEY)
                .url("https://hooks.acme.test/c?" + query)
                .event()
                .message())
        .contains(SmsAttempt.ID);
  }
}
