package dev.carillon.provider.discord;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.MessageHeader;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.Unready;
import dev.carillon.provider.chat.ChatProvider;
import dev.carillon.provider.chat.IncomingWebhook;
import dev.carillon.provider.format.JsonBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Discord: as a bot, or by an incoming webhook.
 *
 * <p>Sources: https://docs.discord.com/developers/resources/message,
 * https://docs.discord.com/developers/resources/webhook
 */
public final class Discord implements ChatProvider {
  private static final String BOT_TOKEN = "bot_token";
  private static final String CHANNELS = "https://discord.com/api/v10/channels/";

  /** Requests without a name of this form are turned away before they reach the API. */
  private static final String USER_AGENT = "DiscordBot (https://carillon.dev, 1)";

  private static final Set<String> HOSTS =
      Set.of("discord.com", "discordapp.com", "canary.discord.com", "ptb.discord.com");

  /** A snowflake. */
  private static final Pattern ID = Pattern.compile("[0-9]{5,25}");

  @Override
  public String key() {
    return "chat_discord";
  }

  /** Webhooks need no bot. */
  @Override
  public List<ProviderSetting> settings() {
    return List.of(ProviderSetting.optionalCredential(BOT_TOKEN, "Bot token"));
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
    return switch (webhook(request.content().connection())) {
      case IncomingWebhook.To(var url) ->
          Preparation.of(
              JsonBody.post(
                      waiting(url), headers(request), DiscordBody.toWebhook(request.content()))
                  .hiding(url));
      case IncomingWebhook.Elsewhere() -> Unready.bounced("the webhook's URL is none of Discord's");
      case IncomingWebhook.None() -> toChannel(request);
    };
  }

  private static Preparation toChannel(DeliveryRequest<Content.Chat> request) {
    Optional<String> channel =
        JsonBody.scalar(request.content().connection(), "channel_id").map(String::strip);
    if (channel.filter(id -> ID.matcher(id).matches()).isEmpty()) {
      return Unready.bounced("no channel");
    }
    Optional<String> token = request.settings().text(BOT_TOKEN);
    if (token.isEmpty()) {
      return Unready.misconfigured("missing " + BOT_TOKEN);
    }
    Map<String, String> headers = headers(request);
    headers.put("Authorization", "Bot " + token.get());
    return Preparation.of(
        JsonBody.post(
            CHANNELS + channel.get() + "/messages", headers, DiscordBody.toChannel(request)));
  }

  private static Map<String, String> headers(DeliveryRequest<Content.Chat> request) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("User-Agent", USER_AGENT);
    headers.put(MessageHeader.ID, request.message().id().value());
    return headers;
  }

  /** Without it the answer is empty, and comes before anything can be found wrong. */
  private static String waiting(String url) {
    return url + (url.contains("?") ? "&" : "?") + "wait=true";
  }

  private static IncomingWebhook webhook(Json.Obj connection) {
    return IncomingWebhook.of(connection, HOSTS::contains);
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Chat> request, ProviderResponse response) {
    if (response.successful()) {
      return HttpAnswers.sent(JsonBody.object(response).text("id").filter(id -> !id.isBlank()));
    }
    boolean byWebhook =
        switch (webhook(request.content().connection())) {
          case IncomingWebhook.To _, IncomingWebhook.Elsewhere _ -> true;
          case IncomingWebhook.None _ -> false;
        };
    return DiscordErrors.of(response, byWebhook);
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'id':'#'}");
  }
}
