package dev.carillon.provider.msteams;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.provider.chat.ChatMarkdown;
import java.util.List;

/**
 * The activity that is posted.
 *
 * <p>Sources:
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object,
 * https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
final class TeamsActivity {
  private static final String CARD_TYPE = "application/vnd.microsoft.card.adaptive";
  private static final String CARD_VERSION = "1.4";
  private static final String CARD = "AdaptiveCard";
  private static final String MESSAGE = "message";

  private TeamsActivity() {}

  static Json.Obj byBot(Content.Chat content) {
    return switch (content.body()) {
      case ChatBody.Markdown(var text) ->
          Json.object()
              .with("type", MESSAGE)
              .with("textFormat", "markdown")
              .with("text", ChatMarkdown.in(new TeamsMarkdown(), text))
              .mergedDeeply(content.overrides());
      case ChatBody.Blocks(var json, var summary) -> blocks(json, summary, content);
    };
  }

  /** To a workflow, which shows nothing but cards. */
  static Json.Obj byWebhook(Content.Chat content) {
    return switch (content.body()) {
      case ChatBody.Markdown(var text) ->
          carried(
                  card(
                      List.of(
                          Json.object()
                              .with("type", "TextBlock")
                              .with("text", ChatMarkdown.in(new CardMarkdown(), text))
                              .with("wrap", Json.TRUE))))
              .mergedDeeply(content.overrides());
      case ChatBody.Blocks(var json, var summary) -> blocks(json, summary, content);
    };
  }

  private static Json.Obj blocks(Json json, String summary, Content.Chat content) {
    Json.Obj activity =
        switch (json) {
          case Json.Arr(var items) -> carried(card(items));
          case Json.Obj card when card.text("type").orElse("").equals(CARD) -> carried(card);
          case Json.Obj message -> Json.object().with("type", MESSAGE).merged(message);
          case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> carried(card(List.of()));
        };
    Json.Obj whole =
        summary.isEmpty() || activity.text("summary").isPresent()
            ? activity
            : activity.with("summary", summary);
    return whole.mergedDeeply(content.overrides());
  }

  private static Json.Obj card(List<? extends Json> body) {
    return Json.object()
        .with("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
        .with("type", CARD)
        .with("version", CARD_VERSION)
        .with("body", Json.array(body));
  }

  private static Json.Obj carried(Json.Obj card) {
    return Json.object()
        .with("type", MESSAGE)
        .with(
            "attachments",
            Json.array(
                List.of(Json.object().with("contentType", CARD_TYPE).with("content", card))));
  }
}
