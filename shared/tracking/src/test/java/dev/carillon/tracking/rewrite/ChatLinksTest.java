package dev.carillon.tracking.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import org.junit.jupiter.api.Test;

class ChatLinksTest {

  private static Json json(String text) {
    return JsonLiteral.parse(text).orElseThrow();
  }

  private static void becomes(String before, String after) {
    assertThat(ChatLinks.rewrite(json(before), new Rewritten().rewriting)).isEqualTo(json(after));
  }

  private static void stays(String message) {
    becomes(message, message);
  }

  @Test
  void slack_blocks_are_walked_whole() {
    becomes(
        """
        {"blocks": [
          {"type": "section",
           "text": {"type": "mrkdwn", "text": "See <https://x.example/a|it> and <https://x.example/b>"},
           "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Go"},
                         "url": "https://x.example/c", "value": "https://x.example/value"}},
          {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "link", "url": "https://x.example/d", "text": "d"}]}]},
          {"type": "image", "image_url": "https://x.example/i.png", "alt_text": "https://x.example/alt"},
          {"type": "actions", "elements": [{"type": "button", "url": "http://x.example",
            "text": {"type": "plain_text", "text": "<https://x.example/plain>"}}]}
        ]}\
        """,
        """
        {"blocks": [
          {"type": "section",
           "text": {"type": "mrkdwn", "text": "See <https://t/0|it> and <https://t/1|https://x.example/b>"},
           "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Go"},
                         "url": "https://t/2", "value": "https://x.example/value"}},
          {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "link", "url": "https://t/3", "text": "d"}]}]},
          {"type": "image", "image_url": "https://x.example/i.png", "alt_text": "https://x.example/alt"},
          {"type": "actions", "elements": [{"type": "button", "url": "http://x.example",
            "text": {"type": "plain_text", "text": "<https://x.example/plain>"}}]}
        ]}\
        """);
  }

  /** {@code <address|label>} is Slack's alone: elsewhere it would be shown as it stands. */
  @Test
  void an_address_in_angle_brackets_gets_no_label_where_there_are_none() {
    becomes(
        """
        {"content": "<https://x.example/a>", "embeds": [{"description": "<https://x.example/b>",
          "fields": [{"name": "n", "value": "<https://x.example/c>"}]}],
         "blocks": [{"type": "markdown", "text": "<https://x.example/d>"}]}\
        """,
        """
        {"content": "<https://t/0>", "embeds": [{"description": "<https://t/1>",
          "fields": [{"name": "n", "value": "<https://t/2>"}]}],
         "blocks": [{"type": "markdown", "text": "<https://t/3>"}]}\
        """);
  }

  @Test
  void slack_attachments_have_links_in_titles_and_fields() {
    becomes(
        """
        {"attachments": [{"title": "T", "title_link": "https://x.example/t", "author_link":
          "https://x.example/a", "author_icon": "https://x.example/i.png", "thumb_url":
          "https://x.example/i.png", "fields": [{"title": "F", "value": "<https://x.example/f|f>"}]}]}\
        """,
        """
        {"attachments": [{"title": "T", "title_link": "https://t/0", "author_link":
          "https://t/1", "author_icon": "https://x.example/i.png", "thumb_url":
          "https://x.example/i.png", "fields": [{"title": "F", "value": "<https://t/2|f>"}]}]}\
        """);
  }

  @Test
  void an_ampersand_that_slack_wants_as_an_entity_is_tracked_as_it_is_meant() {
    var rewritten = new Rewritten();
    ChatLinks.rewrite(
        json("{\"text\": \"<https://x.example/?a=1&amp;b=2|x>\"}"), rewritten.rewriting);
    assertThat(rewritten.targets).containsExactly("https://x.example/?a=1&b=2");
  }

