package dev.carillon.provider.fcm;

import static dev.carillon.provider.Offers.answer;
import static dev.carillon.provider.Offers.asked;
import static dev.carillon.provider.Offers.body;
import static dev.carillon.provider.Offers.json;
import static dev.carillon.provider.Offers.kind;
import static dev.carillon.provider.Offers.quoted;
import static dev.carillon.provider.Offers.ready;
import static dev.carillon.provider.Offers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Offers;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.push.TestKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FcmTest {
  private static final Fcm FCM = new Fcm();
  private static final Json.Obj ACCOUNT =
      Json.object()
          .with("type", "service_account")
          .with("client_email", "push@acme.iam.gserviceaccount.com")
          .with("private_key_id", "key-1")
          .with("private_key", TestKeys.RSA)
          .with("token_uri", "https://oauth2.googleapis.com/token");

  @Test
  void a_message_goes_to_the_projects_endpoint_with_the_token_asked_for() {
    ProviderCall.Http call = ready(FCM.prepare(known(push("{'foo':{'bar':[21]}}", "{}"))));
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.url()).isEqualTo("https://fcm.googleapis.com/v1/projects/acme-1/messages:send");
    assertThat(call.headers())
        .containsEntry("Authorization", "Bearer ya29.token")
        .containsEntry("Content-Type", "application/json");
    assertThat(call.secrets()).containsExactly("ya29.token");
    assertThat(body(call))
        .isEqualTo(
            "{\"message\":{\"notification\":{\"title\":\"Hi\",\"body\":\"O'Brien &"
                + " \\\"Söhne\\\"\"},\"data\":{\"foo.bar.0\":\"21\",\"knock_message_id\":\""
                + Offers.ID
                + "\"},\"token\":\"device\"}}");
  }

  @Test
  void a_silent_message_wakes_the_app_and_shows_nothing() {
    var silent = new Content.Push("device", "Hi", "there", Json.Obj.EMPTY, true, Json.Obj.EMPTY);
    assertThat(message(silent))
        .isEqualTo(
            quoted(
                "{'apns':{'headers':{'apns-priority':'5','apns-push-type':'background'},"
                    + "'payload':{'aps':{'content-available':1}}},"
                    + "'data':{'knock_message_id':'"
                    + Offers.ID
                    + "'},'token':'device'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'android':{'priority':'HIGH'}}                             | {'notification':{'title':'Hi','body':'x'},'android':{'priority':'HIGH'},'data':{'a':'1'}}
          {'notification':{'title':'Other','image':'i'}}              | {'notification':{'title':'Other','body':'x','image':'i'},'data':{'a':'1'}}
          {'data':{'b':{'c':2}}}                                      | {'notification':{'title':'Hi','body':'x'},'data':{'a':'1','b.c':'2'}}
          {'data':{'knock_message_id':'forged'}}                      | {'notification':{'title':'Hi','body':'x'},'data':{'a':'1'}}
          {'token':'another','topic':'all','condition':'all'}         | {'notification':{'title':'Hi','body':'x'},'data':{'a':'1'}}
          {'__strategy__':'replace','webpush':{'fcm_options':{}}}     | {'webpush':{'fcm_options':{}},'data':{}}
          {'__strategy__':'replace','data':'none'}                    | {'data':{}}
          """)
  void overrides_change_what_is_said_and_neither_target_nor_id(String overrides, String expected) {
    Json.Obj whole = quoted(expected);
    Json.Obj data = whole.object("data").with("knock_message_id", Offers.ID);
    assertThat(
            message(
                new Content.Push("device", "Hi", "x", quoted("{'a':1}"), false, quoted(overrides))))
        .isEqualTo(whole.with("data", data).with("token", "device"));
  }

  @ParameterizedTest
  @CsvSource({
    "from, data.from",
    "message_type, data.message_type",
    "google, data.google",
    "google.c.a.e, data.google.c.a.e",
    "gcm.notification.body, data.gcm.notification.body",
    "fromage, fromage",
    "sender, sender"
  })
  void a_name_that_firebase_keeps_for_itself_is_given_another(String name, String sent) {
    var data = message(push(Json.object().with(name, "v"), Json.Obj.EMPTY)).object("data");
    assertThat(data).isEqualTo(Json.object().with(sent, "v").with("knock_message_id", Offers.ID));
  }

  @Test
  void the_question_for_a_token_is_signed_by_the_account() {
    Lookup lookup = asked(FCM.prepare(offer(push("{}", "{}"))));
    assertThat(lookup.call().url()).isEqualTo("https://oauth2.googleapis.com/token");
    assertThat(lookup.keep()).isEqualTo(Duration.ofMinutes(55));
    FormBody form = FormBody.read(lookup.call().body());
    assertThat(form.first("grant_type")).contains("urn:ietf:params:oauth:grant-type:jwt-bearer");
    String[] assertion = form.first("assertion").orElseThrow().split("\\.");
    assertThat(decoded(assertion[0]))
        .isEqualTo(quoted("{'alg':'RS256','typ':'JWT','kid':'key-1'}"));
    assertThat(decoded(assertion[1]))
        .isEqualTo(
            quoted(
                "{'iss':'push@acme.iam.gserviceaccount.com',"
                    + "'scope':'https://www.googleapis.com/auth/firebase.messaging',"
                    + "'aud':'https://oauth2.googleapis.com/token',"
                    + "'iat':1767603660,'exp':1767607260}"));
    assertThat(lookup.call().secrets()).containsExactly(form.first("assertion").orElseThrow());
  }

  @Test
  void another_key_of_the_account_asks_under_another_name() {
    Lookup one = asked(FCM.prepare(offer(push("{}", "{}"))));
    Lookup other =
        asked(
            FCM.prepare(
                Offers.of(
                    FCM,
                    settings("acme-1", ACCOUNT.with("private_key_id", "key-2")),
                    push("{}", "{}"))));
    assertThat(other.key()).isNotEqualTo(one.key());
    assertThat(one.key()).doesNotContain("PRIVATE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          200 | {'access_token':'t','expires_in':3599,'token_type':'Bearer'} | Found t PT54M59S
          200 | {'access_token':'t','expires_in':600}                        | Found t PT5M
          200 | {'access_token':'t','expires_in':60}                         | Found t PT0S
          200 | {'access_token':'t','expires_in':99999}                      | Found t PT55M
          200 | {'access_token':'t'}                                         | Found t PT55M
          200 | {'token':'t'}                                                | Deferred
          200 | {'access_token':''}                                          | Deferred
          400 | {'error':'invalid_grant','error_description':'x'}            | Misconfigured
          401 | {'error':'invalid_client'}                                   | Misconfigured
          403 | {}                                                           | Misconfigured
          429 | {}                                                           | Deferred
          500 | {}                                                           | Deferred
          502 | {}                                                           | Deferred
          """)
  void an_answer_of_the_token_endpoint_means(int status, String body, String expected) {
    Lookup lookup = asked(FCM.prepare(offer(push("{}", "{}"))));
    String result =
        switch (FCM.read(lookup, answer(status, body.replace('\'', '"')))) {
          case LookupResult.Found(var value, var keep) -> "Found " + value + " " + keep;
          case LookupResult.Failed(var failure) -> kind(failure);
        };
    assertThat(result).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          404 | NOT_FOUND           | UNREGISTERED           | Requested entity was not found.                                       | Dead
          403 | PERMISSION_DENIED   | SENDER_ID_MISMATCH     | SenderId mismatch                                                     | Dead
          400 | INVALID_ARGUMENT    | INVALID_ARGUMENT       | The registration token is not a valid FCM registration token          | Dead
          400 | INVALID_ARGUMENT    | INVALID_ARGUMENT       | Invalid value at 'message.android.ttl'                                | Rejected
          400 | INVALID_ARGUMENT    |                        | Invalid JSON payload received.                                        | Rejected
          401 | UNAUTHENTICATED     | THIRD_PARTY_AUTH_ERROR | Auth error from APNS or Web Push Service                              | Misconfigured
          401 | UNAUTHENTICATED     |                        | Request had invalid authentication credentials.                       | Deferred
          403 | PERMISSION_DENIED   |                        | Permission denied                                                     | Misconfigured
          404 | NOT_FOUND           |                        | no project                                                            | Misconfigured
          429 | RESOURCE_EXHAUSTED  | QUOTA_EXCEEDED         | Quota exceeded                                                        | Deferred
          429 | RESOURCE_EXHAUSTED  |                        | Quota exceeded                                                        | Deferred
          503 | UNAVAILABLE         | UNAVAILABLE            | down                                                                  | Deferred
          500 | INTERNAL            | INTERNAL               | oops                                                                  | Deferred
          418 | TEAPOT              | TEAPOT                 | short                                                                 | Rejected
          502 |                     |                        |                                                                       | Ambiguous
          """)
  void an_error_means(int status, String name, String code, String words, String expected) {
    Json.Obj error = Json.object().with("code", Json.of(status));
    error = name == null ? error : error.with("status", name);
    error = words == null ? error : error.with("message", words);
    Json.Obj bare = code == null ? Json.object() : Json.object().with("errorCode", code);
    Json.Obj typed = bare.with("@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError");
    for (Json.Obj detail : List.of(typed, bare)) {
      Json.Obj whole = error.with("details", Json.array(List.of(detail)));
      var result =
          FCM.read(
              known(push("{}", "{}")),
              answer(status, Json.object().with("error", whole).toString()));
      assertThat(kind(result)).isEqualTo(expected);
    }
  }

  @Test
  void a_token_that_is_refused_twice_is_the_channels_fault() {
    var answer = answer(401, "{\"error\":{\"status\":\"UNAUTHENTICATED\"}}");
    var request = known(push("{}", "{}"));
    assertThat(FCM.read(request, answer))
        .isEqualTo(new DeliveryResult.Deferred("UNAUTHENTICATED", Optional.empty()));
    assertThat(FCM.read(Offers.attempt(request, 2), answer))
        .isEqualTo(new DeliveryResult.Misconfigured("UNAUTHENTICATED"));
  }

  @Test
  void a_quota_is_waited_for_as_long_as_it_says_or_a_minute() {
    String body = "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\"}}";
    var request = known(push("{}", "{}"));
    assertThat(FCM.read(request, answer(429, "retry-after", "7", body)))
        .isEqualTo(
            new DeliveryResult.Deferred("RESOURCE_EXHAUSTED", Optional.of(Duration.ofSeconds(7))));
    assertThat(FCM.read(request, answer(429, body)))
        .isEqualTo(
            new DeliveryResult.Deferred("RESOURCE_EXHAUSTED", Optional.of(Duration.ofSeconds(60))));
  }

  @Test
  void what_is_taken_is_sent() {
    assertThat(
            FCM.read(
                known(push("{}", "{}")), answer(200, "{\"name\":\"projects/p/messages/0:150\"}")))
        .isEqualTo(
            new DeliveryResult.Accepted(
                Optional.of("projects/p/messages/0:150"), DeliveryStatus.SENT));
  }

  @Test
  void what_is_too_large_is_refused_before_it_is_sent() {
    assertThat(kind(refused(FCM.prepare(known(sized(4_097)))))).isEqualTo("Rejected");
    assertThat(FCM.prepare(known(sized(4_096)))).isInstanceOf(Preparation.Ready.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/token",
        "http://oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com.evil.example/token",
        "https://oauth2.googleapis.com@evil.example/token"
      })
  void an_account_whose_tokens_somebody_else_gives_is_none(String tokenUri) {
    var settings = settings("acme-1", ACCOUNT.with("token_uri", tokenUri));
    assertThat(kind(refused(FCM.prepare(Offers.of(FCM, settings, push("{}", "{}"))))))
        .isEqualTo("Misconfigured");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme/../other", "acme 1", "", "Acme", "acme?x=1"})
  void a_project_is_no_path_of_its_own(String project) {
    assertThat(
            kind(
                refused(FCM.prepare(Offers.of(FCM, settings(project, ACCOUNT), push("{}", "{}"))))))
        .isEqualTo("Misconfigured");
  }

  private static Content.Push push(String data, String overrides) {
    return push(quoted(data), quoted(overrides));
  }

  private static Content.Push push(Json.Obj data, Json.Obj overrides) {
    return new Content.Push("device", "Hi", "O'Brien & \"Söhne\"", data, false, overrides);
  }

  /** With so many bytes of names and values in notification and data. */
  private static Content.Push sized(int bytes) {
    int others = "titlebodydHiknock_message_id".length() + Offers.ID.length();
    return new Content.Push(
        "device",
        "Hi",
        "",
        Json.object().with("d", "x".repeat(bytes - others)),
        false,
        Json.Obj.EMPTY);
  }

  private static Json.Obj settings(String project, Json.Obj account) {
    return Json.object()
        .with("project_id", project)
        .with("service_account_json", account.toString());
  }

  private static DeliveryRequest<Content.Push> offer(Content.Push push) {
    return Offers.of(FCM, settings("acme-1", ACCOUNT), push);
  }

  private static DeliveryRequest<Content.Push> known(Content.Push push) {
    var offer = offer(push);
    Lookup lookup = asked(FCM.prepare(offer(push("{}", "{}"))));
    return Offers.knowing(offer, lookup, "ya29.token");
  }

  private static Json.Obj message(Content.Push push) {
    return json(body(ready(FCM.prepare(known(push))))).object("message");
  }

  private static Json.Obj decoded(String part) {
    return json(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }
}
