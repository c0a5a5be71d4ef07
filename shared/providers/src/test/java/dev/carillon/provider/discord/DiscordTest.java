package dev.carillon.provider.discord;

import static dev.carillon.provider.Offers.answer;
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
import dev.carillon.provider.Offers;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.chat.ChatMarkdown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscordTest {
  private static final Discord DISCORD = new Discord();
  private static final Json.Obj SETTINGS = Json.object().with("bot_token", "bot-secret");
  private static final String CHANNEL = "{'channel_id':'1045098765432109876'}";
  private static final String WEBHOOK =
      "{'incoming_webhook':{'url':'https://discord.com/api/webhooks/1/secret'}}";
  private static final ChatBody HI = new ChatBody.Markdown("**Hi** @everyone <@1>");

  @Test
  void a_message_is_posted_to_the_channel_by_the_bot_and_mentions_nobody() {
    ProviderCall.Http call = ready(DISCORD.prepare(offer(CHANNEL, HI, "{}")));
    assertThat(call.url())
        .isEqualTo("https://discord.com/api/v10/channels/1045098765432109876/messages");
    assertThat(call.headers())
        .containsEntry("Authorization", "Bot bot-secret")
        .containsEntry("x-carillon-message-id", Offers.ID);
    assertThat(call.headers().get("User-Agent")).startsWith("DiscordBot (https://");
    Json.Obj sent = json(call);
    assertThat(sent.text("nonce").orElseThrow()).hasSize(25);
    assertThat(body(call))
        .isEqualTo(
            "{\"allowed_mentions\":{\"parse\":[]},\"content\":\"**Hi** @everyone \\\\<@1\\\\>\","
                + "\"nonce\":\""
                + sent.text("nonce").orElseThrow()
                + "\",\"enforce_nonce\":true}");
    assertThat(json(ready(DISCORD.prepare(Offers.attempt(offer(CHANNEL, HI, "{}"), 2)))))
        .isEqualTo(sent);
  }

  @Test
  void an_author_may_mention_somebody() {
    assertThat(
            json(ready(
                    DISCORD.prepare(
                        offer(CHANNEL, HI, "{'allowed_mentions':{'parse':['roles']}}"))))
                .object("allowed_mentions"))
        .isEqualTo(quoted("{'parse':['roles']}"));
  }

  @Test
  void a_connection_with_a_reference_answers_that_message() {
    String reply = "{'channel_id':'10450987','message_reference':{'message_id':'123'}}";
    assertThat(json(ready(DISCORD.prepare(offer(reply, HI, "{}")))).object("message_reference"))
        .isEqualTo(quoted("{'message_id':'123'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'b':[{'title':'T'}]}                  | {'embeds':[{'title':'T'}],'content':'s\\\\_s'}
          {'b':[{'type':'rich','title':'T'}]}    | {'embeds':[{'type':'rich','title':'T'}],'content':'s\\\\_s'}
          {'b':[{'type':17}]}                    | {'components':[{'type':17}]}
          {'b':{'content':'c','tts':true}}       | {'content':'c','tts':true}
          {'b':{'embeds':[]}}                    | {'embeds':[],'content':'s\\\\_s'}
          {'b':{'allowed_mentions':{'parse':[1]}}} | {'allowed_mentions':{'parse':[1]},'content':'s\\\\_s'}
          """)
  void an_authors_json_goes_as_it_is(String blocks, String expected) {
    var body = new ChatBody.Blocks(quoted(blocks).get("b").orElseThrow(), "s_s");
    Json.Obj sent = json(ready(DISCORD.prepare(offer(WEBHOOK, body, "{}"))));
    assertThat(sent)
        .isEqualTo(quoted("{'allowed_mentions':{'parse':[]}}").merged(quoted(expected)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://discord.com/api/webhooks/1/s, https://discord.com/api/webhooks/1/s?wait=true",
    "https://discordapp.com/api/webhooks/1/s, https://discordapp.com/api/webhooks/1/s?wait=true",
    "https://ptb.discord.com/api/webhooks/1/s?thread_id=5,"
        + " https://ptb.discord.com/api/webhooks/1/s?thread_id=5&wait=true"
  })
  void a_webhook_is_waited_for(String url, String expected) {
    ProviderCall.Http call =
        ready(
            DISCORD.prepare(
                offer("{'incoming_webhook':{'url':'" + url + "'}}", HI, "{'nonce':'x'}")));
    assertThat(call.url()).isEqualTo(expected);
    assertThat(call.headers()).doesNotContainKey("Authorization");
    assertThat(call.secrets()).containsExactly(url);
    assertThat(json(call).fields()).containsOnlyKeys("allowed_mentions", "content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'channel_id':'../users/@me'}",
        "{'channel_id':''}",
        "{'incoming_webhook':{'url':'https://discord.com.evil.example/api/webhooks/1/s'}}"
      })
  void a_connection_that_leads_nowhere_bounces(String connection) {
    assertThat(kind(refused(DISCORD.prepare(offer(connection, HI, "{}"))))).isEqualTo("Bounced");
  }

  @Test
  void a_bot_needs_a_token_and_a_webhook_does_not() {
    var bot = new Content.Chat(quoted(CHANNEL), HI, Json.Obj.EMPTY);
    assertThat(kind(refused(DISCORD.prepare(Offers.of(DISCORD, Json.Obj.EMPTY, bot)))))
        .isEqualTo("Misconfigured");
    var webhook = new Content.Chat(quoted(WEBHOOK), HI, Json.Obj.EMPTY);
    assertThat(ready(DISCORD.prepare(Offers.of(DISCORD, Json.Obj.EMPTY, webhook)))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "404, 10003, Bounced",
    "404, 10015, Bounced",
    "401, 50027, Bounced",
    "403, 50001, Bounced",
    "403, 50013, Bounced",
    "403, 50007, Bounced",
    "403, 50278, Bounced",
    "400, 50008, Bounced",
    "401, 40001, Misconfigured",
    "401, 0, Misconfigured",
    "403, 40333, Misconfigured",
    "400, 50035, Rejected",
    "400, 50006, Rejected",
    "413, 40005, Rejected",
    "404, 10008, Rejected",
    "400, 160002, Rejected",
    "400, 220001, Rejected",
    "400, 220002, Rejected",
    "400, 220003, Rejected",
    "429, 20016, Deferred",
    "429, 20028, Deferred",
    "429, 0, Deferred",
    "400, 99999, Rejected",
    "500, 0, Deferred",
    "502, 0, Ambiguous"
  })
  void a_code_means(int status, int code, String expected) {
    String body = "{\"code\":" + code + ",\"message\":\"m\"}";
    assertThat(kind(DISCORD.read(offer(CHANNEL, HI, "{}"), answer(status, body))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"404, Bounced", "401, Bounced", "403, Misconfigured", "400, Rejected"})
  void a_webhook_that_is_gone_is_not_the_channels_fault(int status, String expected) {
    assertThat(kind(DISCORD.read(offer(WEBHOOK, HI, "{}"), answer(status, "{\"code\":0}"))))
        .isEqualTo(expected);
  }

  @Test
  void a_wait_is_in_the_header_or_in_the_body() {
    String body = "{\"message\":\"limited\",\"retry_after\":1.25,\"global\":false}";
    assertThat(DISCORD.read(offer(CHANNEL, HI, "{}"), answer(429, body)))
        .isEqualTo(
            new DeliveryResult.Deferred("status 429", Optional.of(Duration.ofMillis(1_250))));
    assertThat(DISCORD.read(offer(CHANNEL, HI, "{}"), answer(429, "retry-after", "3", body)))
        .isEqualTo(new DeliveryResult.Deferred("status 429", Optional.of(Duration.ofSeconds(3))));
  }

  @Test
  void what_is_posted_is_sent_under_its_id_which_is_a_text() {
    assertThat(
            DISCORD.read(offer(CHANNEL, HI, "{}"), answer(200, "{\"id\":\"1045098765432109876\"}")))
        .isEqualTo(
            new DeliveryResult.Accepted(Optional.of("1045098765432109876"), DeliveryStatus.SENT));
    assertThat(DISCORD.read(offer(WEBHOOK, HI, "{}"), answer(204, "")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.empty(), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '"',
      textBlock =
          """
          **b** *i* ~~s~~                        ¦ **b** *i* ~~s~~
          # A **b**                              ¦ # A b
          #### A                                 ¦ **A**
          [t](https://a.test/x_y)                ¦ [t](https://a.test/x_y)
          [t](<https://a.test/x(y)>)             ¦ [t](https://a.test/x%28y%29)
          [t](mailto:a@b.test)                   ¦ t
          [https://a.test/x_y](https://t.test/0) ¦ https://t.test/0
          see <https://a.test> and [a https://b.test](https://t.test/1) ¦ see https://a.test and [a https://b.test](https://t.test/1)
          [t](javascript:x)                      ¦ t
          1 \\\\* 2 \\\\_ 3                      ¦ 1 \\\\* 2 \\\\_ 3
          snake_case_word                        ¦ snake\\\\_case\\\\_word
          see https://a.test/a_b_c now_          ¦ see https://a.test/a_b_c now\\\\_
          ||spoiler|| <@1> <#2> <:e:3> <t:1>     ¦ \\\\|\\\\|spoiler\\\\|\\\\| \\\\<@1\\\\> \\\\<#2\\\\> \\\\<:e:3\\\\> \\\\<t:1\\\\>
          - a\\n- b                              ¦ - a\\n- b
          \\\\- no list                          ¦ \\\\- no list
          \\\\# no title                         ¦ \\\\# no title
          1\\\\. no list                         ¦ 1\\\\. no list
          > q                                    ¦ > q
          ```\\na ``` b\\n```                    ¦ ```\\na ``\u200b` b\\n```
          """)
  void markdown_becomes(String markdown, String expected) {
    assertThat(ChatMarkdown.in(new DiscordMarkdown(), lines(markdown))).isEqualTo(lines(expected));
  }

  @Test
  void its_names_are_knocks() {
    assertThat(List.of(DISCORD.key(), DISCORD.type().wireName()))
        .containsExactly("chat_discord", "chat");
  }

  /** A backslash doubled is one, and one before an n a new line. */
  private static String lines(String text) {
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace('\0', '\\');
  }

  private static DeliveryRequest<Content.Chat> offer(
      String connection, ChatBody body, String overrides) {
    return Offers.of(
        DISCORD, SETTINGS, new Content.Chat(quoted(connection), body, quoted(overrides)));
  }
}
