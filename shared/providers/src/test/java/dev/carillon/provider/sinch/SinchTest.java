package dev.carillon.provider.sinch;

import static dev.carillon.provider.sms.SmsAttempt.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinchTest {
  private final Sinch sinch = new Sinch();
  private final SmsAttempt attempt =
      SmsAttempt.with(sinch, "{'api_token':'t1','service_plan_id':'p1','region':'EU'}");

  @Test
  void a_message_is_a_batch_of_one() {
    assertThat(attempt.call().url()).isEqualTo("https://eu.sms.api.sinch.com/xms/v1/p1/batches");
    assertThat(attempt.call().headers()).containsEntry("Authorization", "Bearer t1");
    assertThat(attempt.body())
        .isEqualTo(
            """
            {"to":["+15552229999"],"body":"Hi","type":"mt_text","client_reference":"%s",\
            "delivery_report":"per_recipient_final","callback_url":"%s"}\
            """
                .formatted(SmsAttempt.ID, attempt.link("t1")));
    assertThat(
            attempt.unreported().setting("from", "sender_id").setting("sender_id", "Acme").body())
        .startsWith("{\"from\":\"Acme\",\"to\":")
        .doesNotContain("delivery_report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"US", "EU", "AU", "BR", "CA"})
  void every_region_has_its_host(String region) {
    assertThat(attempt.setting("region", region).call().url())
        .startsWith("https://" + region.toLowerCase() + ".sms.api.sinch.com/");
  }

  @Test
  void another_region_is_the_channels_fault() {
    assertThat(attempt.setting("region", "evil.test/").refusal())
        .get()
        .isInstanceOf(DeliveryResult.Misconfigured.class);
  }

  @Test
  void what_looks_like_a_parameter_comes_out_as_it_is() {
    assertThat(attempt.saying("${name} owes $5").body())
        .contains(
            "\"body\":\"${dollar}{name} owes $5\"",
            "\"parameters\":{\"dollar\":{\"default\":\"$\"}}");
  }

  @Test
  void an_override_leaves_correlation() {
    assertThat(
            attempt
                .overridden("{'client_reference':'x','callback_url':'x','flash_message':true}")
                .body())
        .contains(SmsAttempt.ID.value(), attempt.link("t1"), "\"flash_message\":true")
        .doesNotContain("\"x\"");
  }

  @ParameterizedTest
  @CsvSource({
    "400,validation failed at: /to/0,Bounced",
    "400,The recipient is not a valid MSISDN,Bounced",
    "400,The body failed to parse,Rejected",
    "400,The body is too long,Rejected",
    "400,The token is wrong,Rejected",
    "401,,Misconfigured",
    "403,,Misconfigured",
    "404,,Misconfigured",
    "415,,Rejected",
    "429,,Deferred",
    "500,,Deferred"
  })
  void an_answer_means(int status, String words, String kind) {
    assertThat(attempt.kind(status, "{'code':'syntax','text':'" + words + "'}")).isEqualTo(kind);
  }

  @Test
  void a_message_that_is_taken_has_its_batch() {
    assertThat(attempt.answered(201, "{'id':'01F','to':['15552229999']}"))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("01F"), DeliveryStatus.SENT));
  }

  @Test
  void a_message_can_be_asked_after() {
    assertThat(sinch.ask("01F", attempt.configured()).orElseThrow().url())
        .isEqualTo(
            "https://eu.sms.api.sinch.com/xms/v1/p1/batches/01F/delivery_report?type=summary");
    assertThat(
            sinch.read("", answer(200, "{'statuses':[{'code':0,'status':'Delivered','count':1}]}")))
        .isEqualTo(new Poll.Known(DeliveryStatus.DELIVERED, Optional.empty()));
    assertThat(sinch.read("", answer(200, "{'statuses':[{'code':400,'status':'Queued'}]}")))
        .isEqualTo(new Poll.Later());
  }

  /** Of sinch-sdk-java's tests: of another interface, signed in the same way. */
  private SmsCallback signed() {
    return SmsCallback.post(
            attempt.setting("webhook_secret", "foo_secret1234"),
            "https://hooks.acme.test/c/ch1",
            "{\"app_id\":\"\",\"accepted_time\":\"2021-10-18T17:49:13.813615Z\",\"project_id\":\"e2df3a34-a71b-4448-9db5-a8d2baad28e4\",\"contact_create_notification\":{\"contact\":{\"id\":\"01FJA8B466Y0R2GNXD78MD9SM1\",\"channel_identities\":[{\"channel\":\"SMS\",\"identity\":\"48123456789\",\"app_id\":\"\"}],\"display_name\":\"New"
                + " Test"
                + " Contact\",\"email\":\"new.contact@email.com\",\"external_id\":\"\",\"metadata\":\"\",\"language\":\"EN_US\"}},\"message_metadata\":\"\"}")
        .header("x-sinch-webhook-signature-nonce", "01FJA8B4A7BM43YGWSG9GBV067")
        .header("x-sinch-webhook-signature-timestamp", "1634579353")
        .header("x-sinch-webhook-signature-algorithm", "HmacSHA256")
        .header("x-sinch-webhook-signature", "6bpJoRmFoXVjfJIVglMoJzYXxnoxRujzR4k2GOXewOE=")
        .at(Instant.ofEpochSecond(1_634_579_353));
  }

  @Test
  void reports_are_signed_for_plans_that_asked_for_it() {
    signed()
        .isAuthenticAsItIsAlone("x-sinch-webhook-signature", "webhook_secret", "foo_secret1235");
    signed().header("x-sinch-webhook-signature-algorithm", "HmacSHA1").isForged();
    signed().header("x-sinch-webhook-signature-algorithm").isAuthentic();
    signed().header("x-sinch-webhook-signature-nonce").isForged();
    signed().header("x-sinch-webhook-signature-nonce", "02").isForged();
    signed().header("x-sinch-webhook-signature-timestamp", "1634579354").isForged();
    Instant then = Instant.ofEpochSecond(1_634_579_353);
    signed().at(then.plus(Duration.ofHours(23))).isAuthentic();
    signed().at(then.plus(Duration.ofHours(25))).isStale();
    signed().at(then.minus(Duration.ofHours(25))).isStale();
  }

  @Test
  void without_a_secret_our_link_is_what_is_believed() {
    SmsCallback report = signed().without("webhook_secret");
    report.isForged();
    report.url(attempt.link("t1")).isAuthentic();
    report.url(attempt.link("t2")).isForged();
  }

  @ParameterizedTest
  @CsvSource({
    "Delivered,0,delivered,",
    "Deleted,0,bounced,",
    "Failed,402,bounced,402: cannot be routed",
    "Rejected,413,bounced,'413: blocked, or opted out'",
    "Failed,403,undelivered,403: internal error",
    "Expired,406,undelivered,406: expired before it was dispatched",
    "Aborted,407,undelivered,407: cancelled",
    "Cancelled,407,undelivered,407: cancelled",
    "Queued,400,,400",
    "Dispatched,401,,401",
    "Unknown,0,,"
  })
  void a_status_and_its_code_say_what_became_of_it(
      String status, int code, String effect, String reason) {
    SmsCallback report =
        SmsCallback.post(
            attempt.setting("webhook_secret", "s"),
            "https://hooks.acme.test/c/ch1",
            "{\"type\":\"recipient_delivery_report_sms\",\"batch_id\":\"01F\",\"recipient\":\"15552229999\",\"code\":%d,\"status\":\"%s\",\"at\":\"2026-01-05T08:59:58.930Z\",\"client_reference\":\"%s\"}"
                .formatted(code, status, SmsAttempt.ID));
    assertThat(report.effect()).isEqualTo(effect);
    assertThat(report.event().id()).isEqualTo("01F:" + status);
    assertThat(report.event().message()).contains(SmsAttempt.ID);
    assertThat(report.without("webhook_secret").event().message()).isEmpty();
    assertThat(report.event().reason()).isEqualTo(Optional.ofNullable(reason));
    assertThat(report.event().at()).isEqualTo(Instant.parse("2026-01-05T08:59:58.930Z"));
  }

  @Test
  void a_report_of_the_whole_batch_is_one_of_its_only_message() {
    SmsCallback report =
        SmsCallback.post(
            attempt,
            attempt.link("t1"),
            "{\"type\":\"delivery_report_sms\",\"batch_id\":\"01F\",\"statuses\":[{\"code\":0,\"status\":\"Delivered\",\"count\":1}]}");
    assertThat(report.effect()).isEqualTo("delivered");
    assertThat(report.event().message()).contains(SmsAttempt.ID);
  }
}
