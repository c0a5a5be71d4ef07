package dev.carillon.provider.msteams;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.MessageHeader;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.Unready;
import dev.carillon.provider.access.TokenLife;
import dev.carillon.provider.chat.ChatProvider;
import dev.carillon.provider.chat.Workspace;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Microsoft Teams: as a bot, to a channel or to a user; or by the webhook of a workflow.
 *
 * <p>Sources:
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference,
 * https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 */
public final class MsTeams implements ChatProvider {
  @Override
  public String key() {
    return "chat_ms_teams";
  }

  /** Webhooks need no bot, and so none of it. */
  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.optional(TeamsBot.BOT_ID, "Bot ID"),
        ProviderSetting.optionalCredential(TeamsBot.BOT_PASSWORD, "Bot password"),
        ProviderSetting.choice(
            TeamsBot.BOT_TYPE, "Bot type", TeamsBot.SINGLE_TENANT, TeamsBot.MULTI_TENANT),
        ProviderSetting.optional(TeamsBot.ENTRA_TENANT, "Entra tenant ID"),
        ProviderSetting.choice(
            TeamsBot.CLOUD,
            "Cloud",
            Arrays.stream(TeamsCloud.values()).map(TeamsCloud::setting).toArray(String[]::new)),
        ProviderSetting.optional(TeamsWorkspace.CLIENT_ID, "Graph API client ID"),
        ProviderSetting.optionalCredential(TeamsWorkspace.CLIENT_SECRET, "Graph API client secret"),
        Workspace.REDIRECTS);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Chat> request) {
    return request
        .settings()
        .fault()
        .<Preparation>map(Preparation.Refused::new)
        .orElseGet(() -> sound(request));
  }

  private static Preparation sound(DeliveryRequest<Content.Chat> request) {
    return switch (TeamsConnection.of(request.content().connection())) {
      case TeamsConnection.ToWebhook(var url) ->
          Preparation.of(
              JsonBody.post(
                      url, headers(request, Map.of()), TeamsActivity.byWebhook(request.content()))
                  .hiding(url));
      case TeamsConnection.Incomplete(var reason) -> Unready.bounced(reason);
      case TeamsConnection.ToChannel connection ->
          asBot(request, (bot, token) -> toChannel(request, bot, token, connection));
      case TeamsConnection.ToUser connection ->
          asBot(request, (bot, token) -> toUser(request, bot, token, connection));
    };
  }

  /** What a bot with a token does. */
  @FunctionalInterface
  private interface WithToken {
    Preparation prepare(TeamsBot bot, String token);
  }

  private static Preparation asBot(DeliveryRequest<Content.Chat> request, WithToken next) {
    return switch (TeamsBot.of(request.settings())) {
      case TeamsBot.Read.Unknown(var reason) -> Unready.misconfigured(reason);
      case TeamsBot.Read.Known(var bot) -> {
        Lookup lookup = bot.askToken();
        String token = request.lookups().get(lookup.key());
        yield token == null ? new Preparation.Ask(lookup) : next.prepare(bot, token);
      }
    };
  }

  private static Preparation toChannel(
      DeliveryRequest<Content.Chat> request,
      TeamsBot bot,
      String token,
      TeamsConnection.ToChannel connection) {
    Json.Obj body =
        Json.object()
            .with("isGroup", Json.TRUE)
            .with("bot", Json.object().with("id", "28:" + bot.id()))
            .with("tenantId", connection.tenant())
            .with(
                "channelData",
                Json.object()
                    .with("tenant", Json.object().with("id", connection.tenant()))
                    .with("channel", Json.object().with("id", connection.channel())))
            .with("activity", TeamsActivity.byBot(request.content()));
    return ready(request, bot.conversations(), token, body);
  }

  private static Preparation toUser(
      DeliveryRequest<Content.Chat> request,
      TeamsBot bot,
      String token,
      TeamsConnection.ToUser connection) {
    Lookup lookup = bot.askConversation(token, connection.tenant(), connection.user());
    String conversation = request.lookups().get(lookup.key());
    return conversation == null
        ? new Preparation.Ask(lookup)
        : ready(
            request,
            bot.conversations() + "/" + FormBody.segment(conversation) + "/activities",
            token,
            TeamsActivity.byBot(request.content()));
  }

  private static Preparation ready(
      DeliveryRequest<Content.Chat> request, String url, String token, Json.Obj body) {
    return Preparation.of(
        JsonBody.post(url, headers(request, TeamsBot.bearer(token)), body).hiding(token));
  }

  private static Map<String, String> headers(
      DeliveryRequest<Content.Chat> request, Map<String, String> authorization) {
    var headers = new LinkedHashMap<>(authorization);
    headers.put(MessageHeader.ID, request.message().id().value());
    return headers;
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Chat> request, ProviderResponse response) {
    return switch (TeamsConnection.of(request.content().connection())) {
      case TeamsConnection.ToWebhook _ -> TeamsErrors.ofAWebhook(response);
      case TeamsConnection.ToChannel _, TeamsConnection.ToUser _, TeamsConnection.Incomplete _ ->
          response.successful()
              ? HttpAnswers.sent(activity(JsonBody.object(response)))
              : TeamsErrors.ofTheBot(response);
    };
  }

  /** A new conversation has an id of its own beside that of its first activity. */
  private static Optional<String> activity(Json.Obj answer) {
    return answer.text("activityId").or(() -> answer.text("id")).filter(id -> !id.isBlank());
  }

  @Override
  public LookupResult read(Lookup lookup, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    boolean token = TeamsBot.askedToken(lookup);
    Optional<String> found =
        answer.text(token ? "access_token" : "id").filter(text -> !text.isBlank());
    if (response.successful() && found.isPresent()) {
      return new LookupResult.Found(
          found.get(), token ? TokenLife.of(lookup, answer) : lookup.keep());
    }
    return Unready.failed(
        token || response.successful()
            ? TeamsErrors.ofTheToken(response)
            : TeamsErrors.ofTheBot(response));
  }

  @Override
  public Optional<Workspace> workspace() {
    return Optional.of(new TeamsWorkspace());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    if (request.method().equals("GET")) {
      return StandIn.json(request, 200, "{'value':[{'id':'#','displayName':'General'}]}");
    }
    return request.url().endsWith("/token")
        ? StandIn.json(request, 200, "{'access_token':'token-#','expires_in':3600}")
        : StandIn.json(request, 201, "{'id':'#'}");
  }
}
