package dev.carillon.provider.onesignal;

import static dev.carillon.provider.Offers.answer;
import static dev.carillon.provider.Offers.body;
import static dev.carillon.provider.Offers.kind;
import static dev.carillon.provider.Offers.quoted;
import static dev.carillon.provider.Offers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Offers;
import dev.carillon.provider.ProviderCall;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneSignalTest {
  private static final OneSignal ONE_SIGNAL = new OneSignal();
  private static final Json.Obj BY_USER =
      Json.object().with("app_id", "app-1").with("api_key", "os_v2_key");
  private static final Json.Obj BY_PLAYER = BY_USER.with("recipient_mode", "player_id");
  private static final String KEY =
      UUID.nameUUIDFromBytes(Offers.ID.getBytes(StandardCharsets.UTF_8)).toString();

  @Test
  void a_message_goes_to_the_user_by_our_id_for_them() {
    ProviderCall.Http call = ready(ONE_SIGNAL.prepare(offer(BY_USER, "{'a':1}", "{}")));
    assertThat(call.url()).isEqualTo("https://api.onesignal.com/notifications");
    assertThat(call.headers()).containsEntry("Authorization", "Key os_v2_key");
    assertThat(body(call))
        .isEqualTo(
            "{\"headings\":{\"en\":\"Hi\"},\"contents\":{\"en\":\"there\"},"
                + "\"data\":{\"a\":1,\"knock_message_id\":\""
                + Offers.ID
                + "\"},\"target_channel\":\"push\",\"include_aliases\":{\"external_id\":[\"ellie\"]},"
                + "\"app_id\":\"app-1\",\"idempotency_key\":\""
                + KEY
                + "\"}");
  }

  @Test
  void or_to_one_of_their_subscriptions() {
    assertThat(Offers.json(ready(ONE_SIGNAL.prepare(offer(BY_PLAYER, "{}", "{}")))))
        .isEqualTo(
            quoted(
                "{'headings':{'en':'Hi'},'contents':{'en':'there'},'data':{'knock_message_id':'"
                    + Offers.ID
                    + "'},'include_subscription_ids':['ellie'],'app_id':'app-1',"
                    + "'idempotency_key':'"
                    + KEY
                    + "'}"));
  }

  @Test
  void the_key_is_one_that_onesignal_takes() {
    assertThat(UUID.fromString(KEY).version()).isEqualTo(3);
    assertThat(ONE_SIGNAL.idempotent()).isTrue();
  }

  @Test
  void a_silent_message_wakes_the_app_and_shows_nothing() {
    var silent = new Content.Push("ellie", "Hi", "there", Json.Obj.EMPTY, true, Json.Obj.EMPTY);
    Json.Obj sent = Offers.json(ready(ONE_SIGNAL.prepare(Offers.of(ONE_SIGNAL, BY_USER, silent))));
    assertThat(sent.fields())
        .containsEntry("content_available", Json.TRUE)
        .doesNotContainKeys("contents", "headings");
  }

  @Test
  void overrides_change_what_is_said_and_neither_target_nor_app_nor_id() {
    String overrides =
        "{'contents':{'de':'da'},'included_segments':['All'],'filters':[1],'app_id':'other',"
            + "'include_player_ids':['x'],'include_aliases':{'external_id':['max']},"
            + "'idempotency_key':'k','data':{'knock_message_id':'forged'},'ttl':5}";
    assertThat(Offers.json(ready(ONE_SIGNAL.prepare(offer(BY_USER, "{}", overrides)))))
        .isEqualTo(
            quoted(
                "{'headings':{'en':'Hi'},'contents':{'en':'there','de':'da'},'ttl':5,"
                    + "'data':{'knock_message_id':'"
                    + Offers.ID
                    + "'},'target_channel':'push','include_aliases':{'external_id':['ellie']},"
                    + "'app_id':'app-1','idempotency_key':'"
                    + KEY
                    + "'}"));
  }

  @Test
  void overrides_that_replace_leave_target_app_and_id() {
    String overrides = "{'__strategy__':'replace','template_id':'t'}";
    assertThat(Offers.json(ready(ONE_SIGNAL.prepare(offer(BY_PLAYER, "{'a':1}", overrides)))))
        .isEqualTo(
            quoted(
                "{'template_id':'t','data':{'knock_message_id':'"
                    + Offers.ID
                    + "'},'include_subscription_ids':['ellie'],'app_id':'app-1',"
                    + "'idempotency_key':'"
                    + KEY
                    + "'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          200 | {'id':'n-1','external_id':null}                                              | Accepted      | Accepted
          200 | {'id':'','errors':['All included players are not subscribed']}               | Bounced       | Dead
          200 | {'id':'n-1','errors':{'invalid_aliases':{'external_id':['ellie']}}}          | Bounced       | Dead
          200 | {'id':'','errors':{'invalid_player_ids':['ellie']}}                          | Bounced       | Dead
          200 | {'id':'','errors':{'invalid_external_user_ids':['ellie']}}                   | Bounced       | Dead
          200 | {'id':'','errors':['Something else']}                                        | Rejected      | Rejected
          200 | {'id':''}                                                                    | Rejected      | Rejected
          200 | {}                                                                           | Ambiguous     | Ambiguous
          200 | <html>                                                                       | Ambiguous     | Ambiguous
          400 | {'errors':['app_id not found']}                                              | Misconfigured | Misconfigured
          400 | {'errors':['Message Notifications must have English language content']}      | Rejected      | Rejected
          400 | {'errors':[{'code':'x','title':'y'}]}                                        | Rejected      | Rejected
          400 | {'errors':[{}]}                                                              | Rejected      | Rejected
          400 | {'errors':['All included players are not subscribed']}                       | Bounced       | Dead
          401 | {'errors':['Access denied']}                                                 | Misconfigured | Misconfigured
          403 | {}                                                                           | Misconfigured | Misconfigured
          404 | {}                                                                           | Misconfigured | Misconfigured
          409 | {}                                                                           | Rejected      | Rejected
          422 | {}                                                                           | Rejected      | Rejected
          429 | {}                                                                           | Deferred      | Deferred
          500 | {}                                                                           | Deferred      | Deferred
          503 | {}                                                                           | Deferred      | Deferred
          """)
  void an_answer_means_one_thing_for_a_user_and_another_for_a_subscription(
      int status, String body, String user, String player) {
    var answer = answer(status, body.replace('\'', '"'));
    assertThat(kind(ONE_SIGNAL.read(offer(BY_USER, "{}", "{}"), answer))).isEqualTo(user);
    assertThat(kind(ONE_SIGNAL.read(offer(BY_PLAYER, "{}", "{}"), answer))).isEqualTo(player);
  }

  @Test
  void what_is_taken_is_sent() {
    assertThat(ONE_SIGNAL.read(offer(BY_USER, "{}", "{}"), answer(200, "{\"id\":\"n-1\"}")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("n-1"), DeliveryStatus.SENT));
  }

  @Test
  void the_words_of_onesignal_do_not_tell_the_key() {
    assertThat(
            ONE_SIGNAL.read(
                offer(BY_USER, "{}", "{}"), answer(401, "{\"errors\":[\"os_v2_key may not\"]}")))
        .isEqualTo(new DeliveryResult.Misconfigured("status 401: [credential] may not"));
  }

  private static DeliveryRequest<Content.Push> offer(
      Json.Obj settings, String data, String overrides) {
    return Offers.of(
        ONE_SIGNAL,
        settings,
        new Content.Push("ellie", "Hi", "there", quoted(data), false, quoted(overrides)));
  }
}