  @Test
  void discord_embeds_keep_their_pictures() {
    becomes(
        """
        {"content": "[x](https://x.example/(a)) https://x.example/bare", "embeds": [{"title": "t",
          "url": "https://x.example/e", "image": {"url": "https://x.example/i.png"}, "thumbnail":
          {"url": "https://x.example/i.png"}, "author": {"name": "n", "url": "https://x.example/n",
          "icon_url": "https://x.example/i.png"}, "description": "[y](https://x.example/y)",
          "fields": [{"name": "n", "value": "[z](https://x.example/z)"}]}],
          "components": [{"type": 1, "components": [{"type": 2, "style": 5, "label": "l", "url":
          "https://x.example/button"}]}], "avatar_url": "https://x.example/i.png"}\
        """,
        """
        {"content": "[x](https://t/0) https://x.example/bare", "embeds": [{"title": "t",
          "url": "https://t/1", "image": {"url": "https://x.example/i.png"}, "thumbnail":
          {"url": "https://x.example/i.png"}, "author": {"name": "n", "url": "https://t/2",
          "icon_url": "https://x.example/i.png"}, "description": "[y](https://t/3)",
          "fields": [{"name": "n", "value": "[z](https://t/4)"}]}],
          "components": [{"type": 1, "components": [{"type": 2, "style": 5, "label": "l", "url":
          "https://t/5"}]}], "avatar_url": "https://x.example/i.png"}\
        """);
  }

  @Test
  void teams_cards_of_three_generations_are_walked() {
    becomes(
        """
        {"type": "AdaptiveCard", "backgroundImage": {"url": "https://x.example/i.png"}, "body": [
          {"type": "TextBlock", "text": "[x](https://x.example/x)"},
          {"type": "Image", "url": "https://x.example/i.png",
           "selectAction": {"type": "Action.OpenUrl", "url": "https://x.example/s"}},
          {"type": "Media", "sources": [{"mimeType": "video/mp4", "url": "https://x.example/v.mp4"}]},
          {"type": "FactSet", "facts": [{"title": "t", "value": "[f](https://x.example/f)"}]}],
         "actions": [{"type": "Action.OpenUrl", "title": "Go", "url": "https://x.example/o"}],
         "potentialAction": [{"@type": "OpenUri", "targets": [{"os": "default", "uri": "https://x.example/u"}]}],
         "content": {"buttons": [{"type": "openUrl", "title": "B", "value": "https://x.example/b"}],
                     "images": [{"url": "https://x.example/i.png"}]},
         "text": "<a href=\\"https://x.example/h\\">h</a>"}\
        """,
        """
        {"type": "AdaptiveCard", "backgroundImage": {"url": "https://x.example/i.png"}, "body": [
          {"type": "TextBlock", "text": "[x](https://t/0)"},
          {"type": "Image", "url": "https://x.example/i.png",
           "selectAction": {"type": "Action.OpenUrl", "url": "https://t/1"}},
          {"type": "Media", "sources": [{"mimeType": "video/mp4", "url": "https://x.example/v.mp4"}]},
          {"type": "FactSet", "facts": [{"title": "t", "value": "[f](https://t/2)"}]}],
         "actions": [{"type": "Action.OpenUrl", "title": "Go", "url": "https://t/3"}],
         "potentialAction": [{"@type": "OpenUri", "targets": [{"os": "default", "uri": "https://t/4"}]}],
         "content": {"buttons": [{"type": "openUrl", "title": "B", "value": "https://t/5"}],
                     "images": [{"url": "https://x.example/i.png"}]},
         "text": "<a href=\\"https://t/6\\">h</a>"}\
        """);
  }

  @Test
  void what_a_product_gets_back_or_does_not_read_as_markup_stays() {
    stays(
        """
        {"blocks": [{"type": "actions", "block_id": "https://x.example/1", "elements": [
          {"type": "button", "action_id": "https://x.example/2", "value": "<https://x.example/3>"}]}],
         "metadata": {"event_payload": {"id": "<https://x.example/4>"}}, "n": 1, "b": true, "z": null}\
        """);
  }
}
