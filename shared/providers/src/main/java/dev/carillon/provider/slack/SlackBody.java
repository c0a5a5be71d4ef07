package dev.carillon.provider.slack;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.chat.ChatMarkdown;
import java.util.Set;

/**
 * What is posted.
 *
 * <p>Sources: https://docs.slack.dev/reference/methods/chat.postMessage,
 * https://docs.slack.dev/messaging/message-metadata
 */
final class SlackBody {
  private static final String THREAD = "thread_ts";

  /** What an incoming webhook has settled already, and refuses or ignores. */
  private static final Set<String> SETTLED =
      Set.of("channel", "token", "as_user", "metadata", "reply_broadcast");

  private SlackBody() {}

  /** To a conversation. Nothing but the connection says where to, and in which thread. */
  static Json.Obj toConversation(DeliveryRequest<Content.Chat> request, String conversation) {
    Json.Obj body =
        said(request.content())
            .without("token")
            .with("channel", conversation)
            .with(
                "metadata",
                Json.object()
                    .with("event_type", "carillon_message")
                    .with(
                        "event_payload",
                        Json.object().with(Correlation.MESSAGE, request.message().id().value())));
    return request
        .content()
        .connection()
        .text(THREAD)
        .map(String::strip)
        .filter(thread -> !thread.isEmpty())
        .map(thread -> body.with(THREAD, thread))
        .orElse(body);
  }

  static Json.Obj toWebhook(Content.Chat content) {
    Json.Obj body = said(content);
    for (String settled : SETTLED) {
      body = body.without(settled);
    }
    return body;
  }

  private static Json.Obj said(Content.Chat content) {
    Json.Obj body =
        switch (content.body()) {
          case ChatBody.Markdown(var text) ->
              Json.object().with("text", ChatMarkdown.in(new Mrkdwn(), text));
          case ChatBody.Blocks(Json.Obj message, var summary) -> summarized(message, summary);
          case ChatBody.Blocks(var blocks, var summary) ->
              summarized(Json.object().with("blocks", blocks), summary);
        };
    return body.mergedDeeply(content.overrides());
  }

  /** Notifications show the text where the blocks are what the conversation shows. */
  private static Json.Obj summarized(Json.Obj message, String summary) {
    return message.text("text").isPresent() || summary.isEmpty()
        ? message
        : message.with("text", new Mrkdwn().text(summary));
  }
}
