package dev.carillon.provider.snspush;

import static dev.carillon.provider.Offers.answer;
import static dev.carillon.provider.Offers.asked;
import static dev.carillon.provider.Offers.kind;
import static dev.carillon.provider.Offers.quoted;
import static dev.carillon.provider.Offers.ready;
import static dev.carillon.provider.Offers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Offers;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.Authentication.AwsSignature;
import dev.carillon.provider.ProviderCall.AwsKeys;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.format.FormBody;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnsPushTest {
  private static final SnsPush SNS = new SnsPush();
  private static final String ENDPOINT =
      "arn:aws:sns:eu-central-1:123456789012:endpoint/GCM/app/5e3e9847-3183-3f18-a7e8-671c3a57d4b3";
  private static final String IOS =
      "arn:aws:sns:us-west-2:123456789012:endpoint/APNS_SANDBOX/app/5e3e9847";

  @Test
  void a_message_is_published_to_the_endpoint_in_its_own_region() {
    ProviderCall.Http call = ready(SNS.prepare(offer("{'foo':{'bar':21}}", "{}")));
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.url()).isEqualTo("https://sns.eu-central-1.amazonaws.com/");
    assertThat(call.authentication())
        .isEqualTo(new AwsSignature("sns", Optional.of("eu-central-1"), Optional.empty()));
    FormBody form = FormBody.read(call.body());
    assertThat(form.fields().stream().map(Content.Field::name))
        .containsExactly("Action", "Version", "TargetArn", "MessageStructure", "Message");
    assertThat(form.first("Action")).contains("Publish");
    assertThat(form.first("TargetArn")).contains(ENDPOINT);
    assertThat(form.first("MessageStructure")).contains("json");
    Json.Obj message = Offers.json(form.first("Message").orElseThrow());
    assertThat(message.text("default")).contains("there");
    assertThat(inner(message, "GCM"))
        .isEqualTo(
            quoted(
                "{'fcmV1Message':{'message':{'notification':{'title':'Hi','body':'there'},"
                    + "'data':{'foo.bar':'21','knock_message_id':'"
                    + Offers.ID
                    + "'}}}}"));
    assertThat(inner(message, "APNS"))
        .isEqualTo(inner(message, "APNS_SANDBOX"))
        .isEqualTo(
            quoted(
                "{'foo':{'bar':21},'aps':{'alert':{'title':'Hi','body':'there'}},"
                    + "'knock_message_id':'"
                    + Offers.ID
                    + "'}"));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws-cn:sns:cn-north-1:123456789012:endpoint/GCM/app/1,"
        + " https://sns.cn-north-1.amazonaws.com.cn/",
    "arn:aws-us-gov:sns:us-gov-west-1:123456789012:endpoint/APNS/app/1,"
        + " https://sns.us-gov-west-1.amazonaws.com/"
  })
  void other_partitions_have_other_hosts(String endpoint, String url) {
    assertThat(ready(SNS.prepare(Offers.of(SNS, Json.Obj.EMPTY, to(endpoint)))).url())
        .isEqualTo(url);
  }

  @Test
  void keys_of_the_channel_sign_it() {
    Json.Obj settings =
        Json.object().with("access_key_id", "AKIA").with("secret_access_key", "secret");
    assertThat(ready(SNS.prepare(Offers.of(SNS, settings, to(ENDPOINT)))).authentication())
        .isEqualTo(
            new AwsSignature(
                "sns",
                Optional.of("eu-central-1"),
                Optional.of(new AwsKeys("AKIA", "secret", Optional.empty()))));
  }

  @Test
  void a_role_is_assumed_first() {
    Json.Obj settings =
        Json.object()
            .with("role_arn", "arn:aws:iam::123456789012:role/push")
            .with("external_id", "e");
    var offer = Offers.of(SNS, settings, to(ENDPOINT));
    Lookup lookup = asked(SNS.prepare(offer));
    assertThat(lookup.call().url()).isEqualTo("https://sts.eu-central-1.amazonaws.com/");
    var found =
        (LookupResult.Found)
            SNS.read(
                lookup,
                answer(
                    200,
                    "<Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                        + "<SessionToken>t</SessionToken></Credentials>"));
    assertThat(ready(SNS.prepare(Offers.knowing(offer, lookup, found.value()))).authentication())
        .isEqualTo(
            new AwsSignature(
                "sns",
                Optional.of("eu-central-1"),
                Optional.of(new AwsKeys("ASIA", "s", Optional.of("t")))));
  }

  @Test
  void a_silent_message_wakes_the_app_and_shows_nothing() {
    var silent = new Content.Push(IOS, "Hi", "there", Json.Obj.EMPTY, true, Json.Obj.EMPTY);
    FormBody form =
        FormBody.read(ready(SNS.prepare(Offers.of(SNS, Json.Obj.EMPTY, silent))).body());
    Json.Obj message = Offers.json(form.first("Message").orElseThrow());
    assertThat(inner(message, "APNS_SANDBOX").object("aps"))
        .isEqualTo(quoted("{'content-available':1}"));
    assertThat(inner(message, "GCM").object("fcmV1Message").object("message").fields())
        .doesNotContainKey("notification");
    assertThat(form.first("MessageAttributes.entry.1.Name"))
        .contains("AWS.SNS.MOBILE.APNS.PUSH_TYPE");
    assertThat(form.first("MessageAttributes.entry.1.Value.DataType")).contains("String");
    assertThat(form.first("MessageAttributes.entry.1.Value.StringValue")).contains("background");
    assertThat(form.first("MessageAttributes.entry.2.Value.StringValue")).contains("5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Message':{'APNS':{'aps':{'badge':3}},'default':'d'}}",
        "{'APNS':{'aps':{'badge':3}},'default':'d'}"
      })
  void overrides_reach_into_the_payload_of_a_platform(String overrides) {
    Json.Obj message = message(offer("{}", overrides));
    assertThat(message.text("default")).contains("d");
    assertThat(inner(message, "APNS").object("aps"))
        .isEqualTo(quoted("{'alert':{'title':'Hi','body':'there'},'badge':3}"));
    assertThat(inner(message, "APNS_SANDBOX").object("aps"))
        .isEqualTo(quoted("{'alert':{'title':'Hi','body':'there'}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'__strategy__':'replace','APNS':{'aps':{}}}",
        "{'GCM':{'fcmV1Message':{'message':{'data':{'knock_message_id':'forged'}}}},"
            + "'APNS':{'knock_message_id':'forged'}}",
        "{'GCM':'none','APNS':null}"
      })
  void whatever_the_overrides_the_id_is_in_every_payload(String overrides) {
    Json.Obj message = message(offer("{}", overrides));
    assertThat(
            inner(message, "GCM")
                .object("fcmV1Message")
                .object("message")
                .object("data")
                .text("knock_message_id"))
        .contains(Offers.ID);
    assertThat(inner(message, "APNS").text("knock_message_id")).contains(Offers.ID);
    assertThat(message.text("default")).isPresent();
  }

  @Test
  void what_is_too_large_for_the_platform_is_refused_before_it_is_sent() {
    var large =
        new Content.Push(ENDPOINT, "Hi", "x".repeat(4_200), Json.Obj.EMPTY, false, Json.Obj.EMPTY);
    assertThat(kind(refused(SNS.prepare(Offers.of(SNS, Json.Obj.EMPTY, large)))))
        .isEqualTo("Rejected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "token",
        "arn:aws:sns:eu-central-1:123456789012:topic",
        "arn:aws:sqs:eu-central-1:123456789012:endpoint/GCM/app/1",
        "arn:aws:sns:evil.example/:123456789012:endpoint/GCM/app/1"
      })
  void what_is_no_endpoint_is_dead(String target) {
    assertThat(kind(refused(SNS.prepare(Offers.of(SNS, Json.Obj.EMPTY, to(target))))))
        .isEqualTo("Dead");
  }

  @ParameterizedTest
  @CsvSource({
    "400, EndpointDisabled, Endpoint is disabled, Dead",
    "404, NotFound, No endpoint found for the target arn specified, Dead",
    "400, InvalidParameter, Invalid parameter: TargetArn Reason: No endpoint found, Dead",
    "400, InvalidParameter, Invalid parameter: Message Structure - No default entry, Rejected",
    "400, ParameterValueInvalid, x, Rejected",
    "400, PlatformApplicationDisabled, x, Misconfigured",
    "403, AuthorizationError, x, Misconfigured",
    "403, InvalidClientTokenId, x, Misconfigured",
    "403, SignatureDoesNotMatch, x, Misconfigured",
    "400, Throttled, x, Deferred",
    "400, Throttling, x, Deferred",
    "500, InternalError, x, Deferred",
    "503, ServiceUnavailable, x, Deferred",
    "400, SomethingNew, x, Rejected",
    "403, SomethingNew, x, Misconfigured"
  })
  void an_error_means(int status, String code, String words, String expected) {
    String xml =
        "<ErrorResponse><Error><Type>Sender</Type><Code>"
            + code
            + "</Code><Message>"
            + words
            + "</Message></Error></ErrorResponse>";
    assertThat(kind(SNS.read(offer("{}", "{}"), answer(status, xml)))).isEqualTo(expected);
  }

  @Test
  void what_is_taken_is_sent() {
    assertThat(
            SNS.read(
                offer("{}", "{}"),
                answer(
                    200,
                    "<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult>"
                        + "</PublishResponse>")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("m-1"), DeliveryStatus.SENT));
  }

  @Test
  void nothing_is_believed_of_a_topic_that_the_channel_does_not_name() {
    var reader = SNS.callbacks().orElseThrow();
    var settings = offer("{}", "{}").settings();
    assertThat(reader.verify(report("InvalidPlatformToken"), settings, Map.of(), Offers.NOW))
        .isInstanceOf(Verdict.Forged.class);
    var other =
        Offers.of(
                SNS,
                Json.object().with("topic_arn", "arn:aws:sns:eu-central-1:123456789012:other"),
                to(ENDPOINT))
            .settings();
    assertThat(reader.verify(report("InvalidPlatformToken"), other, Map.of(), Offers.NOW))
        .isInstanceOf(Verdict.Forged.class);
  }

  @ParameterizedTest
  @CsvSource({"InvalidPlatformToken, Dead", "InvalidEndpoint, Dead", "PlatformError, Becomes"})
  void a_failed_delivery_is_reported_of_its_endpoint(String failure, String effect) {
    var report =
        SNS.callbacks()
            .orElseThrow()
            .read(report(failure), offer("{}", "{}").settings(), Offers.NOW);
    assertThat(report.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.externalId()).contains("m-1");
              assertThat(event.address()).contains(ENDPOINT);
              assertThat(event.effect().getClass().getSimpleName()).isEqualTo(effect);
            });
    assertThat(Effect.UNDELIVERED).isInstanceOf(Effect.Becomes.class);
  }

  private static CallbackRequest report(String failure) {
    Json.Obj event =
        Json.object()
            .with("EventType", "DeliveryFailure")
            .with("FailureType", failure)
            .with("EndpointArn", ENDPOINT)
            .with("MessageId", "m-1");
    Json.Obj envelope =
        Json.object()
            .with("Type", "Notification")
            .with("MessageId", "e-1")
            .with("TopicArn", "arn:aws:sns:eu-central-1:123456789012:failures")
            .with("Timestamp", "2026-01-05T09:01:00.000Z")
            .with("SignatureVersion", "2")
            .with("Message", event.toString());
    return new CallbackRequest(
        "POST",
        "https://carillon.example/callbacks/1",
        Map.of(),
        envelope.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Json.Obj message(DeliveryRequest<Content.Push> offer) {
    FormBody form = FormBody.read(ready(SNS.prepare(offer)).body());
    return Offers.json(form.first("Message").orElseThrow());
  }

  private static Json.Obj inner(Json.Obj message, String platform) {
    return (Json.Obj) JsonText.parse(message.text(platform).orElseThrow());
  }

  private static Content.Push to(String endpoint) {
    return new Content.Push(endpoint, "Hi", "there", Json.Obj.EMPTY, false, Json.Obj.EMPTY);
  }

  private static DeliveryRequest<Content.Push> offer(String data, String overrides) {
    return Offers.of(
        SNS,
        Json.Obj.EMPTY,
        new Content.Push(ENDPOINT, "Hi", "there", quoted(data), false, quoted(overrides)));
  }
}
