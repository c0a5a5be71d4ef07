package dev.carillon.provider.discord;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.chat.ChatMarkdown;
import java.util.List;

/**
 * What is posted.
 *
 * <p>Sources: https://docs.discord.com/developers/resources/message#create-message,
 * https://docs.discord.com/developers/resources/webhook#execute-webhook
 */
final class DiscordBody {
  private static final String MENTIONS = "allowed_mentions";
  private static final String REFERENCE = "message_reference";

  /** Characters of a nonce. */
  private static final int NONCE = 25;

  private DiscordBody() {}

  /** By the bot; of the same message, Discord takes the second for the first for some minutes. */
  static Json.Obj toChannel(DeliveryRequest<Content.Chat> request) {
    Json.Obj body =
        said(request.content())
            .with("nonce", nonce(request.message().idempotencyKey()))
            .with("enforce_nonce", Json.TRUE);
    Json.Obj reference = request.content().connection().object(REFERENCE);
    return reference.fields().isEmpty() ? body : body.with(REFERENCE, reference);
  }

  static Json.Obj toWebhook(Content.Chat content) {
    return said(content).without("nonce").without("enforce_nonce").without(REFERENCE);
  }

  private static String nonce(String key) {
    return Digest.of("discord", key).hex().substring(0, NONCE);
  }

  /** Mentions nobody, unless the author's own JSON says whom. */
  private static Json.Obj said(Content.Chat content) {
    Json.Obj body =
        switch (content.body()) {
          case ChatBody.Markdown(var text) ->
              Json.object().with("content", ChatMarkdown.in(new DiscordMarkdown(), text));
          case ChatBody.Blocks(Json.Obj message, var summary) -> summarized(message, summary);
          case ChatBody.Blocks(Json.Arr(var items), _) when components(items) ->
              Json.object().with("components", Json.array(items));
          case ChatBody.Blocks(var embeds, var summary) ->
              summarized(Json.object().with("embeds", embeds), summary);
        };
    return Json.object()
        .with(MENTIONS, Json.object().with("parse", Json.array(List.of())))
        .merged(body)
        .mergedDeeply(content.overrides());
  }

  /** Components have a type that is a number; embeds have none, or one that is a text. */
  private static boolean components(List<Json> items) {
    return !items.isEmpty()
        && items.stream()
            .allMatch(
                item ->
                    item instanceof Json.Obj object
                        && object.fields().get("type") instanceof Json.Num);
  }

  private static Json.Obj summarized(Json.Obj message, String summary) {
    return message.text("content").isPresent()
            || message.fields().containsKey("components")
            || summary.isEmpty()
        ? message
        : message.with("content", new DiscordMarkdown().text(summary));
  }
}
