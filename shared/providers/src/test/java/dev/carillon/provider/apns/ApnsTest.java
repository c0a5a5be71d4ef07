package dev.carillon.provider.apns;

import static dev.carillon.provider.Offers.answer;
import static dev.carillon.provider.Offers.body;
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
import dev.carillon.provider.Offers;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.push.TestKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApnsTest {
  private static final Apns APNS = new Apns();
  private static final Json.Obj TOKEN =
      Json.object()
          .with("bundle_id", "test.acme.app")
          .with("signing_key", TestKeys.EC)
          .with("key_id", "TESTKEY123")
          .with("team_id", "TEAMID0987");
  private static final String DEVICE =
      "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";

  @Test
  void a_message_goes_to_the_device_with_a_token_of_the_team() {
    ProviderCall.Http call = ready(APNS.prepare(offer("{'foo':{'bar':1}}", "{}")));
    assertThat(call.url()).isEqualTo("https://api.push.apple.com/3/device/" + DEVICE);
    assertThat(apns(call))
        .isEqualTo(
            Map.of(
                "apns-topic", "test.acme.app",
                "apns-push-type", "alert",
                "apns-priority", "10",
                "apns-id", ApnsRequest.id(offer("{}", "{}").message()).toString()));
    String token = call.headers().get("authorization").substring("bearer ".length());
    assertThat(part(token, 0)).isEqualTo("{\"alg\":\"ES256\",\"kid\":\"TESTKEY123\"}");
    assertThat(call.secrets()).containsExactly(token);
    assertThat(body(call))
        .isEqualTo(
            "{\"foo\":{\"bar\":1},\"aps\":{\"alert\":{\"title\":\"Hi\",\"body\":\"there\"}},"
                + "\"knock_message_id\":\""
                + Offers.ID
                + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T09:01:00Z, 1767602400",
    "2026-01-05T08:40:00Z, 1767602400",
    "2026-01-05T09:19:59Z, 1767602400",
    "2026-01-05T09:20:00Z, 1767604800"
  })
  void whoever_signs_within_the_same_40_minutes_has_the_same_token(Instant now, long issued) {
    var identity = (ApnsIdentity.Known) ApnsIdentity.of(offer("{}", "{}").settings(), now);
    String token = ((ApnsIdentity.Token) identity.identity()).token();
    assertThat(part(token, 1)).isEqualTo("{\"iss\":\"TEAMID0987\",\"iat\":" + issued + "}");
    assertThat(ApnsIdentity.of(offer("{}", "{}").settings(), now)).isEqualTo(identity);
  }

  @Test
  void the_sandbox_is_another_host() {
    var request = Offers.of(APNS, TOKEN.with("application_mode", "sandbox"), push("{}", "{}"));
    assertThat(ready(APNS.prepare(request)).url())
        .isEqualTo("https://api.sandbox.push.apple.com/3/device/" + DEVICE);
  }

  @Test
  void a_certificate_takes_the_place_of_the_token() {
    Json.Obj settings =
        Json.object()
            .with("bundle_id", "test.acme.app")
            .with("authentication_scheme", "certificate")
            .with("certificate", "PEM of the certificate")
            .with("private_key", "PEM of the key");
    ProviderCall.Http call = ready(APNS.prepare(Offers.of(APNS, settings, push("{}", "{}"))));
    assertThat(call.authentication())
        .isEqualTo(
            new ProviderCall.Authentication.Certificate(
                "PEM of the certificate", "PEM of the key"));
    assertThat(call.headers()).doesNotContainKey("authorization");
  }

  @Test
  void a_silent_message_wakes_the_app_and_shows_nothing() {
    var silent = new Content.Push(DEVICE, "Hi", "there", Json.Obj.EMPTY, true, Json.Obj.EMPTY);
    ProviderCall.Http call = ready(APNS.prepare(Offers.of(APNS, TOKEN, silent)));
    assertThat(apns(call))
        .containsEntry("apns-push-type", "background")
        .containsEntry("apns-priority", "5");
    assertThat(Offers.json(call))
        .isEqualTo(
            quoted("{'aps':{'content-available':1},'knock_message_id':'" + Offers.ID + "'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'aps':{'badge':3,'sound':'default'}}               | {'a':1,'aps':{'alert':{'title':'Hi','body':'there'},'badge':3,'sound':'default'}}
          {'aps':{'alert':{'title':'Other'}},'more':[1]}      | {'a':1,'aps':{'alert':{'title':'Other','body':'there'}},'more':[1]}
          {'knock_message_id':'forged'}                       | {'a':1,'aps':{'alert':{'title':'Hi','body':'there'}}}
          {'headers':{'apns-priority':'5'}}                   | {'a':1,'aps':{'alert':{'title':'Hi','body':'there'}}}
          {'__strategy__':'replace','aps':{'badge':1}}        | {'aps':{'badge':1}}
          {'__strategy__':'replace','headers':{}}             | {}
          """)
  void overrides_change_the_payload_and_not_its_id(String overrides, String expected) {
    assertThat(Offers.json(ready(APNS.prepare(offer("{'a':1}", overrides)))))
        .isEqualTo(quoted(expected).with("knock_message_id", Offers.ID));
  }

  @Test
  void overrides_change_apples_headers_and_no_others() {
    ProviderCall.Http call =
        ready(
            APNS.prepare(
                offer(
                    "{}",
                    "{'headers':{'apns-collapse-id':'c','APNS-Priority':1,'apns-expiration':0,"
                        + "'apns-topic':'test.acme.app.voip','apns-id':'mine','authorization':'x',"
                        + "'host':'evil.example','apns-nothing':null}}")));
    assertThat(apns(call))
        .isEqualTo(
            Map.of(
                "apns-topic", "test.acme.app.voip",
                "apns-push-type", "alert",
                "apns-priority", "1",
                "apns-expiration", "0",
                "apns-collapse-id", "c",
                "apns-id", ApnsRequest.id(offer("{}", "{}").message()).toString()));
    assertThat(call.headers()).doesNotContainKey("host");
    assertThat(call.headers().get("authorization")).startsWith("bearer ");
  }

  @Test
  void a_header_that_cannot_be_sent_is_refused() {
    assertThat(
            kind(
                refused(
                    APNS.prepare(offer("{}", "{'headers':{'apns-collapse-id':'a\\nhost: x'}}")))))
        .isEqualTo("Rejected");
  }

  @Test
  void data_does_not_take_the_place_of_what_is_shown() {
    assertThat(Offers.json(ready(APNS.prepare(offer("{'aps':'mine'}", "{}")))).object("aps"))
        .isEqualTo(quoted("{'alert':{'title':'Hi','body':'there'}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "4096, {}, true",
    "4097, {}, false",
    "5120, voip, true",
    "5121, voip, false",
  })
  void a_payload_is_as_large_as_its_kind_may_be(int bytes, String kind, boolean fits) {
    Json.Obj overrides =
        kind.equals("voip") ? quoted("{'headers':{'apns-push-type':'voip'}}") : Json.Obj.EMPTY;
    int without = body(ready(APNS.prepare(offer("{'d':''}", "{}")))).length();
    var push =
        new Content.Push(
            DEVICE,
            "Hi",
            "there",
            Json.object().with("d", "x".repeat(bytes - without)),
            false,
            overrides);
    Preparation preparation = APNS.prepare(Offers.of(APNS, TOKEN, push));
    if (fits) {
      assertThat(ready(preparation).body()).hasSize(bytes);
    } else {
      assertThat(kind(refused(preparation))).isEqualTo("Rejected");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xyz", "00fc/../../", "00fc 13", "00fc?x"})
  void what_is_no_token_of_apples_is_dead(String device) {
    var push = new Content.Push(device, "Hi", "there", Json.Obj.EMPTY, false, Json.Obj.EMPTY);
    assertThat(kind(refused(APNS.prepare(Offers.of(APNS, TOKEN, push))))).isEqualTo("Dead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"signing_key", "key_id", "team_id", "bundle_id"})
  void a_channel_without_one_of_these_is_not_configured(String name) {
    assertThat(refused(APNS.prepare(Offers.of(APNS, TOKEN.without(name), push("{}", "{}")))))
        .isInstanceOfSatisfying(
            DeliveryResult.Misconfigured.class, it -> assertThat(it.reason()).contains(name));
  }

  @ParameterizedTest
  @CsvSource({
    "410, Unregistered, Dead",
    "410, ExpiredToken, Dead",
    "400, BadDeviceToken, Dead",
    "400, DeviceTokenNotForTopic, Dead",
    "400, MissingTopic, Misconfigured",
    "400, BadTopic, Misconfigured",
    "400, TopicDisallowed, Misconfigured",
    "403, BadCertificate, Misconfigured",
    "403, BadCertificateEnvironment, Misconfigured",
    "403, InvalidProviderToken, Misconfigured",
    "403, MissingProviderToken, Misconfigured",
    "403, Forbidden, Misconfigured",
    "400, PayloadEmpty, Rejected",
    "400, BadCollapseId, Rejected",
    "400, BadExpirationDate, Rejected",
    "400, BadMessageId, Rejected",
    "400, BadPriority, Rejected",
    "400, InvalidPushType, Rejected",
    "400, DuplicateHeaders, Rejected",
    "413, PayloadTooLarge, Rejected",
    "404, BadPath, Rejected",
    "405, MethodNotAllowed, Rejected",
    "400, IdleTimeout, Deferred",
    "429, TooManyRequests, Deferred",
    "500, InternalServerError, Deferred",
    "503, ServiceUnavailable, Deferred",
    "503, Shutdown, Deferred",
    "400, SomethingNew, Rejected",
    "503, , Deferred",
    "502, , Ambiguous"
  })
  void a_reason_means(int status, String reason, String expected) {
    String body = reason == null ? "" : "{\"reason\":\"" + reason + "\"}";
    assertThat(kind(APNS.read(offer("{}", "{}"), answer(status, body)))).isEqualTo(expected);
  }

  @Test
  void a_token_that_ran_out_is_made_anew_once() {
    var answer = answer(403, "{\"reason\":\"ExpiredProviderToken\"}");
    assertThat(kind(APNS.read(offer("{}", "{}"), answer))).isEqualTo("Deferred");
    assertThat(kind(APNS.read(Offers.attempt(offer("{}", "{}"), 2), answer)))
        .isEqualTo("Misconfigured");
  }

  @Test
  void too_many_tokens_are_waited_out() {
    assertThat(
            APNS.read(
                offer("{}", "{}"), answer(429, "{\"reason\":\"TooManyProviderTokenUpdates\"}")))
        .isEqualTo(
            new DeliveryResult.Deferred(
                "TooManyProviderTokenUpdates", Optional.of(Duration.ofMinutes(20))));
  }

  @Test
  void what_is_taken_is_sent_under_the_id_that_apple_answers() {
    assertThat(APNS.read(offer("{}", "{}"), answer(200, "apns-id", "id-1", "")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("id-1"), DeliveryStatus.SENT));
    assertThat(APNS.read(offer("{}", "{}"), answer(200, "")))
        .isEqualTo(
            new DeliveryResult.Accepted(
                Optional.of(ApnsRequest.id(offer("{}", "{}").message()).toString()),
                DeliveryStatus.SENT));
  }

  private static Content.Push push(String data, String overrides) {
    return new Content.Push(DEVICE, "Hi", "there", quoted(data), false, quoted(overrides));
  }

  private static DeliveryRequest<Content.Push> offer(String data, String overrides) {
    return Offers.of(APNS, TOKEN, push(data, overrides));
  }

  private static Map<String, String> apns(ProviderCall.Http call) {
    return call.headers().entrySet().stream()
        .filter(header -> header.getKey().startsWith("apns-"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String part(String token, int number) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.")[number]), StandardCharsets.UTF_8);
  }
}
