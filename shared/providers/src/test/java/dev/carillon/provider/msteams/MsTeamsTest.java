package dev.carillon.provider.msteams;

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
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.chat.ChatMarkdown;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsTeamsTest {
  private static final MsTeams TEAMS = new MsTeams();
  private static final Json.Obj SETTINGS =
      Json.object()
          .with("bot_id", "bot-1")
          .with("bot_password", "secret")
          .with("entra_tenant_id", "tenant-0");
  private static final String CHANNEL =
      "{'ms_teams_tenant_id':'T1','ms_teams_team_id':'x','ms_teams_channel_id':'19:a@thread.tacv2'}";
  private static final String USER = "{'ms_teams_tenant_id':'T1','ms_teams_user_id':'29:u'}";
  private static final String WEBHOOK =
      "{'incoming_webhook':{'url':'https://prod-1.westus.logic.azure.com:443/workflows/a?sig=secret'}}";
  private static final ChatBody HI = new ChatBody.Markdown("**Hi** <at>all</at>");

  @Test
  void a_token_is_asked_for_first() {
    Lookup lookup = asked(TEAMS.prepare(offer(CHANNEL, HI, "{}")));
    assertThat(lookup.call().url())
        .isEqualTo("https://login.microsoftonline.com/tenant-0/oauth2/v2.0/token");
    assertThat(body(lookup.call()))
        .isEqualTo(
            "grant_type=client_credentials&client_id=bot-1&client_secret=secret"
                + "&scope=https%3A%2F%2Fapi.botframework.com%2F.default");
    assertThat(lookup.key()).doesNotContain("secret");
    assertThat(TEAMS.read(lookup, answer(200, "{\"access_token\":\"t\",\"expires_in\":3599}")))
        .isEqualTo(new LookupResult.Found("t", Duration.ofSeconds(3_299)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'bot_type':'multi_tenant'}                     | https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token
          {'bot_type':'multi_tenant','cloud':'gcc'}       | https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token
          {'cloud':'gcc_high'}                            | https://login.microsoftonline.us/tenant-0/oauth2/v2.0/token
          {'bot_type':'multi_tenant','cloud':'dod'}       | https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us/oauth2/v2.0/token
          """)
  void a_token_comes_from_where_the_bot_is_at_home(String settings, String url) {
    var request =
        Offers.of(
            TEAMS,
            SETTINGS.merged(quoted(settings)),
            new Content.Chat(quoted(CHANNEL), HI, Json.Obj.EMPTY));
    assertThat(asked(TEAMS.prepare(request)).call().url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          200 | {'token':'t'}                    | Deferred
          400 | {'error':'invalid_request'}      | Misconfigured
          400 | {'error':'unauthorized_client'}  | Misconfigured
          401 | {'error':'invalid_client'}       | Misconfigured
          429 | {}                               | Deferred
          500 | {}                               | Deferred
          504 | {}                               | Deferred
          """)
  void without_a_token_nothing_is_sent(int status, String body, String expected) {
    Lookup lookup = asked(TEAMS.prepare(offer(CHANNEL, HI, "{}")));
    var failed = (LookupResult.Failed) TEAMS.read(lookup, answer(status, body.replace('\'', '"')));
    assertThat(kind(failed.result())).isEqualTo(expected);
  }

  @Test
  void a_message_to_a_channel_begins_a_conversation_in_it() {
    ProviderCall.Http call = ready(TEAMS.prepare(known(CHANNEL, HI, "{}")));
    assertThat(call.url()).isEqualTo("https://smba.trafficmanager.net/teams/v3/conversations");
    assertThat(call.headers())
        .containsEntry("Authorization", "Bearer t")
        .containsEntry("x-carillon-message-id", Offers.ID);
    assertThat(call.secrets()).containsExactly("t");
    assertThat(body(call))
        .isEqualTo(
            ("{'isGroup':true,'bot':{'id':'28:bot-1'},'tenantId':'T1',"
                    + "'channelData':{'tenant':{'id':'T1'},'channel':{'id':'19:a@thread.tacv2'}},"
                    + "'activity':{'type':'message','textFormat':'markdown',"
                    + "'text':'**Hi** &lt;at&gt;all&lt;/at&gt;'}}")
                .replace('\'', '"'));
  }

  @Test
  void a_message_to_a_user_goes_into_the_conversation_with_them() {
    var request = known(USER, HI, "{}");
    Lookup lookup = asked(TEAMS.prepare(request));
    assertThat(lookup.call().url())
        .isEqualTo("https://smba.trafficmanager.net/teams/v3/conversations");
    assertThat(lookup.call().headers()).containsEntry("Authorization", "Bearer t");
    assertThat(json(lookup.call()))
        .isEqualTo(
            quoted(
                "{'isGroup':false,'bot':{'id':'28:bot-1'},'members':[{'id':'29:u'}],"
                    + "'tenantId':'T1','channelData':{'tenant':{'id':'T1'}}}"));
    assertThat(TEAMS.read(lookup, answer(201, "{\"id\":\"a:1/x\"}")))
        .isEqualTo(new LookupResult.Found("a:1/x", Duration.ofDays(1)));
    ProviderCall.Http call = ready(TEAMS.prepare(Offers.knowing(request, lookup, "a:1/x")));
    assertThat(call.url())
        .isEqualTo("https://smba.trafficmanager.net/teams/v3/conversations/a%3A1%2Fx/activities");
    assertThat(json(call))
        .isEqualTo(
            quoted(
                "{'type':'message','textFormat':'markdown',"
                    + "'text':'**Hi** &lt;at&gt;all&lt;/at&gt;'}"));
  }

  @Test
  void a_user_who_removed_the_bot_bounces() {
    Lookup lookup = asked(TEAMS.prepare(known(USER, HI, "{}")));
    var failed =
        (LookupResult.Failed)
            TEAMS.read(
                lookup, answer(403, "{\"error\":{\"code\":\"BotNotInConversationRoster\"}}"));
    assertThat(kind(failed.result())).isEqualTo("Bounced");
  }

  @Test
  void a_workflow_is_given_a_card() {
    ProviderCall.Http call =
        ready(
            TEAMS.prepare(
                offer(WEBHOOK, new ChatBody.Markdown("# T\n\n`a` [x](https://a.test)"), "{}")));
    assertThat(call.url())
        .isEqualTo("https://prod-1.westus.logic.azure.com:443/workflows/a?sig=secret");
    assertThat(call.secrets()).containsExactly(call.url());
    assertThat(call.headers()).doesNotContainKey("Authorization");
    assertThat(json(call).text("type")).contains("message");
    Json.Obj attachment = (Json.Obj) json(call).list("attachments").getFirst();
    assertThat(attachment.text("contentType")).contains("application/vnd.microsoft.card.adaptive");
    assertThat(attachment.object("content").without("$schema"))
        .isEqualTo(
            quoted(
                "{'type':'AdaptiveCard','version':'1.4','body':[{'type':'TextBlock',"
                    + "'text':'**T**\\n\\na [x](https://a.test)','wrap':true}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'b':[{'type':'TextBlock'}]}",
        "{'b':{'type':'AdaptiveCard','version':'1.4','body':[{'type':'TextBlock'}]}}",
        "{'b':{'type':'message','attachments':[{'contentType':"
            + "'application/vnd.microsoft.card.adaptive','content':{'type':'AdaptiveCard',"
            + "'version':'1.4','body':[{'type':'TextBlock'}]}}]}}"
      })
  void an_authors_card_is_carried_as_it_is(String blocks) {
    var body = new ChatBody.Blocks(quoted(blocks).get("b").orElseThrow(), "in short");
    for (String connection : new String[] {WEBHOOK, CHANNEL}) {
      Json.Obj sent = json(ready(TEAMS.prepare(known(connection, body, "{'importance':'high'}"))));
      Json.Obj activity = connection.equals(CHANNEL) ? sent.object("activity") : sent;
      assertThat(activity.text("summary")).contains("in short");
      assertThat(activity.text("importance")).contains("high");
      Json.Obj attachment = (Json.Obj) activity.list("attachments").getFirst();
      assertThat(attachment.object("content").list("body"))
          .containsExactly(quoted("{'type':'TextBlock'}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'ms_teams_tenant_id':'T1'}",
        "{'ms_teams_channel_id':'19:a'}",
        "{'incoming_webhook':{'url':'https://evil.example/workflows/x'}}",
        "{'incoming_webhook':{'url':'https://logic.azure.com.evil.example/x'}}"
      })
  void a_connection_that_leads_nowhere_bounces(String connection) {
    assertThat(kind(refused(TEAMS.prepare(offer(connection, HI, "{}"))))).isEqualTo("Bounced");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bot_id", "bot_password", "entra_tenant_id"})
  void a_bot_without_one_of_these_is_not_configured(String name) {
    var chat = new Content.Chat(quoted(CHANNEL), HI, Json.Obj.EMPTY);
    assertThat(refused(TEAMS.prepare(Offers.of(TEAMS, SETTINGS.without(name), chat))))
        .isEqualTo(new DeliveryResult.Misconfigured("missing " + name));
    var webhook = new Content.Chat(quoted(WEBHOOK), HI, Json.Obj.EMPTY);
    assertThat(TEAMS.prepare(Offers.of(TEAMS, SETTINGS.without(name), webhook)))
        .isInstanceOf(Preparation.Ready.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../common", "a/b", "a?b"})
  void a_tenant_is_no_path_of_its_own(String tenant) {
    var chat = new Content.Chat(quoted(CHANNEL), HI, Json.Obj.EMPTY);
    assertThat(
            kind(
                refused(
                    TEAMS.prepare(
                        Offers.of(TEAMS, SETTINGS.with("entra_tenant_id", tenant), chat)))))
        .isEqualTo("Misconfigured");
  }

  @ParameterizedTest
  @CsvSource({
    "403, BotNotInConversationRoster, Bounced",
    "403, MessageWritesBlocked, Bounced",
    "404, ConversationNotFound, Bounced",
    "404, Unknown, Bounced",
    "403, BotDisabledByAdmin, Misconfigured",
    "401, Unauthorized, Misconfigured",
    "403, Forbidden, Misconfigured",
    "400, BadSyntax, Rejected",
    "400, BadArgument, Rejected",
    "413, MessageSizeTooBig, Rejected",
    "412, PreconditionFailed, Deferred",
    "412, , Deferred",
    "429, , Deferred",
    "502, , Deferred",
    "504, , Deferred",
    "500, ServiceError, Deferred",
    "503, , Deferred"
  })
  void an_error_of_the_connector_means(int status, String code, String expected) {
    String body = code == null ? "" : "{\"error\":{\"code\":\"" + code + "\",\"message\":\"m\"}}";
    assertThat(kind(TEAMS.read(offer(CHANNEL, HI, "{}"), answer(status, body))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          202 |                                                                | Accepted
          200 | 1                                                              | Accepted
          200 | Webhook message delivery failed ... HTTP error 429 with ContextId | Deferred
          200 | Microsoft Teams endpoint returned HTTP error 413 with ContextId   | Rejected
          200 | Microsoft Teams endpoint returned HTTP error 403 with ContextId   | Bounced
          200 | HTTP error 200                                                 | Ambiguous
          400 | x                                                              | Rejected
          401 |                                                                | Bounced
          403 |                                                                | Bounced
          404 |                                                                | Bounced
          410 |                                                                | Bounced
          429 |                                                                | Deferred
          500 |                                                                | Deferred
          502 |                                                                | Ambiguous
          """)
  void a_webhook_answers(int status, String body, String expected) {
    assertThat(kind(TEAMS.read(offer(WEBHOOK, HI, "{}"), answer(status, body == null ? "" : body))))
        .isEqualTo(expected);
  }

  @Test
  void what_is_posted_is_sent_under_its_activity() {
    assertThat(
            TEAMS.read(
                offer(CHANNEL, HI, "{}"),
                answer(201, "{\"id\":\"19:a;messageid=1\",\"activityId\":\"1\"}")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("1"), DeliveryStatus.SENT));
    assertThat(TEAMS.read(offer(USER, HI, "{}"), answer(201, "{\"id\":\"2\"}")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("2"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '"',
      textBlock =
          """
          **b** *i* ~~s~~     ¦ **b** *i* ~~s~~           ¦ **b** _i_ s
          # A **b**           ¦ # A b                     ¦ **A b**
          a_b & <at>x</at>    ¦ a#_b &amp; &lt;at&gt;x&lt;/at&gt; ¦ a#_b & <at>x</at>
          [t](https://a.test) ¦ [t](https://a.test)       ¦ [t](https://a.test)
          - a                 ¦ - a                       ¦ - a
          `c_d`               ¦ `c_d`                     ¦ c#_d
          """)
  void markdown_becomes(String markdown, String message, String card) {
    assertThat(ChatMarkdown.in(new TeamsMarkdown(), markdown))
        .isEqualTo(message.replace("a#", "a\\"));
    assertThat(ChatMarkdown.in(new CardMarkdown(), markdown))
        .isEqualTo(card.replace("a#", "a\\").replace("c#", "c\\"));
  }

  private static DeliveryRequest<Content.Chat> offer(
      String connection, ChatBody body, String overrides) {
    return Offers.of(
        TEAMS, SETTINGS, new Content.Chat(quoted(connection), body, quoted(overrides)));
  }

  private static DeliveryRequest<Content.Chat> known(
      String connection, ChatBody body, String overrides) {
    Lookup lookup = asked(TEAMS.prepare(offer(CHANNEL, HI, "{}")));
    return Offers.knowing(offer(connection, body, overrides), lookup, "t");
  }
}
