package dev.carillon.provider.ses;

import static dev.carillon.provider.email.Letters.MID;
import static dev.carillon.provider.email.Letters.NOW;
import static dev.carillon.provider.email.Letters.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.MessageId;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.Authentication.AwsSignature;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.email.Letters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmazonSesTest {
  private static final AmazonSes SES = new AmazonSes();
  private static final String SETTINGS =
      """
      {"region": "eu-central-1", "configuration_set": "carillon"}
      """;
  private static final String ROLE =
      """
      {"region": "eu-central-1", "role_arn": "arn:aws:iam::123456789012:role/mail", "external_id": "x-1"}
      """;

  @Test
  void a_mail_is_asked_for_with_all_that_it_is_and_what_names_it() {
    ProviderCall.Http call = call(SETTINGS, Letters.full());
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.url())
        .isEqualTo("https://email.eu-central-1.amazonaws.com/v2/email/outbound-emails");
    assertThat(call.authentication())
        .isEqualTo(new AwsSignature("ses", Optional.of("eu-central-1"), Optional.empty()));
    assertThat(Letters.body(call))
        .isEqualTo(
            json(
                """
                {"FromEmailAddress": "\\"Acme\\" <no-reply@acme.test>",
                 "Destination": {"ToAddresses": ["\\"Ana\\" <ana@example.com>"],
                   "CcAddresses": ["c@example.com"], "BccAddresses": ["b@example.com"]},
                 "ReplyToAddresses": ["help@acme.test"],
                 "Content": {"Simple": {
                   "Subject": {"Data": "Hi", "Charset": "UTF-8"},
                   "Body": {"Html": {"Data": "<p>h</p>", "Charset": "UTF-8"},
                            "Text": {"Data": "t", "Charset": "UTF-8"}},
                   "Headers": [{"Name": "X-Carillon-Message-Id", "Value": "37pcsdaWZgZounTGP8TSxTMWo8w"},
                               {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"}],
                   "Attachments": [
                     {"FileName": "a.txt", "ContentType": "text/plain", "ContentDisposition": "ATTACHMENT",
                      "ContentTransferEncoding": "BASE64", "RawContent": "aGk="},
                     {"FileName": "l.png", "ContentType": "image/png", "ContentDisposition": "INLINE",
                      "ContentTransferEncoding": "BASE64", "RawContent": "iVBO", "ContentId": "logo"}]}},
                 "ConfigurationSetName": "carillon",
                 "EmailTags": [
                   {"Name": "carillon_message_id", "Value": "37pcsdaWZgZounTGP8TSxTMWo8w"},
                   {"Name": "carillon_environment", "Value": "production"},
                   {"Name": "carillon_workflow", "Value": "new-comment"},
                   {"Name": "knock_message_id", "Value": "37pcsdaWZgZounTGP8TSxTMWo8w"},
                   {"Name": "knock_workflow", "Value": "new-comment"},
                   {"Name": "knock_recipient_id", "Value": "u1"}]}
                """));
  }

  @Test
  void a_text_of_any_characters_goes_out_as_it_is() {
    var mail =
        Letters.saying(
            Letters.plain(), "O'Brien & \"Söhne\"", "<p>\"Söhne\"</p>", "O'Brien & \"Söhne\" 🦖\n");
    Json.Obj simple = Letters.body(call(SETTINGS, mail)).object("Content").object("Simple");
    assertThat(simple.object("Subject").text("Data")).contains("O'Brien & \"Söhne\"");
    assertThat(simple.object("Body").object("Text").text("Data"))
        .contains("O'Brien & \"Söhne\" 🦖\n");
  }

  @Test
  void names_that_are_not_ascii_are_encoded_and_domains_are_mapped() {
    var mail = Letters.to(Letters.plain(), Letters.named("Jörg", "ada@straße.example"));
    assertThat(Letters.body(call(SETTINGS, mail)).object("Destination").list("ToAddresses"))
        .containsExactly(Json.of("=?UTF-8?B?SsO2cmc=?= <ada@xn--strae-oqa.example>"));
  }

  @Test
  void an_override_adds_tags_and_takes_none_of_ours() {
    Json.Obj overrides =
        json(
            """
            {"EmailTags": [{"Name": "team", "Value": "a"}, {"Name": "carillon_message_id", "Value": "x"}],
             "FeedbackForwardingEmailAddress": "f@acme.test"}
            """);
    Json.Obj body = Letters.body(call(SETTINGS, Letters.with(Letters.plain(), overrides)));
    assertThat(body.list("EmailTags"))
        .hasSize(7)
        .contains(json("{\"Name\": \"team\", \"Value\": \"a\"}"))
        .doesNotContain(json("{\"Name\": \"carillon_message_id\", \"Value\": \"x\"}"));
    assertThat(body.text("FeedbackForwardingEmailAddress")).contains("f@acme.test");
  }

  @Test
  void a_role_is_assumed_first_and_its_keys_sign() {
    DeliveryRequest<Content.Email> request = Letters.request(SES, ROLE, Letters.plain());
    var ask = (Preparation.Ask) SES.prepare(request);
    assertThat(ask.lookup().call().url()).isEqualTo("https://sts.eu-central-1.amazonaws.com/");
    assertThat(new String(ask.lookup().call().body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "Action=AssumeRole&Version=2011-06-15"
                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fmail"
                + "&RoleSessionName=carillon&DurationSeconds=3600&ExternalId=x-1");
    var found =
        (LookupResult.Found)
            SES.read(
                ask.lookup(),
                Letters.answer(
                    200,
                    "<A><Credentials><AccessKeyId>AK</AccessKeyId><SecretAccessKey>SK/+</SecretAccessKey>"
                        + "<SessionToken>ST==</SessionToken></Credentials></A>"));
    var again =
        new DeliveryRequest<Content.Email>(
            request.message(),
            request.content(),
            request.settings(),
            request.callbackUrl(),
            Map.of(ask.lookup().key(), found.value()),
            NOW);
    assertThat(Letters.http(SES.prepare(again)).authentication())
        .isEqualTo(
            new AwsSignature(
                "ses",
                Optional.of("eu-central-1"),
                Optional.of(new ProviderCall.AwsKeys("AK", "SK/+", Optional.of("ST==")))));
    var denied =
        (LookupResult.Failed)
            SES.read(
                ask.lookup(),
                Letters.answer(403, "<E><Error><Code>AccessDenied</Code></Error></E>"));
    assertThat(denied.result())
        .isEqualTo(new DeliveryResult.Misconfigured("AssumeRole: AccessDenied"));
  }

  @Test
  void keys_of_the_channel_sign_and_one_without_the_other_is_its_fault() {
    String both =
        "{\"region\": \"eu-west-1\", \"access_key_id\": \"AK\", \"secret_access_key\": \"SK\"}";
    assertThat(call(both, Letters.plain()).authentication())
        .isEqualTo(
            new AwsSignature(
                "ses",
                Optional.of("eu-west-1"),
                Optional.of(new ProviderCall.AwsKeys("AK", "SK", Optional.empty()))));
    String one = "{\"region\": \"eu-west-1\", \"access_key_id\": \"AK\"}";
    assertThat(Letters.refusal(SES.prepare(Letters.request(SES, one, Letters.plain()))))
        .isInstanceOf(DeliveryResult.Misconfigured.class);
    String odd = "{\"region\": \"eu-west-1.evil.example/\"}";
    assertThat(Letters.refusal(SES.prepare(Letters.request(SES, odd, Letters.plain()))))
        .isInstanceOf(DeliveryResult.Misconfigured.class);
  }

  @Test
  void what_is_accepted_is_sent_under_the_id_of_ses() {
    assertThat(
            SES.read(
                Letters.request(SES, SETTINGS, Letters.plain()),
                Letters.answer(200, "{\"MessageId\":\"0107-ses\"}")))
        .isEqualTo(HttpAnswers.sent(Optional.of("0107-ses")));
  }

  @ParameterizedTest
  @CsvSource({
    "400, MessageRejected, Because., Rejected",
    "400, MessageRejected, Email address is not verified., Misconfigured",
    "400, MailFromDomainNotVerifiedException, Because., Misconfigured",
    "400, AccountSuspendedException, Because., Misconfigured",
    "400, SendingPausedException, Because., Misconfigured",
    "400, LimitExceededException, Because., Misconfigured",
    "400, BadRequestException, Because., Rejected",
    "403, AccessDeniedException, Because., Misconfigured",
    "404, NotFoundException, Because., Misconfigured",
    "408, RequestTimeout, Because., Deferred",
    "429, TooManyRequestsException, Because., Deferred",
    "400, ThrottlingException, Because., Deferred",
    "400, 'com.amazonaws#ThrottlingException:http://x', Because., Deferred",
    "500, InternalFailure, Because., Deferred",
    "502, BadGateway, Because., Ambiguous",
    "503, ServiceUnavailable, Because., Deferred",
    "504, GatewayTimeout, Because., Ambiguous"
  })
  void an_error_means_what_its_name_or_else_its_status_says(
      int status, String name, String message, String kind) {
    String body = "{\"message\":\"" + message + "\"}";
    assertThat(Letters.kind(SES, SETTINGS, status, body, "x-amzn-errortype", name)).isEqualTo(kind);
    assertThat(
            Letters.kind(
                SES,
                SETTINGS,
                status,
                "{\"__type\":\""
                    + name.replaceFirst(":.*", "")
                    + "\",\"message\":\""
                    + message
                    + "\"}"))
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Delivery          | delivered
          Bounce            | Dead
          Reject            | undelivered
          Rendering Failure | undelivered
          RenderingFailure  | undelivered
          Complaint         | Complained
          Send              | Noted
          Open              | Noted
          Click             | Noted
          DeliveryDelay     | Noted
          Subscription      | Noted
          Tomorrow          | Noted
          """)
  void an_event_means_what_its_type_says(String type, String effect) {
    for (String field : List.of("eventType", "notificationType")) {
      List<CallbackEvent> events = SesEvents.events("sns-1", event(field, type), NOW);
      assertThat(events).hasSize(1);
      assertThat(Letters.effect(events.getFirst())).isEqualTo(effect);
      assertThat(events.getFirst().message()).contains(new MessageId(MID));
      assertThat(events.getFirst().externalId()).contains("0107-ses");
      assertThat(events.getFirst().id()).isEqualTo("sns-1");
    }
  }

  @Test
  void an_event_about_several_addresses_is_one_for_each_and_tells_no_address_in_its_reason() {
    Json.Obj bounce =
        json(
            """
            {"eventType": "Bounce", "mail": {"messageId": "1", "tags": {}},
             "bounce": {"bounceType": "Transient", "bounceSubType": "MailboxFull",
               "timestamp": "2026-01-05T08:59:00.000Z",
               "bouncedRecipients": [{"emailAddress": "ana@example.com"}, {"emailAddress": "c@example.com"}]}}
            """);
    List<CallbackEvent> events = SesEvents.events("sns-1", bounce, NOW);
    assertThat(events).extracting(CallbackEvent::id).containsExactly("sns-1:0", "sns-1:1");
    assertThat(events)
        .extracting(it -> it.address().orElse(""))
        .containsExactly("ana@example.com", "c@example.com");
    assertThat(events).extracting(Letters::effect).containsOnly("bounced");
    assertThat(events)
        .extracting(it -> it.reason().orElse(""))
        .containsOnly("Transient/MailboxFull");
    assertThat(events.getFirst().at()).isEqualTo(NOW.minusSeconds(60));
    assertThat(events.getFirst().message()).isEmpty();
  }

  @Test
  void a_mail_names_its_environment_by_a_tag_of_ours() {
    assertThat(SesEvents.environment(event("eventType", "Send")))
        .contains(new EnvironmentId("production"));
    for (String odd : List.of("Local", "a#b", "")) {
      assertThat(
              SesEvents.environment(
                  json("{\"mail\": {\"tags\": {\"carillon_environment\": [\"" + odd + "\"]}}}")))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"mail\": \"text\"}",
        "{\"mail\": {\"tags\": []}}",
        "{\"Message\": \"Successfully validated\"}"
      })
  void what_is_no_event_gives_none(String body) {
    assertThat(SesEvents.events("1", json(body), NOW)).isEmpty();
    assertThat(SesEvents.environment(json(body))).isEmpty();
  }

  @Test
  void tags_that_we_did_not_write_name_no_message_of_ours() {
    for (String id : List.of("37pcsdaWZgZounTGP8TSxTMWo8", "zzzzzzzzzzzzzzzzzzzzzzzzzzz", "")) {
      Json.Obj event =
          json(
              "{\"eventType\": \"Delivery\", \"mail\": {\"tags\": {\"carillon_message_id\": [\""
                  + id
                  + "\"]}}}");
      assertThat(SesEvents.events("1", event, NOW).getFirst().message()).isEmpty();
    }
  }

  private static Json.Obj event(String field, String type) {
    return json("""
    {"mail": {"messageId": "0107-ses", "timestamp": "2026-01-05T08:00:00Z", "tags": {
       "carillon_environment": ["production"],
       "carillon_message_id": ["37pcsdaWZgZounTGP8TSxTMWo8w"]}},
     "bounce": {"bounceType": "Permanent", "bounceSubType": "General",
       "bouncedRecipients": [{"emailAddress": "ana@example.com"}]},
     "delivery": {"recipients": ["ana@example.com"]},
     "reject": {"reason": "Bad content"}}
    """)
        .with(field, type);
  }

  private static ProviderCall.Http call(String settings, Content.Email mail) {
    return Letters.http(SES.prepare(Letters.request(SES, settings, mail)));
  }
}
