package dev.carillon.provider.snssms;

import static dev.carillon.provider.sms.SmsAttempt.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall.Authentication.AwsSignature;
import dev.carillon.provider.ProviderCall.AwsKeys;
import dev.carillon.provider.sms.SmsAttempt;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnsSmsTest {
  private final SnsSms sns = new SnsSms();
  private final SmsAttempt attempt =
      SmsAttempt.with(
          sns,
          "{'region':'eu-west-1','access_key_id':'AKIA1','secret_access_key':'sss','message_type':'Transactional','sender_id':'Acme','from':'phone_number','phone_number':'+15017122661'}");

  @Test
  void a_message_is_published_to_a_number() {
    assertThat(attempt.call().url()).isEqualTo("https://sns.eu-west-1.amazonaws.com/");
    assertThat(attempt.call().authentication())
        .isEqualTo(
            new AwsSignature(
                "sns",
                Optional.of("eu-west-1"),
                Optional.of(new AwsKeys("AKIA1", "sss", Optional.empty()))));
    assertThat(attempt.body())
        .isEqualTo(
            "PhoneNumber=%2B15552229999&Message=Hi"
                + "&MessageAttributes.entry.1.Name=AWS.SNS.SMS.SMSType"
                + "&MessageAttributes.entry.1.Value.DataType=String"
                + "&MessageAttributes.entry.1.Value.StringValue=Transactional"
                + "&MessageAttributes.entry.2.Name=AWS.SNS.SMS.SenderID"
                + "&MessageAttributes.entry.2.Value.DataType=String"
                + "&MessageAttributes.entry.2.Value.StringValue=Acme"
                + "&MessageAttributes.entry.3.Name=AWS.MM.SMS.OriginationNumber"
                + "&MessageAttributes.entry.3.Value.DataType=String"
                + "&MessageAttributes.entry.3.Value.StringValue=%2B15017122661"
                + "&Action=Publish&Version=2010-03-31");
  }

  @Test
  void what_no_setting_says_is_left_to_the_account() {
    SmsAttempt plain = SmsAttempt.with(sns, "{'region':'cn-north-1'}");
    assertThat(plain.call().url()).isEqualTo("https://sns.cn-north-1.amazonaws.com.cn/");
    assertThat(plain.body())
        .isEqualTo("PhoneNumber=%2B15552229999&Message=Hi&Action=Publish&Version=2010-03-31");
    assertThat(plain.call().authentication())
        .isEqualTo(new AwsSignature("sns", Optional.of("cn-north-1"), Optional.empty()));
  }

  @Test
  void an_override_merges_into_the_parameters_and_keeps_the_action() {
    assertThat(
            SmsAttempt.with(sns, "{'region':'eu-west-1','message_type':'Promotional'}")
                .overridden(
                    "{'Action':'DeleteTopic','Message':'Ho','MessageAttributes':{'AWS.SNS.SMS.SMSType':null,'AWS.SNS.SMS.MaxPrice':{'DataType':'Number','StringValue':'0.5'}}}")
                .body())
        .isEqualTo(
            "PhoneNumber=%2B15552229999&Message=Ho"
                + "&MessageAttributes.entry.1.Name=AWS.SNS.SMS.MaxPrice"
                + "&MessageAttributes.entry.1.Value.DataType=Number"
                + "&MessageAttributes.entry.1.Value.StringValue=0.5"
                + "&Action=Publish&Version=2010-03-31");
  }

  @Test
  void a_role_is_assumed_first() {
    SmsAttempt role =
        SmsAttempt.with(sns, "{'region':'eu-west-1','role_arn':'arn:aws:iam::1:role/r'}");
    assertThat(role.prepared()).isInstanceOf(Preparation.Ask.class);
    var lookup = ((Preparation.Ask) role.prepared()).lookup();
    LookupResult read =
        sns.read(
            lookup,
            answer(
                200,
                "<R><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t</SessionToken></R>"));
    assertThat(read).isInstanceOf(LookupResult.Found.class);
    assertThat(
            role.knowing(lookup.key(), ((LookupResult.Found) read).value()).call().authentication())
        .isEqualTo(
            new AwsSignature(
                "sns",
                Optional.of("eu-west-1"),
                Optional.of(new AwsKeys("ASIA1", "x", Optional.of("t")))));
    assertThat(role.to("nobody").refusal()).get().isInstanceOf(DeliveryResult.Bounced.class);
  }

  @ParameterizedTest
  @CsvSource({
    "region,''",
    "region,nowhere",
    "sender_id,0123",
    "secret_access_key,''",
    "phone_number,Acme",
    "message_type,Spam"
  })
  void settings_that_are_wrong_are_the_channels_fault(String name, String value) {
    assertThat(attempt.setting(name, value).refusal())
        .get()
        .isInstanceOf(DeliveryResult.Misconfigured.class);
  }

  @Test
  void a_message_that_is_taken_has_its_id() {
    assertThat(
            attempt.answered(
                200,
                "<PublishResponse"
                    + " xmlns='http://sns.amazonaws.com/doc/2010-03-31/'><PublishResult><MessageId>u-1</MessageId></PublishResult></PublishResponse>"))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("u-1"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource({
    "400,InvalidParameter,Invalid parameter: PhoneNumber Reason: +1 is not valid,Bounced",
    "400,InvalidParameterValue,Phone number is opted out,Bounced",
    "400,InvalidParameter,The sandbox has not verified PhoneNumber,Misconfigured",
    "400,InvalidParameter,Invalid parameter: Message too long,Rejected",
    "400,OptedOut,no,Bounced",
    "403,AuthorizationError,no,Misconfigured",
    "403,AccessDenied,no,Misconfigured",
    "400,UserError,no,Misconfigured",
    "403,InvalidClientTokenId,no,Misconfigured",
    "403,SignatureDoesNotMatch,no,Misconfigured",
    "403,ExpiredToken,no,Deferred",
    "400,Throttled,no,Deferred",
    "400,Throttling,no,Deferred",
    "500,InternalError,no,Deferred",
    "503,ServiceUnavailable,no,Deferred",
    "400,Invented,no,Rejected",
    "500,Invented,no,Deferred"
  })
  void a_code_tells_who_is_at_fault(int status, String code, String words, String kind) {
    assertThat(
            attempt.kind(
                status,
                "<ErrorResponse><Error><Type>Sender</Type><Code>"
                    + code
                    + "</Code><Message>"
                    + words
                    + "</Message></Error></ErrorResponse>"))
        .isEqualTo(kind);
  }

  @Test
  void nothing_is_reported_over_http() {
    assertThat(sns.callbacks()).isEmpty();
    assertThat(sns.polling()).isEmpty();
  }
}
