package dev.carillon.provider.twilio;

import static dev.carillon.provider.sms.SmsAttempt.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.sms.SmsAttempt;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioTest {
  private final Twilio twilio = new Twilio();
  private final SmsAttempt attempt =
      SmsAttempt.with(
          twilio,
          "{'account_id':'AC1','auth_token':'12345','from':'phone_number','phone_number':'+1 (501)"
              + " 712-2661'}");

  @Test
  void a_message_is_a_form_for_the_account() {
    ProviderCall.Http call = attempt.call();
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.url())
        .isEqualTo("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json");
    assertThat(call.headers())
        .isEqualTo(
            Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("AC1:12345".getBytes()),
                "Accept",
                "application/json",
                "Content-Type",
                "application/x-www-form-urlencoded"));
    assertThat(attempt.body())
        .isEqualTo(
            "To=%2B15552229999&From=%2B15017122661&Body=Hi&StatusCallback="
                + attempt.encodedLink("12345"));
    assertThat(call.secrets()).contains(call.headers().get("Authorization"));
  }

  @ParameterizedTest
  @CsvSource({
    "phone_number,15017122661,From=%2B15017122661",
    "short_code,12345,From=12345",
    "messaging_service_sid,MG0123456789abcdef,MessagingServiceSid=MG0123456789abcdef"
  })
  void the_sender_is_of_the_chosen_kind(String kind, String value, String field) {
    assertThat(attempt.setting("from", kind).setting(kind, value).unreported().body())
        .isEqualTo("To=%2B15552229999&" + field + "&Body=Hi");
  }

  @ParameterizedTest
  @CsvSource({
    "phone_number,Acme",
    "phone_number,''",
    "short_code,+15017122661",
    "messaging_service_sid,AC1",
    "sender_id,Acme"
  })
  void a_sender_that_is_none_of_its_kind_is_the_channels_fault(String kind, String value) {
    assertThat(attempt.setting("from", kind).setting(kind, value).refusal())
        .get()
        .isInstanceOf(DeliveryResult.Misconfigured.class);
  }

  @Test
  void an_override_replaces_all_but_where_it_is_reported() {
    assertThat(
            attempt
                .overridden(
                    "{'Body':null,'MediaUrl':['https://a.test/1','https://a.test/2'],'StatusCallback':'https://evil.test','SmartEncoded':true}")
                .body())
        .isEqualTo(
            "To=%2B15552229999&From=%2B15017122661&MediaUrl=https%3A%2F%2Fa.test%2F1"
                + "&MediaUrl=https%3A%2F%2Fa.test%2F2&SmartEncoded=true&StatusCallback="
                + attempt.encodedLink("12345"));
  }

  @Test
  void a_message_that_is_taken_has_its_sid() {
    assertThat(attempt.answered(201, "{'sid':'SM1','status':'queued','error_code':null}"))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("SM1"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource({
    "400,21211,Bounced",
    "400,21214,Bounced",
    "400,21217,Bounced",
    "400,21610,Bounced",
    "400,21612,Bounced",
    "400,21614,Bounced",
    "400,21635,Bounced",
    "401,20003,Misconfigured",
    "403,20005,Misconfigured",
    "403,20006,Misconfigured",
    "403,20008,Misconfigured",
    "400,21212,Misconfigured",
    "400,21603,Misconfigured",
    "400,21606,Misconfigured",
    "400,21608,Misconfigured",
    "400,21408,Misconfigured",
    "400,21659,Misconfigured",
    "400,21660,Misconfigured",
    "400,21703,Misconfigured",
    "400,21704,Misconfigured",
    "400,21602,Rejected",
    "400,21617,Rejected",
    "400,21620,Rejected",
    "400,21609,Rejected",
    "400,21999,Rejected",
    "429,20429,Deferred",
    "429,14107,Deferred",
    "400,21611,Deferred",
    "503,21730,Deferred",
    "500,20500,Deferred",
    "500,99999,Deferred",
    "504,99999,Ambiguous",
    "404,20404,Rejected"
  })
  void a_code_tells_who_is_at_fault(int status, String code, String result) {
    assertThat(
            attempt.answered(
                status, "{'code':" + code + ",'message':'about +15552229999','status':400}"))
        .hasToString(result + suffix(result, code + ": about [number]"));
  }

  private static String suffix(String result, String reason) {
    return switch (result) {
      case "Bounced" -> "[reason=" + reason + ", deadTarget=false]";
      case "Deferred" -> "[reason=" + reason + ", after=Optional.empty]";
      default -> "[reason=" + reason + "]";
    };
  }

  @Test
  void an_answer_without_a_code_means_what_its_status_means() {
    assertThat(attempt.answered(401, "<html>"))
        .isEqualTo(new DeliveryResult.Misconfigured("status 401"));
    assertThat(twilio.read(attempt.request(), answer(429, Map.of("retry-after", "7"))))
        .hasToString("Deferred[reason=status 429, after=Optional[PT7S]]");
  }

  @Test
  void a_message_can_be_asked_after() {
    ProviderCall.Http call = twilio.ask("SM/1", attempt.configured()).orElseThrow();
    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.url())
        .isEqualTo("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM%2F1.json");
    assertThat(twilio.read("", answer(200, "{'status':'delivered','error_code':null}")))
        .isEqualTo(new Poll.Known(DeliveryStatus.DELIVERED, Optional.empty()));
    assertThat(twilio.read("", answer(200, "{'status':'undelivered','error_code':30007}")))
        .isEqualTo(
            new Poll.Known(
                DeliveryStatus.UNDELIVERED, Optional.of("30007: filtered by the carrier")));
    assertThat(twilio.read("", answer(200, "{'status':'sent'}"))).isEqualTo(new Poll.Later());
    assertThat(twilio.read("", answer(503, ""))).isEqualTo(new Poll.Later());
    assertThat(twilio.read("", answer(404, ""))).isEqualTo(new Poll.Never("status 404"));
  }
}
