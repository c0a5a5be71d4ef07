package dev.carillon.tracking.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.tracking.KeyRing;
import dev.carillon.tracking.LinkTokens;
import dev.carillon.tracking.StandardLinks;
import dev.carillon.tracking.Tracking;
import dev.carillon.tracking.TrackingChoice;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class MailLinksTest {
  private static final Json.Obj MAIL =
      Json.object()
          .with("subject_line", "Order https://acme.example/7")
          .with(
              "html_body",
              "<html><body><a href=\"https://acme.example/7\">x</a>"
                  + "<a href=\"https://list.example/u/1\">Unsubscribe</a>"
                  + "<a href=\"https://acme.example/imprint\">Imprint</a></body></html>")
          .with(
              "text_body",
              "https://acme.example/7 https://list.example/u/1 https://acme.example/imprint")
          .with(
              "headers",
              Json.object()
                  .with(
                      "List-Unsubscribe",
                      "<https://list.example/u/1>, <mailto:unsubscribe@list.example>"));

  private static Json.Obj rewrite(boolean links, boolean opens) {
    return MailLinks.rewrite(
        MAIL,
        new TrackingChoice(links, opens),
        List.of("https://acme.example/imprint"),
        new StandardLinks(
            new LinkTokens(KeyRing.of(Tracking.key(1))),
            Tracking.DOMAINS,
            Tracking.ENVIRONMENT,
            Tracking.MESSAGE),
        Tracking.DOMAINS);
  }

  @Test
  void the_footer_and_what_unsubscribes_stay_in_both_parts() {
    Json.Obj mail = rewrite(true, true);
    for (String part : List.of("html_body", "text_body")) {
      assertThat(mail.text(part).orElseThrow())
          .contains("https://list.example/u/1", "https://acme.example/imprint")
          .contains("https://links.acme.example/l/")
          .doesNotContain("https://acme.example/7");
    }
    assertThat(mail.object("headers")).isEqualTo(MAIL.object("headers"));
    assertThat(mail.text("subject_line")).isEqualTo(MAIL.text("subject_line"));
  }

  @Test
  void the_pixel_comes_last_when_opens_are_tracked() {
    var body = Jsoup.parse(rewrite(false, true).text("html_body").orElseThrow()).body();
    assertThat(body.lastElementChild().attr("src")).startsWith("https://opens.acme.example/o/");
    assertThat(body.selectFirst("a").attr("href")).isEqualTo("https://acme.example/7");
    assertThat(rewrite(false, true).text("text_body")).isEqualTo(MAIL.text("text_body"));
  }

  @Test
  void a_mail_of_which_nothing_is_tracked_is_the_same() {
    assertThat(rewrite(false, false)).isEqualTo(MAIL);
  }

  @Test
  void links_alone_bring_no_pixel() {
    assertThat(rewrite(true, false).text("html_body").orElseThrow()).doesNotContain("<img");
  }

  @Test
  void a_mail_without_a_part_gets_none() {
    Json.Obj textOnly = MAIL.without("html_body");
    var links =
        new StandardLinks(
            new LinkTokens(KeyRing.of(Tracking.key(1))),
            Tracking.DOMAINS,
            Tracking.ENVIRONMENT,
            Tracking.MESSAGE);
    var mail =
        MailLinks.rewrite(
            textOnly, new TrackingChoice(true, true), List.of(), links, Tracking.DOMAINS);
    assertThat(mail.get("html_body")).isEmpty();
  }
}
