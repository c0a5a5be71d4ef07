package dev.carillon.provider.email;

import static dev.carillon.provider.email.Letters.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Providers;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What providers without a test of their own are asked, and what their answers mean. */
class EmailAnswersTest {
  private static final String SETTINGS =
      """
      {"api_key": "secret-key-1", "api_secret_key": "secret-key-2", "domain": "mg.acme.test"}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          email_postmark | 200 | {"ErrorCode":0,"MessageID":"p1"} | p1
          email_postmark | 200 | {"MessageID":"p1","Message":"delivery may be delayed"} | p1
          email_postmark | 200 | {"ErrorCode":0,"MessageID":"p1","Message":"not to inactive c@example.com"} | p1
          email_mailgun | 200 | {"id":"<2026.1@mg.acme.test>","message":"Queued. Thank you."} | 2026.1@mg.acme.test
          email_mailjet | 200 | {"Messages":[{"Status":"success","To":[{"MessageID":9223372036854775807}]}]} | 9223372036854775807
          email_mailtrap | 200 | {"success":true,"message_ids":["m1","m2"]} | m1
          email_mandrill | 200 | [{"email":"c@example.com","status":"rejected"},{"email":"ana@example.com","status":"queued","_id":"m1"}] | m1
          email_sparkpost | 200 | {"results":{"id":"11668787484950529","total_accepted_recipients":1}} | 11668787484950529
          email_mailersend | 202 | `` | x1
          """)
  void what_is_accepted_is_sent_under_the_providers_id(
      String key, int status, String body, String id) {
    EmailProvider provider = provider(key);
    assertThat(
            provider.read(
                Letters.request(provider, SETTINGS, Letters.plain()),
                Letters.answer(status, body, "x-message-id", "x1")))
        .isEqualTo(HttpAnswers.sent(Optional.of(id)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          email_postmark | 200 | {"ErrorCode":0,"MessageID":"p1","Message":"will not deliver to inactive addresses: ana@example.com"} | Bounced
          email_postmark | 422 | {"ErrorCode":406,"Message":"m"} | Bounced
          email_postmark | 422 | {"ErrorCode":300,"Message":"Invalid 'To' address"} | Dead
          email_postmark | 422 | {"ErrorCode":300,"Message":"Error parsing 'To': x"} | Dead
          email_postmark | 422 | {"ErrorCode":300,"Message":"Invalid 'From'"} | Rejected
          email_postmark | 422 | {"ErrorCode":400,"Message":"m"} | Misconfigured
          email_postmark | 422 | {"ErrorCode":401,"Message":"m"} | Misconfigured
          email_postmark | 422 | {"ErrorCode":403,"Message":"m"} | Rejected
          email_postmark | 422 | {"ErrorCode":405,"Message":"m"} | Misconfigured
          email_postmark | 422 | {"ErrorCode":411,"Message":"m"} | Rejected
          email_postmark | 422 | {"ErrorCode":429,"Message":"m"} | Deferred
          email_postmark | 422 | {"ErrorCode":100,"Message":"m"} | Deferred
          email_postmark | 422 | {"ErrorCode":9999,"Message":"m"} | Rejected
          email_postmark | 401 | {"ErrorCode":10,"Message":"m"} | Misconfigured
          email_postmark | 429 | `` | Deferred
          email_postmark | 500 | `` | Deferred
          email_mailgun | 200 | Mailgun Magnificent API | Misconfigured
          email_mailgun | 400 | {"message":"'to' parameter is not a valid address. please check"} | Dead
          email_mailgun | 400 | {"message":"from parameter is missing"} | Rejected
          email_mailgun | 401 | Forbidden | Misconfigured
          email_mailgun | 402 | {} | Misconfigured
          email_mailgun | 404 | {"message":"Domain not found"} | Misconfigured
          email_mailgun | 413 | {} | Rejected
          email_mailgun | 429 | {} | Deferred
          email_mailgun | 500 | {} | Deferred
          email_mailjet | 200 | {"Messages":[{"Status":"error","Errors":[{"ErrorCode":"mj-0013","ErrorRelatedTo":["To[0].Email"]}]}]} | Dead
          email_mailjet | 400 | {"Messages":[{"Status":"error","Errors":[{"ErrorCode":"mj-0013","ErrorRelatedTo":["To[0].Email"]}]}]} | Dead
          email_mailjet | 400 | {"Messages":[{"Status":"error","Errors":[{"ErrorCode":"mj-0013","ErrorRelatedTo":["From.Email"]}]}]} | Rejected
          email_mailjet | 200 | {"Messages":[{"Status":"error","Errors":[{"ErrorCode":"send-0008"}]}]} | Misconfigured
          email_mailjet | 200 | {"Messages":[{"Status":"error","Errors":[{"ErrorCode":"new-0001"}]}]} | Rejected
          email_mailjet | 401 | {"ErrorCode":"mj-0015","StatusCode":401} | Misconfigured
          email_mailjet | 401 | {"ErrorCode":"mj-0002","StatusCode":401} | Misconfigured
          email_mailjet | 400 | {"ErrorCode":"mj-0002"} | Rejected
          email_mailjet | 429 | {} | Deferred
          email_mailjet | 500 | {"ErrorIdentifier":"e"} | Deferred
          email_mailjet | 200 | nothing | Ambiguous
          email_mailersend | 202 | {"warnings":[{"type":"ALL_SUPPRESSED","recipients":[{"email":"ana@example.com","reasons":["hard_bounced"]}]}]} | Dead
          email_mailersend | 202 | {"warnings":[{"type":"SOME_SUPPRESSED","recipients":[{"email":"ana@example.com","reasons":["unsubscribed"]}]}]} | Bounced
          email_mailersend | 202 | {"warnings":[{"type":"SOME_SUPPRESSED","recipients":[{"email":"c@example.com","reasons":["unsubscribed"]}]}]} | Accepted
          email_mailersend | 422 | {"message":"m","errors":{"to.0.email":["bad #MS42208"]}} | Dead
          email_mailersend | 422 | {"message":"m","errors":{"cc.0.email":["bad #MS42208"]}} | Rejected
          email_mailersend | 422 | {"message":"m","errors":{"from.email":["domain #MS42207"]}} | Misconfigured
          email_mailersend | 422 | {"message":"quota #MS42204"} | Misconfigured
          email_mailersend | 401 | {"message":"Unauthenticated."} | Misconfigured
          email_mailersend | 429 | {"message":"slow #MS42903"} | Deferred
          email_mailersend | 429 | {"message":"day #MS42901"} | Misconfigured
          email_mailersend | 500 | {} | Deferred
          email_mailtrap | 200 | {"success":false,"errors":["x"]} | Rejected
          email_mailtrap | 400 | {"success":false,"errors":["x"]} | Rejected
          email_mailtrap | 401 | {"error":"Unauthorized"} | Misconfigured
          email_mailtrap | 403 | {"errors":["domain"]} | Misconfigured
          email_mailtrap | 429 | {} | Deferred
          email_mandrill | 200 | [{"email":"ana@example.com","status":"rejected","reject_reason":"hard-bounce"}] | Dead
          email_mandrill | 200 | [{"email":"ana@example.com","status":"rejected","reject_reason":"unsub"}] | Bounced
          email_mandrill | 200 | [{"email":"ana@example.com","status":"rejected","reject_reason":"unsigned"}] | Misconfigured
          email_mandrill | 200 | [{"email":"ana@example.com","status":"invalid"}] | Dead
          email_mandrill | 200 | [] | Ambiguous
          email_mandrill | 500 | {"status":"error","code":-1,"name":"Invalid_Key"} | Misconfigured
          email_mandrill | 500 | {"status":"error","name":"ValidationError"} | Rejected
          email_mandrill | 500 | {"status":"error","name":"GeneralError"} | Deferred
          email_mandrill | 500 | <html> | Deferred
          email_mandrill | 429 | {} | Deferred
          email_sparkpost | 200 | {"results":{"id":"1","total_accepted_recipients":0}} | Bounced
          email_sparkpost | 400 | {"errors":[{"message":"m","code":"7001"}]} | Misconfigured
          email_sparkpost | 400 | {"errors":[{"message":"m","code":"1300"}]} | Rejected
          email_sparkpost | 422 | {"errors":[{"message":"m","code":"5002"}]} | Dead
          email_sparkpost | 420 | {"errors":[{"message":"Exceed Sending Limit","code":"2102"}]} | Deferred
          email_sparkpost | 401 | {"errors":[{"message":"Unauthorized."}]} | Misconfigured
          email_sparkpost | 429 | {} | Deferred
          """)
  void an_answer_means_what_its_provider_says(String key, int status, String body, String kind) {
    assertThat(Letters.kind(provider(key), SETTINGS, status, body)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          email_postmark | https://api.postmarkapp.com/email | {"From":"\\"Acme\\" <no-reply@acme.test>","To":"\\"Ana\\" <ana@example.com>","Cc":"c@example.com","Bcc":"b@example.com","ReplyTo":"help@acme.test","Subject":"Hi","TextBody":"t","HtmlBody":"<p>h</p>","Tag":"new-comment","Metadata":{"sender":"carillon","knock_message_id":"37pcsdaWZgZounTGP8TSxTMWo8w","knock_recipient_id":"u1"},"Headers":[{"Name":"List-Unsubscribe-Post","Value":"List-Unsubscribe=One-Click"}],"Attachments":[{"Name":"a.txt","Content":"aGk=","ContentType":"text/plain"},{"Name":"l.png","Content":"iVBO","ContentType":"image/png","ContentID":"cid:logo"}],"TrackOpens":false,"TrackLinks":"None"}
          email_mailjet | https://api.mailjet.com/v3.1/send | {"Messages":[{"From":{"Email":"no-reply@acme.test","Name":"Acme"},"To":[{"Email":"ana@example.com","Name":"Ana"}],"Cc":[{"Email":"c@example.com"}],"Bcc":[{"Email":"b@example.com"}],"ReplyTo":{"Email":"help@acme.test"},"Subject":"Hi","TextPart":"t","HTMLPart":"<p>h</p>","CustomID":"37pcsdaWZgZounTGP8TSxTMWo8w","EventPayload":"{\\"sender\\":\\"carillon\\",\\"knock_message_id\\":\\"37pcsdaWZgZounTGP8TSxTMWo8w\\",\\"knock_recipient_id\\":\\"u1\\"}","Headers":{"List-Unsubscribe-Post":"List-Unsubscribe=One-Click"},"Attachments":[{"ContentType":"text/plain","Filename":"a.txt","Base64Content":"aGk="}],"InlinedAttachments":[{"ContentType":"image/png","Filename":"l.png","ContentID":"logo","Base64Content":"iVBO"}],"TrackOpens":"disabled","TrackClicks":"disabled"}]}
          email_mailersend | https://api.mailersend.com/v1/email | {"from":{"email":"no-reply@acme.test","name":"Acme"},"to":[{"email":"ana@example.com","name":"Ana"}],"cc":[{"email":"c@example.com"}],"bcc":[{"email":"b@example.com"}],"reply_to":{"email":"help@acme.test"},"subject":"Hi","text":"t","html":"<p>h</p>","tags":["new-comment","37pcsdaWZgZounTGP8TSxTMWo8w"],"settings":{"track_clicks":false,"track_opens":false},"attachments":[{"filename":"a.txt","content":"aGk=","disposition":"attachment"},{"filename":"l.png","content":"iVBO","disposition":"inline","id":"logo"}]}
          email_mailtrap | https://send.api.mailtrap.io/api/send | {"from":{"email":"no-reply@acme.test","name":"Acme"},"to":[{"email":"ana@example.com","name":"Ana"}],"cc":[{"email":"c@example.com"}],"bcc":[{"email":"b@example.com"}],"reply_to":{"email":"help@acme.test"},"subject":"Hi","text":"t","html":"<p>h</p>","category":"new-comment","custom_variables":{"sender":"carillon","knock_message_id":"37pcsdaWZgZounTGP8TSxTMWo8w","knock_recipient_id":"u1"},"headers":{"List-Unsubscribe-Post":"List-Unsubscribe=One-Click"},"attachments":[{"content":"aGk=","type":"text/plain","filename":"a.txt","disposition":"attachment"},{"content":"iVBO","type":"image/png","filename":"l.png","disposition":"inline","content_id":"logo"}]}
          email_mandrill | https://mandrillapp.com/api/1.0/messages/send.json | {"key":"secret-key-1","async":false,"message":{"from_email":"no-reply@acme.test","from_name":"Acme","to":[{"email":"ana@example.com","name":"Ana","type":"to"},{"email":"c@example.com","type":"cc"},{"email":"b@example.com","type":"bcc"}],"subject":"Hi","text":"t","html":"<p>h</p>","headers":{"List-Unsubscribe-Post":"List-Unsubscribe=One-Click","Reply-To":"help@acme.test"},"preserve_recipients":true,"merge":false,"tags":["new-comment"],"metadata":{"sender":"carillon","knock_message_id":"37pcsdaWZgZounTGP8TSxTMWo8w","knock_recipient_id":"u1"},"track_opens":false,"track_clicks":false,"attachments":[{"type":"text/plain","name":"a.txt","content":"aGk="}],"images":[{"type":"image/png","name":"logo","content":"iVBO"}]}}
          email_sparkpost | https://api.sparkpost.com/api/v1/transmissions | {"options":{"open_tracking":false,"click_tracking":false,"transactional":true,"perform_substitutions":false},"campaign_id":"new-comment","metadata":{"sender":"carillon","knock_message_id":"37pcsdaWZgZounTGP8TSxTMWo8w","knock_recipient_id":"u1"},"recipients":[{"address":{"email":"ana@example.com","header_to":"\\"Ana\\" <ana@example.com>"}},{"address":{"email":"c@example.com","header_to":"\\"Ana\\" <ana@example.com>"}},{"address":{"email":"b@example.com","header_to":"\\"Ana\\" <ana@example.com>"}}],"content":{"from":{"email":"no-reply@acme.test","name":"Acme"},"reply_to":"help@acme.test","subject":"Hi","text":"t","html":"<p>h</p>","headers":{"List-Unsubscribe-Post":"List-Unsubscribe=One-Click","Cc":"c@example.com"},"attachments":[{"name":"a.txt","type":"text/plain","data":"aGk="}],"inline_images":[{"name":"logo","type":"image/png","data":"iVBO"}]}}
          """)
  void a_mail_is_asked_for_with_all_that_it_is(String key, String url, String body) {
    EmailProvider provider = provider(key);
    var call = Letters.http(provider.prepare(Letters.request(provider, SETTINGS, Letters.full())));
    assertThat(call.url()).isEqualTo(url);
    assertThat(Letters.body(call)).isEqualTo(json(body));
  }

  @ParameterizedTest
  @CsvSource({
    "email_postmark, X-Postmark-Server-Token, secret-key-1",
    "email_mailgun, Authorization, Basic YXBpOnNlY3JldC1rZXktMQ==",
    "email_mailjet, Authorization, Basic c2VjcmV0LWtleS0xOnNlY3JldC1rZXktMg==",
    "email_mailersend, Authorization, Bearer secret-key-1",
    "email_mailtrap, Authorization, Bearer secret-key-1",
    "email_sparkpost, Authorization, secret-key-1"
  })
  void a_request_bears_the_channels_key(String key, String header, String value) {
    EmailProvider provider = provider(key);
    var call = Letters.http(provider.prepare(Letters.request(provider, SETTINGS, Letters.plain())));
    assertThat(call.headers()).containsEntry(header, value);
  }

  private static EmailProvider provider(String key) {
    return (EmailProvider) Providers.named(key).orElseThrow();
  }
}
