package dev.carillon.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.sms.SmsAttempt;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageTest {
  private final SmsAttempt attempt =
      SmsAttempt.with(
          new Vonage(),
          "{'api_key':'k 1','api_secret':'s&1','from':'sender_id','sender_id':'Acme'}");

  private static FormBody form(SmsAttempt attempt) {
    return FormBody.read(attempt.call().body());
  }

  @Test
  void a_message_is_a_form_with_the_credentials_in_it() {
    assertThat(attempt.call().url()).isEqualTo("https://rest.nexmo.com/sms/json");
    assertThat(attempt.body())
        .isEqualTo(
            "from=Acme&to=15552229999&text=Hi&type=text&status-report-req=1&client-ref="
                + SmsAttempt.ID
                + "&api_key=k+1&api_secret=s%261&callback="
                + attempt.encodedLink("s&1"));
    assertThat(attempt.call().secrets()).contains("k+1", "s%261");
  }

  @ParameterizedTest
  @CsvSource({"Hi,text", "It’s,unicode", "ç,unicode", "€,text"})
  void a_text_beyond_the_alphabet_says_so(String text, String type) {
    assertThat(form(attempt.saying(text)).first("type")).contains(type);
  }

  @Test
  void a_number_that_it_is_from_has_no_plus() {
    SmsAttempt numbered =
        attempt.setting("from", "phone_number").setting("phone_number", "+447700900001");
    assertThat(form(numbered).first("from")).contains("447700900001");
  }

  @Test
  void an_override_leaves_credentials_and_correlation() {
    FormBody form =
        form(
            attempt.overridden(
                "{'text':'Ho','ttl':900000,'client-ref':'x','callback':'x','api_secret':'x'}"));
    assertThat(form.first("text")).contains("Ho");
    assertThat(form.first("ttl")).contains("900000");
    assertThat(form.first("client-ref")).contains(SmsAttempt.ID.value());
    assertThat(form.first("callback")).contains(attempt.link("s&1"));
    assertThat(form.first("api_secret")).contains("s&1");
  }

  @Test
  void every_part_must_be_taken() {
    assertThat(
            attempt.answered(
                200,
                "{'message-count':'2','messages':[{'status':'0','message-id':'A1'},{'status':'0','message-id':'A2'}]}"))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("A1"), DeliveryStatus.SENT));
    assertThat(attempt.kind(200, "{'messages':[{'status':'0'},{'status':'6'}]}"))
        .isEqualTo("Bounced");
    assertThat(attempt.kind(200, "{'messages':[{'status':'1'},{'status':'1'}]}"))
        .isEqualTo("Deferred");
  }

  @Test
  void a_text_of_which_a_part_is_on_its_way_is_not_tried_again_as_if_it_were_not() {
    assertThat(attempt.kind(200, "{'messages':[{'status':'0'},{'status':'1'}]}"))
        .isEqualTo("Ambiguous");
  }

  @ParameterizedTest
  @CsvSource({
    "1,Deferred",
    "5,Deferred",
    "10,Deferred",
    "6,Bounced",
    "7,Bounced",
    "33,Bounced",
    "2,Rejected",
    "3,Rejected",
    "12,Rejected",
    "22,Rejected",
    "23,Rejected",
    "4,Misconfigured",
    "8,Misconfigured",
    "9,Misconfigured",
    "11,Misconfigured",
    "14,Misconfigured",
    "15,Misconfigured",
    "29,Misconfigured",
    "32,Misconfigured",
    "77,Rejected"
  })
  void a_200_may_mean_that_it_failed(String status, String kind) {
    assertThat(attempt.kind(200, "{'messages':[{'status':'" + status + "','error-text':'no'}]}"))
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "Missing to param,Bounced",
    "Invalid value for parameter: to,Bounced",
    "Your request is incomplete and missing some mandatory parameters,Rejected",
    "to address is not numeric,Bounced",
    "You are not allowed to send this,Rejected",
    "The text has to be shorter,Rejected"
  })
  void an_invalid_parameter_may_be_the_number(String words, String kind) {
    assertThat(attempt.kind(200, "{'messages':[{'status':'3','error-text':'" + words + "'}]}"))
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{'messages':[]}", "{'messages':[1]}", "[]"})
  void a_200_that_says_nothing_leaves_it_unknown(String body) {
    assertThat(attempt.kind(200, body)).isEqualTo("Ambiguous");
  }

  @ParameterizedTest
  @CsvSource({"401,Misconfigured", "420,Rejected", "429,Deferred", "500,Deferred", "502,Ambiguous"})
  void a_status_of_http_counts_too(int status, String kind) {
    assertThat(attempt.kind(status, "")).isEqualTo(kind);
  }

  @Test
  void the_credentials_are_not_in_a_reason() {
    assertThat(
            attempt
                .answered(200, "{'messages':[{'status':'4','error-text':'Bad k 1 and s&1'}]}")
                .toString())
        .doesNotContain("k 1", "s&1");
  }
}
