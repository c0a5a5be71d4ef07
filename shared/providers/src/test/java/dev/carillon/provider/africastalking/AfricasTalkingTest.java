package dev.carillon.provider.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AfricasTalkingTest {
  private final SmsAttempt attempt =
      SmsAttempt.with(
              new AfricasTalking(),
              "{'api_key':'atsk_1','username':'acme','short_code':'ACME','callback_token':'tok'}")
          .to("+254 711 000 000");

  @Test
  void a_message_is_a_form_with_the_key_in_a_header() {
    assertThat(attempt.call().url()).isEqualTo("https://api.africastalking.com/version1/messaging");
    assertThat(attempt.call().headers())
        .containsEntry("apiKey", "atsk_1")
        .containsEntry("Accept", "application/json");
    assertThat(attempt.body())
        .isEqualTo("to=%2B254711000000&message=Hi&from=ACME&bulkSMSMode=1&enqueue=1&username=acme");
    assertThat(attempt.without("short_code").body()).doesNotContain("from=");
  }

  @Test
  void the_sandbox_is_a_user() {
    assertThat(attempt.setting("username", "sandbox").call().url())
        .isEqualTo("https://api.sandbox.africastalking.com/version1/messaging");
  }

  @Test
  void an_override_leaves_the_user() {
    assertThat(attempt.overridden("{'username':'x','enqueue':null,'keyword':'K'}").body())
        .isEqualTo("to=%2B254711000000&message=Hi&from=ACME&bulkSMSMode=1&keyword=K&username=acme");
  }

  private static String recipient(String code) {
    return "{'SMSMessageData':{'Message':'Sent','Recipients':[{'statusCode':"
        + code
        + ",'number':'+254711000000','status':'word','messageId':'ATXid_1'}]}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "101", "102"})
  void some_codes_are_success(String code) {
    assertThat(attempt.answered(201, recipient(code)))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("ATXid_1"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource({
    "403,Bounced",
    "404,Bounced",
    "406,Bounced",
    "409,Bounced",
    "402,Misconfigured",
    "405,Misconfigured",
    "401,Rejected",
    "407,Deferred",
    "500,Deferred",
    "501,Deferred",
    "502,Deferred",
    "999,Ambiguous"
  })
  void a_201_may_mean_that_it_failed(String code, String kind) {
    assertThat(attempt.kind(201, recipient(code))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidSenderId,Misconfigured",
    "InvalidPhoneNumber,Bounced",
    "InsufficientBalance,Misconfigured",
    "UserInBlacklist,Bounced",
    "InternalServerError,Deferred",
    "Something,Rejected"
  })
  void without_recipients_a_word_says_why(String word, String kind) {
    assertThat(attempt.kind(201, "{'SMSMessageData':{'Message':'" + word + "','Recipients':[]}}"))
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "201,{},Ambiguous",
    "201,<html>,Ambiguous",
    "401,The supplied authentication is invalid,Misconfigured",
    "400,,Rejected",
    "429,,Deferred",
    "503,,Deferred"
  })
  void any_other_answer_means(int status, String body, String kind) {
    assertThat(attempt.kind(status, body == null ? "" : body)).isEqualTo(kind);
  }

  @Test
  void reports_are_believed_with_the_token_alone() {
    String url = "https://hooks.acme.test/c/ch1";
    SmsCallback report = SmsCallback.post(attempt, url + "?token=tok", "id=A&status=Success");
    report.isAuthentic();
    report.url(url).isForged();
    report.url(url + "?token=").isForged();
    report.url(url + "?token=tol").isForged();
    report.setting("callback_token", "tol").isForged();
    report.without("callback_token").isForged();
  }

  @ParameterizedTest
  @CsvSource({
    "Success,,delivered",
    "Failed,UserInBlacklist,bounced",
    "Rejected,DoNotDisturbRejection,bounced",
    "Failed,UserDoesNotExist,bounced",
    "Failed,NotNetworkSubscriber,bounced",
    "Failed,InsufficientCredit,undelivered",
    "Rejected,,undelivered",
    "AbsentSubscriber,UserInBlacklist,undelivered",
    "Expired,,undelivered",
    "Sent,,",
    "Submitted,,",
    "Buffered,,"
  })
  void a_status_and_its_reason_say_what_became_of_it(String status, String reason, String effect) {
    SmsCallback report =
        SmsCallback.post(
            attempt,
            "https://hooks.acme.test/c?token=tok",
            "id=ATXid_1&phoneNumber=%2B254711000000&networkCode=63902&status="
                + status
                + (reason == null ? "" : "&failureReason=" + reason));
    assertThat(report.effect()).isEqualTo(effect);
    assertThat(report.event().id()).isEqualTo("ATXid_1:" + status);
    assertThat(report.event().externalId()).contains("ATXid_1");
    assertThat(report.event().address()).isEmpty();
    assertThat(report.event().reason()).isEqualTo(Optional.ofNullable(reason));
  }
}
