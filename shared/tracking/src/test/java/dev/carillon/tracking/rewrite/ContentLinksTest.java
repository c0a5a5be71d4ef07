package dev.carillon.tracking.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.Tracking;
import dev.carillon.tracking.link.LinkTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class ContentLinksTest {
  private static final String PIXEL = "https://opens.acme.example/o/token.png";
  private static final Content.Email MAIL =
      new Content.Email(
          new Content.Envelope(Optional.empty(), List.of(), List.of(), List.of(), List.of()),
          "Order https://acme.example/7",
          "<html><body><a href=\"https://acme.example/7\">x</a>"
              + "<a href=\"https://list.example/u/1\">Unsubscribe</a>"
              + "<a href=\"https://acme.example/imprint\">Imprint</a></body></html>",
          "https://acme.example/7 https://list.example/u/1 https://acme.example/imprint",
          Map.of(
              "List-Unsubscribe", "<https://list.example/u/1>, <mailto:unsubscribe@list.example>"),
          List.of(),
          Json.Obj.EMPTY);

  private int links;

  private String next(LinkTarget target, TrackedLink.Kind kind) {
    return "https://t/" + links++;
  }

  private Content track(Content content) {
    return ContentLinks.track(
        content,
        this::next,
        Tracking.DOMAINS,
        List.of("https://acme.example/imprint"),
        FeedLinks.Actions.LEFT);
  }

  @Test
  void the_footer_and_what_unsubscribes_stay_in_both_parts_of_a_mail() {
    var mail = (Content.Email) track(MAIL);
    assertThat(mail.html()).isEqualTo(MAIL.html().replace("https://acme.example/7", "https://t/0"));
    assertThat(mail.text()).isEqualTo(MAIL.text().replace("https://acme.example/7", "https://t/1"));
    assertThat(mail.headers()).isEqualTo(MAIL.headers());
    assertThat(mail.subject()).isEqualTo(MAIL.subject());
  }

  @Test
  void the_pixel_comes_last_and_a_mail_without_html_has_none() {
    var body = Jsoup.parse(ContentLinks.withPixel(MAIL, PIXEL).html()).body();
    assertThat(body.lastElementChild().attr("src")).isEqualTo(PIXEL);
    var plain =
        new Content.Email(
            MAIL.envelope(),
            MAIL.subject(),
            "",
            MAIL.text(),
            MAIL.headers(),
            MAIL.attachments(),
            MAIL.overrides());
    assertThat(ContentLinks.withPixel(plain, PIXEL)).isEqualTo(plain);
    assertThat(((Content.Email) track(plain)).html()).isEmpty();
  }

  @Test
  void an_sms_is_text() {
    assertThat(track(new Content.Sms("+44", "Go: https://acme.example/7.", Json.Obj.EMPTY)))
        .isEqualTo(new Content.Sms("+44", "Go: https://t/0.", Json.Obj.EMPTY));
  }

  @Test
  void a_chat_is_markdown_or_blocks() {
    assertThat(
            track(
                new Content.Chat(
                    Json.Obj.EMPTY,
                    new Content.ChatBody.Markdown("[x](https://acme.example/7)"),
                    Json.Obj.EMPTY)))
        .isEqualTo(
            new Content.Chat(
                Json.Obj.EMPTY, new Content.ChatBody.Markdown("[x](https://t/0)"), Json.Obj.EMPTY));
    var blocks = Json.array(List.of(Json.object().with("url", "https://acme.example/7")));
    assertThat(
            track(
                new Content.Chat(
                    Json.Obj.EMPTY, new Content.ChatBody.Blocks(blocks, "s"), Json.Obj.EMPTY)))
        .isEqualTo(
            new Content.Chat(
                Json.Obj.EMPTY,
                new Content.ChatBody.Blocks(
                    Json.array(List.of(Json.object().with("url", "https://t/1"))), "s"),
                Json.Obj.EMPTY));
  }

  @Test
  void an_in_app_message_is_its_blocks() {
    var block =
        Json.object()
            .with("type", "markdown")
            .with("rendered", "<a href=\"https://acme.example/7\">x</a>");
    assertThat(track(new Content.InAppFeed(Json.array(List.of(block)))))
        .isEqualTo(
            new Content.InAppFeed(
                Json.array(List.of(block.with("rendered", "<a href=\"https://t/0\">x</a>")))));
  }

  @Test
  void a_push_and_a_request_to_a_customer_stay() {
    var push =
        new Content.Push(
            "t",
            "https://acme.example",
            "https://acme.example",
            Json.Obj.EMPTY,
            false,
            Json.Obj.EMPTY);
    var http =
        new Content.Http(
            "POST", "https://acme.example", List.of(), List.of(), "https://acme.example");
    assertThat(track(push)).isEqualTo(push);
    assertThat(track(http)).isEqualTo(http);
    assertThat(links).isZero();
  }
}
