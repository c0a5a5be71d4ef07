package dev.carillon.provider.telnyx;

import static dev.carillon.provider.sms.SmsAttempt.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelnyxTest {
  private final Telnyx telnyx = new Telnyx();
  private final SmsAttempt attempt =
      SmsAttempt.with(
          telnyx,
          "{'api_key':'KEY1','from':'phone_number','phone_number':'+15551230000','public_key':'jrMBoswHlhhVx2W2Www72WU/xn4UMpjreslD0m2u0qs='}");

  @Test
  void a_message_is_json() {
    assertThat(attempt.call().url()).isEqualTo("https://api.telnyx.com/v2/messages");
    assertThat(attempt.call().headers()).containsEntry("Authorization", "Bearer KEY1");
    assertThat(attempt.body())
        .isEqualTo(
            """
            {"from":"+15551230000","to":"+15552229999","text":"Hi","type":"SMS",\
            "webhook_url":"%s","use_profile_webhooks":false}\
            """
                .formatted(attempt.link("KEY1")));
    assertThat(attempt.unreported().body())
        .isEqualTo(
            "{\"from\":\"+15551230000\",\"to\":\"+15552229999\",\"text\":\"Hi\",\"type\":\"SMS\"}");
  }

  @Test
  void a_pool_of_numbers_sends_without_a_sender_and_a_sender_id_with_one() {
    SmsAttempt pooled =
        attempt
            .unreported()
            .setting("messaging_profile_id", "4001-ab")
            .setting("sender_id", "Acme");
    assertThat(pooled.setting("from", "messaging_profile_id").body())
        .startsWith("{\"messaging_profile_id\":\"4001-ab\",\"to\"");
    assertThat(pooled.setting("from", "sender_id").body())
        .startsWith("{\"from\":\"Acme\",\"messaging_profile_id\":\"4001-ab\",\"to\"");
    assertThat(pooled.setting("from", "sender_id").without("messaging_profile_id").refusal())
        .get()
        .isInstanceOf(DeliveryResult.Misconfigured.class);
  }

  @Test
  void an_override_leaves_where_it_is_reported() {
    assertThat(attempt.overridden("{'type':'MMS','media_urls':['u'],'webhook_url':'x'}").body())
        .contains("\"type\":\"MMS\"", "\"media_urls\":[\"u\"]", attempt.link("KEY1"))
        .doesNotContain("\"x\"");
  }

  @ParameterizedTest
  @CsvSource({
    "422,10002,/to,Bounced",
    "422,10002,/from,Misconfigured",
    "422,10016,/to,Bounced",
    "422,10016,/from,Misconfigured",
    "400,40001,,Bounced",
    "403,40300,,Bounced",
    "400,40310,,Bounced",
    "400,40301,,Bounced",
    "401,10009,,Misconfigured",
    "403,10010,,Misconfigured",
    "400,40003,,Misconfigured",
    "400,40305,,Misconfigured",
    "400,40318,,Misconfigured",
    "402,20100,,Misconfigured",
    "400,10003,,Rejected",
    "400,10004,/text,Rejected",
    "404,10005,,Rejected",
    "400,10015,,Rejected",
    "400,40009,,Rejected",
    "429,10011,,Deferred",
    "500,10007,,Deferred",
    "504,10008,,Deferred",
    "400,40011,,Deferred",
    "422,99999,,Rejected",
    "503,99999,,Deferred"
  })
  void a_code_tells_who_is_at_fault(int status, String code, String pointer, String kind) {
    String source = pointer == null ? "" : ",'source':{'pointer':'" + pointer + "'}";
    assertThat(
            attempt.kind(status, "{'errors':[{'code':'" + code + "','title':'t'" + source + "}]}"))
        .isEqualTo(kind);
  }

  @Test
  void a_message_that_is_taken_has_its_id() {
    assertThat(attempt.answered(200, "{'data':{'id':'uuid-1','errors':[]}}"))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("uuid-1"), DeliveryStatus.SENT));
  }

  @Test
  void a_message_can_be_asked_after() {
    assertThat(telnyx.ask("u1", attempt.configured()).orElseThrow().url())
        .isEqualTo("https://api.telnyx.com/v2/messages/u1");
    assertThat(telnyx.read("", answer(200, "{'data':{'to':[{'status':'delivered'}]}}")))
        .isEqualTo(new Poll.Known(DeliveryStatus.DELIVERED, Optional.empty()));
    assertThat(telnyx.read("", answer(200, "{'data':{'to':[{'status':'sending'}]}}")))
        .isEqualTo(new Poll.Later());
  }

  private SmsCallback signed() {
    return SmsCallback.post(
            attempt,
            "https://hooks.acme.test/c/ch1",
            "{\"data\":{\"event_type\":\"message.finalized\"}}")
        .header("telnyx-timestamp", "1700000000")
        .header(
            "telnyx-signature-ed25519",
            "qESyyC9dOyDiKLuCiz9fMlDfR7tTd9u48B6p9NindCaL2lYfC4f82cvYx7z8X7ajuVMirldZO5BGCIOk3FIeDg==")
        .at(Instant.ofEpochSecond(1_700_000_000));
  }

  @Test
  void reports_are_signed_with_the_accounts_key() {
    signed()
        .isAuthenticAsItIsAlone(
            "telnyx-signature-ed25519",
            "public_key",
            "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    signed().setting("public_key", "not a key").isForged();
    signed().header("telnyx-timestamp", "1700000001").isForged();
    signed().header("telnyx-timestamp").isForged();
    signed().at(Instant.ofEpochSecond(1_700_000_300)).isAuthentic();
    signed().at(Instant.ofEpochSecond(1_700_000_301)).isStale();
    signed().at(Instant.ofEpochSecond(1_699_999_699)).isStale();
  }

  @Test
  void without_a_key_our_link_is_what_is_believed() {
    signed().without("public_key").isForged();
    signed().without("public_key").url(attempt.link("KEY1")).isAuthentic();
    signed().without("public_key").url(attempt.link("KEY2")).isForged();
  }

  @ParameterizedTest
  @CsvSource({
    "message.finalized,delivered,,delivered",
    "message.finalized,delivery_failed,40001,bounced",
    "message.finalized,delivery_failed,40300,bounced",
    "message.finalized,delivery_failed,40310,bounced",
    "message.finalized,delivery_failed,40002,undelivered",
    "message.finalized,delivery_failed,,undelivered",
    "message.finalized,sending_failed,40004,undelivered",
    "message.finalized,expired,40005,undelivered",
    "message.finalized,delivery_unconfirmed,,",
    "message.sent,delivered,,",
    "message.sent,sent,,"
  })
  void the_last_report_says_what_became_of_it(
      String type, String status, String code, String effect) {
    String errors = code == null ? "" : "{\"code\":\"" + code + "\",\"title\":\"t\"}";
    String body =
        "{\"data\":{\"event_type\":\""
            + type
            + "\",\"id\":\"e1\",\"occurred_at\":\"2026-01-05T08:59:58.5+00:00\",\"payload\":{\"id\":\"u1\",\"direction\":\"outbound\",\"to\":[{\"phone_number\":\"+15552229999\",\"status\":\""
            + status
            + "\"}],\"errors\":["
            + errors
            + "]}}}";
    SmsCallback report = SmsCallback.post(attempt, attempt.link("KEY1"), body);
    assertThat(report.effect()).isEqualTo(effect);
    assertThat(report.event().id()).isEqualTo("e1");
    assertThat(report.event().externalId()).contains("u1");
    assertThat(report.event().message()).contains(SmsAttempt.ID);
    assertThat(report.event().at()).isEqualTo(Instant.parse("2026-01-05T08:59:58.500Z"));
    assertThat(report.event().reason()).isEqualTo(Optional.ofNullable(code).map(it -> it + ": t"));
  }

  @Test
  void what_recipients_send_us_is_not_a_report() {
    String body =
        "{\"data\":{\"event_type\":\"message.received\",\"payload\":{\"id\":\"u1\",\"direction\":\"inbound\"}}}";
    assertThat(SmsCallback.post(attempt, "https://x.test", body).events()).isEmpty();
  }
}
