package dev.carillon.provider.expo;

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
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.StatusPolling.Poll;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpoTest {
  private static final Expo EXPO = new Expo();
  private static final Json.Obj SETTINGS = Json.object().with("project_name", "@acme/app");
  private static final String DEVICE = "ExponentPushToken[xxxx]";

  @Test
  void a_message_goes_to_expo() {
    ProviderCall.Http call = ready(EXPO.prepare(offer(SETTINGS, push("{'a':{'b':1}}", "{}"))));
    assertThat(call.url()).isEqualTo("https://exp.host/--/api/v2/push/send");
    assertThat(call.headers()).doesNotContainKey("Authorization");
    assertThat(body(call))
        .isEqualTo(
            "{\"title\":\"Hi\",\"body\":\"there\",\"data\":{\"a\":{\"b\":1},"
                + "\"knock_message_id\":\""
                + Offers.ID
                + "\"},\"to\":\"ExponentPushToken[xxxx]\"}");
  }

  @Test
  void a_token_of_the_account_goes_with_it() {
    var settings = SETTINGS.with("auth_token", "secret");
    assertThat(ready(EXPO.prepare(offer(settings, push("{}", "{}")))).headers())
        .containsEntry("Authorization", "Bearer secret");
  }

  @Test
  void a_silent_message_wakes_the_app_and_shows_nothing() {
    var silent = new Content.Push(DEVICE, "Hi", "there", Json.Obj.EMPTY, true, Json.Obj.EMPTY);
    assertThat(Offers.json(ready(EXPO.prepare(offer(SETTINGS, silent)))))
        .isEqualTo(
            quoted(
                "{'_contentAvailable':true,'data':{'knock_message_id':'"
                    + Offers.ID
                    + "'},'to':'"
                    + DEVICE
                    + "'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'sound':'default','badge':1}                 | {'title':'Hi','body':'there','sound':'default','badge':1,'data':{'a':1}}
          {'to':['others'],'title':'Other'}             | {'title':'Other','body':'there','data':{'a':1}}
          {'data':{'knock_message_id':'forged','b':2}}  | {'title':'Hi','body':'there','data':{'a':1,'b':2}}
          {'data':null}                                 | {'title':'Hi','body':'there','data':{}}
          {'__strategy__':'replace','subtitle':'s'}     | {'subtitle':'s','data':{}}
          """)
  void overrides_change_what_is_said_and_neither_target_nor_id(String overrides, String expected) {
    Json.Obj whole = quoted(expected);
    assertThat(Offers.json(ready(EXPO.prepare(offer(SETTINGS, push("{'a':1}", overrides))))))
        .isEqualTo(
            whole
                .with("to", DEVICE)
                .with("data", whole.object("data").with("knock_message_id", Offers.ID)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ExponentPushToken[xxxx]",
        "ExpoPushToken[a-b_c]",
        "F5741A13-BCDA-434B-A316-5DC0E6FFA94F"
      })
  void these_are_tokens(String token) {
    assertThat(EXPO.prepare(offer(SETTINGS, to(token)))).isInstanceOf(Preparation.Ready.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token", "ExponentPushToken[]", "ExponentPushToken[x", "[x]", "F574"})
  void what_is_no_token_is_dead_and_not_asked_about(String token) {
    assertThat(kind(refused(EXPO.prepare(offer(SETTINGS, to(token)))))).isEqualTo("Dead");
  }

  @Test
  void what_is_too_large_is_refused_before_it_is_sent() {
    assertThat(kind(refused(EXPO.prepare(offer(SETTINGS, push("{}", "{}", 4_200))))))
        .isEqualTo("Rejected");
    assertThat(EXPO.prepare(offer(SETTINGS, push("{}", "{}", 4_000))))
        .isInstanceOf(Preparation.Ready.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          200 | {'data':{'status':'ok','id':'t-1'}}                                                  | Accepted
          200 | {'data':[{'status':'ok','id':'t-1'}]}                                                | Accepted
          200 | {'data':{'status':'error','message':'m','details':{'error':'DeviceNotRegistered'}}} | Dead
          200 | {'data':{'status':'error','details':{'error':'MessageTooBig'}}}                     | Rejected
          200 | {'data':{'status':'error','details':{'error':'MessageRateExceeded'}}}               | Deferred
          200 | {'data':{'status':'error','details':{'error':'InvalidCredentials'}}}                | Misconfigured
          200 | {'data':{'status':'error','details':{'error':'MismatchSenderId'}}}                  | Misconfigured
          200 | {'data':{'status':'error','details':{'error':'DeveloperError'}}}                    | Misconfigured
          200 | {'data':{'status':'error','details':{'error':'ProviderError'}}}                     | Deferred
          200 | {'data':{'status':'error','details':{'error':'ExpoError'}}}                         | Deferred
          200 | {'data':{'status':'error','details':{'error':'New'}}}                               | Rejected
          200 | {'data':{'status':'error'}}                                                         | Rejected
          200 | {}                                                                                  | Ambiguous
          200 | <html>                                                                              | Ambiguous
          429 | {'errors':[{'code':'TOO_MANY_REQUESTS','message':'m'}]}                             | Deferred
          401 | {'errors':[{'code':'UNAUTHORIZED','message':'m'}]}                                  | Misconfigured
          400 | {'errors':[{'code':'PUSH_TOO_MANY_EXPERIENCE_IDS'}]}                                | Rejected
          400 | {'errors':[{'code':'PUSH_TOO_MANY_NOTIFICATIONS'}]}                                 | Rejected
          400 | {'errors':[{'code':'VALIDATION_ERROR'}]}                                            | Rejected
          400 | {'errors':['x']}                                                                    | Rejected
          500 |                                                                                     | Deferred
          504 |                                                                                     | Ambiguous
          """)
  void an_answer_means(int status, String body, String expected) {
    String text = body == null ? "" : body.replace('\'', '"');
    assertThat(kind(EXPO.read(offer(SETTINGS, push("{}", "{}")), answer(status, text))))
        .isEqualTo(expected);
  }

  @Test
  void what_is_taken_is_sent_under_the_tickets_id() {
    assertThat(
            EXPO.read(
                offer(SETTINGS, push("{}", "{}")),
                answer(200, "{\"data\":{\"status\":\"ok\",\"id\":\"t-1\"}}")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("t-1"), DeliveryStatus.SENT));
  }

  @Test
  void a_receipt_is_asked_for_by_the_tickets_id() {
    StatusPolling polling = EXPO.polling().orElseThrow();
    var settings = offer(SETTINGS.with("auth_token", "secret"), push("{}", "{}")).settings();
    ProviderCall.Http call = polling.ask("t-1", settings).orElseThrow();
    assertThat(call.url()).isEqualTo("https://exp.host/--/api/v2/push/getReceipts");
    assertThat(call.headers()).containsEntry("Authorization", "Bearer secret");
    assertThat(body(call)).isEqualTo("{\"ids\":[\"t-1\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          200 | {'data':{'t-1':{'status':'ok'}}}                                                    | Known[status=SENT, reason=Optional.empty]
          200 | {'data':{'t-1':{'status':'error','details':{'error':'DeviceNotRegistered'}}}}       | Dead[reason=DeviceNotRegistered]
          200 | {'data':{'t-1':{'status':'error','details':{'error':'InvalidCredentials'}}}}        | Known[status=UNDELIVERED, reason=Optional[InvalidCredentials]]
          200 | {'data':{'t-1':{'status':'error','message':'m'}}}                                   | Known[status=UNDELIVERED, reason=Optional[unknown error]]
          200 | {'data':{}}                                                                         | Later[]
          200 | {'data':{'t-1':'x'}}                                                                | Later[]
          200 | x                                                                                   | Later[]
          429 | {}                                                                                  | Later[]
          500 | {}                                                                                  | Later[]
          401 | {}                                                                                  | Never[reason=status 401]
          400 | {}                                                                                  | Never[reason=status 400]
          """)
  void a_receipt_means(int status, String body, String expected) {
    Poll poll = EXPO.polling().orElseThrow().read(DEVICE, answer(status, body.replace('\'', '"')));
    assertThat(poll).hasToString(expected);
  }

  private static Content.Push push(String data, String overrides) {
    return new Content.Push(DEVICE, "Hi", "there", quoted(data), false, quoted(overrides));
  }

  private static Content.Push push(String data, String overrides, int length) {
    return new Content.Push(
        DEVICE, "Hi", "x".repeat(length), quoted(data), false, quoted(overrides));
  }

  private static Content.Push to(String token) {
    return new Content.Push(token, "Hi", "there", Json.Obj.EMPTY, false, Json.Obj.EMPTY);
  }

  private static DeliveryRequest<Content.Push> offer(Json.Obj settings, Content.Push push) {
    return Offers.of(EXPO, settings, push);
  }
}
