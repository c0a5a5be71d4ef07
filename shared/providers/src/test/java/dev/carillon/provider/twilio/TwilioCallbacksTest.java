package dev.carillon.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioCallbacksTest {
  private static final String HEADER = "x-twilio-signature";
  private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

  /** Of the test of twilio-java's RequestValidator. */
  private static final FormBody CALL =
      FormBody.EMPTY
          .with("CallSid", "CA1234567890ABCDE")
          .with("Caller", "+14158675309")
          .with("Digits", "1234")
          .with("From", "+14158675309")
          .with("To", "+18005551212");

  private final SmsAttempt attempt =
      SmsAttempt.with(
          new Twilio(),
          "{'account_id':'AC1','auth_token':'12345','from':'phone_number','phone_number':'+15017122661'}");

  private SmsCallback signed(String url, FormBody form, String signature) {
    return SmsCallback.post(attempt, url, form.encoded()).header(HEADER, signature);
  }

  @Test
  void a_form_is_signed_with_its_url_and_its_fields() {
    signed(URL, CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
        .isAuthenticAsItIsAlone(HEADER, "auth_token", "12346");
  }

  @Test
  void the_example_of_the_documentation_is_authentic() {
    FormBody documented =
        CALL.replacing("Caller", "+12349013030").replacing("From", "+12349013030");
    signed(URL, documented, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=").isAuthentic();
  }

  @Test
  void the_port_may_be_signed_or_not() {
    String ported = URL.replace(".com/", ".com:443/");
    signed(URL, CALL, "kvajT1Ptam85bY51eRf/AJRuM3w=").isAuthentic();
    signed(ported, CALL, "kvajT1Ptam85bY51eRf/AJRuM3w=").isAuthentic();
    signed(ported, CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").isAuthentic();
    signed(URL.replace(".com/", ".com:8443/"), CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").isForged();
  }

  @Test
  void json_is_signed_with_its_digest_in_the_url() {
    String body = "{\"property\": \"value\", \"boolean\": true}";
    String digest = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    SmsCallback report =
        SmsCallback.post(attempt, URL + "&bodySHA256=" + digest, body)
            .header(HEADER, "a9nBmqA0ju/hNViExpshrM61xv4=");
    report.isAuthenticAsItIsAlone(HEADER, "auth_token", "12346");
    report.url(URL).isForged();
    report.url(URL + "&bodySHA256=").isForged();
  }

  @Test
  void a_request_without_fields_is_signed_with_its_url() {
    signed(URL, FormBody.EMPTY, "zYQTYrRWXE7LtzbG4PfP7/bkkGo=").isAuthentic();
    signed(URL + "&x=1", FormBody.EMPTY, "zYQTYrRWXE7LtzbG4PfP7/bkkGo=").isForged();
  }

  @Test
  void a_channel_without_its_token_believes_nobody() {
    signed(URL, CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").without("auth_token").isForged();
  }

  @ParameterizedTest
  @CsvSource({
    "delivered,,delivered,",
    "failed,30005,bounced,30005: unknown destination",
    "undelivered,30007,undelivered,30007: filtered by the carrier",
    "undelivered,31337,undelivered,31337",
    "queued,,,",
    "accepted,,,",
    "scheduled,,,",
    "sending,,,",
    "sent,,,",
    "read,,,",
    "canceled,,,",
    "partially_delivered,,,",
    "invented,,,"
  })
  void a_status_says_what_became_of_the_message(
      String status, String code, String becomes, String reason) {
    FormBody form =
        FormBody.EMPTY
            .with("MessageSid", "SM1")
            .with("To", "+15552229999")
            .with("MessageStatus", status)
            .with("ErrorCode", Optional.ofNullable(code));
    CallbackEvent event = SmsCallback.post(attempt, attempt.link("12345"), form.encoded()).event();
    assertThat(event)
        .isEqualTo(
            new CallbackEvent(
                "SM1:" + status,
                Optional.of(SmsAttempt.ID),
                Optional.of("SM1"),
                Optional.empty(),
                status,
                effect(becomes),
                SmsAttempt.NOW,
                Optional.ofNullable(reason)));
  }

  private static Effect effect(String becomes) {
    return switch (becomes) {
      case "delivered" -> Effect.DELIVERED;
      case "bounced" -> Effect.BOUNCED;
      case "undelivered" -> Effect.UNDELIVERED;
      case null, default -> Effect.NOTED;
    };
  }

  @Test
  void the_report_at_our_link_is_authentic_and_names_the_message() {
    String url = attempt.link("12345");
    byte[] code =
        Signatures.hmac(
            Keyed.HMAC_SHA1,
            "12345".getBytes(StandardCharsets.UTF_8),
            (url + "MessageSidSM1MessageStatusdelivered").getBytes(StandardCharsets.UTF_8));
    SmsCallback report =
        SmsCallback.post(attempt, url, "MessageStatus=delivered&MessageSid=SM1")
            .header(HEADER, Signatures.base64(code));
    report.isAuthentic();
    assertThat(report.event().message()).contains(SmsAttempt.ID);
    assertThat(report.url(url.replace("m=", "m=0")).event().message()).isEmpty();
  }

  @Test
  void json_says_the_same() {
    String json = "{\"MessageSid\":\"SM1\",\"MessageStatus\":\"delivered\"}";
    assertThat(SmsCallback.post(attempt, URL, json).event().effect()).isEqualTo(Effect.DELIVERED);
  }

  @ParameterizedTest
  @CsvSource({"''", "MessageSid=SM1", "MessageStatus=delivered", "'{\"MessageSid\":1}'", "%%%"})
  void what_is_no_report_has_no_events(String body) {
    assertThat(SmsCallback.post(attempt, URL, body).events()).isEmpty();
  }
}
