package dev.carillon.provider.slack;

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
import dev.carillon.message.Content.ChatBody;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Offers;
import dev.carillon.provider.ProviderCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTest {
  private static final Slack SLACK = new Slack();
  private static final String CHANNEL = "{'access_token':'xoxb-1','channel_id':'C1'}";
  private static final String WEBHOOK =
      "{'incoming_webhook':{'url':'https://hooks.slack.com/services/T/B/secret'}}";
  private static final ChatBody HI = new ChatBody.Markdown("**Hi** <!channel>");
  private static final String METADATA =
      "{'event_type':'carillon_message','event_payload':{'knock_message_id':'" + Offers.ID + "'}}";

  @Test
  void a_message_is_posted_to_a_channel_with_the_apps_token() {
    ProviderCall.Http call = ready(SLACK.prepare(offer(CHANNEL, HI, "{}")));
    assertThat(call.url()).isEqualTo("https://slack.com/api/chat.postMessage");
    assertThat(call.headers())
        .containsEntry("Authorization", "Bearer xoxb-1")
        .containsEntry("Content-Type", "application/json; charset=utf-8");
    assertThat(call.secrets()).containsExactly("xoxb-1");
    assertThat(body(call))
        .isEqualTo(
            ("{'text':'*Hi* &lt;!channel&gt;','channel':'C1','metadata':" + METADATA + "}")
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'access_token':'a','user_id':'U1'}                                     | a | U1
          {'access_token':'a','token':{'access_token':'t'},'channel_id':'C1'}     | t | C1
          {'token':{'access_token':'t'},'channel_id':'C1','user_id':'U1'}         | t | C1
          """)
  void the_tenants_token_comes_first_and_a_channel_before_a_user(
      String connection, String token, String channel) {
    ProviderCall.Http call = ready(SLACK.prepare(offer(connection, HI, "{}")));
    assertThat(call.headers()).containsEntry("Authorization", "Bearer " + token);
    assertThat(json(call).text("channel")).contains(channel);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}
          {'channel_id':'C1'}
          {'access_token':'a'}
          {'access_token':' ','channel_id':'C1'}
          {'incoming_webhook':{'url':'https://evil.example/services/x'}}
          {'incoming_webhook':{}}
          """)
  void a_connection_that_leads_nowhere_bounces(String connection) {
    assertThat(kind(refused(SLACK.prepare(offer(connection, HI, "{}"))))).isEqualTo("Bounced");
  }

  @Test
  void blocks_go_as_they_are_with_a_summary_beside_them() {
    var blocks = new ChatBody.Blocks(quoted("{'l':[{'type':'divider'}]}").get("l").get(), "a < b");
    assertThat(json(ready(SLACK.prepare(offer(CHANNEL, blocks, "{}")))))
        .isEqualTo(
            quoted(
                "{'blocks':[{'type':'divider'}],'text':'a &lt; b','channel':'C1','metadata':"
                    + METADATA
                    + "}"));
  }

  @Test
  void an_authors_object_is_the_message_but_not_its_target() {
    var message =
        new ChatBody.Blocks(
            quoted("{'text':'t','icon_emoji':':x:','channel':'C9','token':'x','metadata':{}}"),
            "s");
    assertThat(
            json(ready(SLACK.prepare(offer(CHANNEL, message, "{'channel':'C8','username':'u'}")))))
        .isEqualTo(
            quoted(
                "{'text':'t','icon_emoji':':x:','username':'u','channel':'C1','metadata':"
                    + METADATA
                    + "}"));
  }

  @Test
  void a_connection_within_a_thread_answers_in_it() {
    String thread = "{'access_token':'a','channel_id':'C1','thread_ts':'17.1'}";
    assertThat(json(ready(SLACK.prepare(offer(thread, HI, "{'thread_ts':'9'}")))).text("thread_ts"))
        .contains("17.1");
    assertThat(
            json(ready(SLACK.prepare(offer(CHANNEL, HI, "{'thread_ts':'9'}")))).text("thread_ts"))
        .contains("9");
  }

  @Test
  void a_webhook_is_posted_to_with_nothing_that_it_settles_itself() {
    ProviderCall.Http call =
        ready(SLACK.prepare(offer(WEBHOOK, HI, "{'channel':'C9','metadata':{},'blocks':[]}")));
    assertThat(call.url()).isEqualTo("https://hooks.slack.com/services/T/B/secret");
    assertThat(call.headers())
        .doesNotContainKey("Authorization")
        .containsEntry("x-carillon-message-id", Offers.ID);
    assertThat(call.secrets()).containsExactly(call.url());
    assertThat(json(call)).isEqualTo(quoted("{'text':'*Hi* &lt;!channel&gt;','blocks':[]}"));
  }

  @Test
  void a_user_is_found_by_their_address() {
    String person = "{'token':{'access_token':'t'},'email':'a+b@c.test'}";
    Lookup lookup = asked(SLACK.prepare(offer(person, HI, "{}")));
    assertThat(lookup.call().method()).isEqualTo("GET");
    assertThat(lookup.call().url())
        .isEqualTo("https://slack.com/api/users.lookupByEmail?email=a%2Bb%40c.test");
    assertThat(lookup.call().headers()).containsEntry("Authorization", "Bearer t");
    assertThat(lookup.call().secrets()).containsExactly("t");
    assertThat(lookup.key()).doesNotContain("c.test");
    assertThat(SLACK.read(lookup, answer(200, "{\"ok\":true,\"user\":{\"id\":\"U7\"}}")))
        .isEqualTo(new LookupResult.Found("U7", Duration.ofDays(1)));
    var known = Offers.knowing(offer(person, HI, "{}"), lookup, "U7");
    assertThat(json(ready(SLACK.prepare(known))).text("channel")).contains("U7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          200 | {'ok':false,'error':'users_not_found'} | Bounced
          200 | {'ok':false,'error':'missing_scope'}   | Misconfigured
          200 | {'ok':true}                            | Deferred
          200 | x                                      | Deferred
          429 | {'ok':false,'error':'ratelimited'}     | Deferred
          502 | x                                      | Deferred
          """)
  void a_user_who_is_not_found_is_not_sent_to(int status, String body, String expected) {
    Lookup lookup =
        asked(SLACK.prepare(offer("{'access_token':'t','email':'a@c.test'}", HI, "{}")));
    var failed = (LookupResult.Failed) SLACK.read(lookup, answer(status, body.replace('\'', '"')));
    assertThat(kind(failed.result())).isEqualTo(expected);
  }

  @Test
  void what_is_posted_is_sent_under_its_timestamp() {
    assertThat(
            SLACK.read(
                offer(CHANNEL, HI, "{}"),
                answer(200, "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"15.2\",\"warning\":\"w\"}")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("15.2"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, Bounced",
    "not_in_channel, Bounced",
    "is_archived, Bounced",
    "user_not_found, Bounced",
    "cannot_dm_bot, Bounced",
    "messages_tab_disabled, Bounced",
    "user_disabled, Bounced",
    "restricted_action, Bounced",
    "invalid_auth, Misconfigured",
    "not_authed, Misconfigured",
    "account_inactive, Misconfigured",
    "token_revoked, Misconfigured",
    "token_expired, Misconfigured",
    "missing_scope, Misconfigured",
    "no_permission, Misconfigured",
    "org_login_required, Misconfigured",
    "ekm_access_denied, Misconfigured",
    "team_access_not_granted, Misconfigured",
    "not_allowed_token_type, Misconfigured",
    "enterprise_is_restricted, Misconfigured",
    "no_text, Rejected",
    "msg_too_long, Rejected",
    "msg_blocks_too_long, Rejected",
    "invalid_blocks, Rejected",
    "invalid_blocks_format, Rejected",
    "too_many_attachments, Rejected",
    "invalid_arguments, Rejected",
    "invalid_json, Rejected",
    "json_not_object, Rejected",
    "metadata_too_large, Rejected",
    "thread_not_found, Rejected",
    "cannot_reply_to_message, Rejected",
    "ratelimited, Deferred",
    "rate_limited, Deferred",
    "message_limit_exceeded, Deferred",
    "internal_error, Deferred",
    "fatal_error, Deferred",
    "service_unavailable, Deferred",
    "request_timeout, Deferred",
    "team_added_to_org, Deferred",
    "something_new, Rejected"
  })
  void a_200_that_is_not_ok_means(String error, String expected) {
    assertThat(
            kind(
                SLACK.read(
                    offer(CHANNEL, HI, "{}"),
                    answer(200, "{\"ok\":false,\"error\":\"" + error + "\"}"))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          200 | x                 | Ambiguous
          200 | {'ok':'yes'}      | Ambiguous
          429 | x                 | Deferred
          500 | x                 | Deferred
          504 | x                 | Ambiguous
          403 | x                 | Misconfigured
          """)
  void an_answer_that_is_no_answer_of_the_method_means(int status, String body, String expected) {
    assertThat(kind(SLACK.read(offer(CHANNEL, HI, "{}"), answer(status, body.replace('\'', '"')))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "200, ok, Accepted",
    "400, invalid_payload, Rejected",
    "400, no_text, Rejected",
    "400, too_many_attachments, Rejected",
    "403, action_prohibited, Misconfigured",
    "403, invalid_token, Misconfigured",
    "404, no_service, Bounced",
    "404, no_team, Bounced",
    "404, channel_not_found, Bounced",
    "410, channel_is_archived, Bounced",
    "429, rate_limited, Deferred",
    "500, rollup_error, Deferred",
    "502, x, Ambiguous"
  })
  void a_webhook_answers(int status, String text, String expected) {
    assertThat(kind(SLACK.read(offer(WEBHOOK, HI, "{}"), answer(status, text))))
        .isEqualTo(expected);
  }

  @Test
  void slack_says_how_long_to_wait() {
    assertThat(
            SLACK.read(
                offer(CHANNEL, HI, "{}"),
                answer(429, "retry-after", "30", "{\"ok\":false,\"error\":\"ratelimited\"}")))
        .isEqualTo(new DeliveryResult.Deferred("ratelimited", Optional.of(Duration.ofSeconds(30))));
  }

  @Test
  void the_channel_needs_no_settings_to_send() {
    assertThat(SLACK.settings()).noneMatch(setting -> setting.required());
    assertThat(List.of(SLACK.key(), SLACK.type().wireName())).containsExactly("chat_slack", "chat");
  }

  private static DeliveryRequest<Content.Chat> offer(
      String connection, ChatBody body, String overrides) {
    return Offers.of(
        SLACK, Json.Obj.EMPTY, new Content.Chat(quoted(connection), body, quoted(overrides)));
  }
}
