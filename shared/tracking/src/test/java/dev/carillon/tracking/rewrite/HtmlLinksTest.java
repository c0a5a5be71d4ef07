package dev.carillon.tracking.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.Tracking;
import dev.carillon.tracking.link.KeyRing;
import dev.carillon.tracking.link.LinkTokens;
import dev.carillon.tracking.link.StandardLinks;
import dev.carillon.tracking.link.TrackingPaths;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlLinksTest {
  private static final String MAIL =
      """
      <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\r
      <html xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
      <head>
      <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
      <!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
      <style type="text/css">a[href^="https://acme.example"] { color:#123 } /* <a href="https://style.example"> */</style>
      <link rel="stylesheet" href="https://fonts.example/css">
      </head>
      <body  bgcolor=#FFFFFF>
      <table><tr><td><!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" href="https://acme.example/mso?a=1&amp;b=2" arcsize="10%"><w:anchorlock/><center>Go</center></v:roundrect><![endif]--><!--[if !mso]><!-->
      <A  HREF='https://acme.example/go?a=1&amp;b=2'  class=cta>Go</A><!--<![endif]-->
      <a href=https://unquoted.example/x>unquoted</a>
      <a href="mailto:ada@acme.example">mail</a> <a href="tel:+123">call</a> <a href="#top">top</a>
      <a href="http://plain.example/">http</a> <a href="cid:logo">cid</a> <a name="top"></a>
      <a href="{{ later }}">leftover</a> <a href="https://x.example/{{id}}">leftover</a>
      <a data-knock-no-track href="https://optout.example/1">out</a>
      <a href="https://optout.example/2" data-knock-no-track="">out</a>
      <a href="https://list.example/unsubscribe?u=1">Unsubscribe</a>
      <a rel="nofollow unsubscribe" href="https://list.example/other">Unsubscribe</a>
      <img src="https://images.example/logo.png"><img usemap="#m" src="https://images.example/map.png">
      <map name=m><area shape=rect coords="0,0,1,1" href="https://area.example/"></map>
      <form action="https://form.example"></form>
      &nbsp;&copy; 2026 &#8212; <br/><unclosed-p><p>x<p>y
      </td></tr></table>
      </body>
      </html>
      """;

  private static String rewrite(String html, Rewritten rewritten) {
    return HtmlLinks.rewrite(html, rewritten.rewriting);
  }

  @Test
  void anchors_with_https_are_replaced_and_everything_else_is_kept_byte_for_byte() {
    var rewritten = new Rewritten("https://list.example/unsubscribe?u=1");
    String html = rewrite(MAIL, rewritten);
    assertThat(rewritten.targets)
        .containsExactly(
            "https://acme.example/mso?a=1&b=2",
            "https://acme.example/go?a=1&b=2",
            "https://unquoted.example/x",
            "https://area.example/");
    String expected =
        MAIL.replace("https://acme.example/mso?a=1&amp;b=2", "https://t/0")
            .replace("https://acme.example/go?a=1&amp;b=2", "https://t/1")
            .replace("https://unquoted.example/x", "https://t/2")
            .replace("https://area.example/", "https://t/3")
            .replace("<a data-knock-no-track href", "<a href")
            .replace(" data-knock-no-track=\"\"", "");
    assertThat(html).isEqualTo(expected);
  }

  @Test
  void conditional_comments_vml_and_mso_markup_survive() {
    String html = rewrite(MAIL, new Rewritten());
    for (String kept :
        List.of(
            "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings>",
            "<!--[if !mso]><!-->",
            "<!--<![endif]-->",
            "<w:anchorlock/><center>Go</center></v:roundrect><![endif]-->",
            "/* <a href=\"https://style.example\"> */")) {
      assertThat(html).contains(kept);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no links",
        "<p>a < b && c > d",
        "<a href=\"\">x</a>",
        "<a href>x</a>",
        "<a href='http://x.example'>x</a>",
        "<a>x</a>",
        "<base href=\"https://x.example\">",
        "<link href=\"https://x.example\" rel=stylesheet>",
        "<img src=\"https://x.example/i.png\">",
        "<script>var a = '<a href=\"https://x.example\">';</script>",
        "<textarea><a href=\"https://x.example\"></textarea>",
        "<!-- <a href=\"https://x.example\">x</a> -->",
        "<!--[if mso]><a href=\"https://x.example\">x</a>",
        "<a href=\"https://links.acme.example/l/x\">tracked already</a>",
        "<a href=\"https://LINKS.acme.example:443/l/x\">tracked already</a>",
        "<a href=\"java&#x73;cript:alert(1)\">x</a>",
        "<svg><a xlink:href=\"https://x.example\">x</a></svg>"
      })
  void a_document_without_links_to_track_is_the_same_text(String html) {
    var rewritten = new Rewritten();
    assertThat(rewrite(html, rewritten)).isEqualTo(html);
    assertThat(rewritten.targets).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a data-knock-no-track href=\"https://x.example\">x</a>",
        "<a href=\"https://x.example\" data-knock-no-track>x</a>",
        "<a href=\"https://x.example\" data-knock-no-track=\"\">x</a>",
        "<a href=\"https://x.example\" data-knock-no-track = 'true' >x</a>",
        "<a href=\"https://x.example\" DATA-KNOCK-NO-TRACK=true>x</a>",
        "<a data-knock-no-track\n href=\"https://x.example\">x</a>"
      })
  void an_opted_out_link_keeps_its_address_and_loses_the_attribute(String html) {
    var rewritten = new Rewritten();
    String after = rewrite(html, rewritten);
    assertThat(rewritten.targets).isEmpty();
    assertThat(after.toLowerCase(Locale.ROOT)).doesNotContain("knock");
    Element link = Jsoup.parse(after).selectFirst("a");
    assertThat(link.attr("href")).isEqualTo("https://x.example");
    assertThat(link.attributes().size()).isEqualTo(1);
    assertThat(link.text()).isEqualTo("x");
  }

  @Test
  void an_address_written_twice_in_one_tag_counts_as_browsers_count_it() {
    var rewritten = new Rewritten();
    String html = "<a href=\"https://first.example\" href=\"https://second.example\">x</a>";
    assertThat(Jsoup.parse(rewrite(html, rewritten)).selectFirst("a").attr("href"))
        .isEqualTo(rewritten.targets.isEmpty() ? "https://first.example" : "https://t/0");
    assertThat(rewritten.targets).isSubsetOf("https://first.example");
  }

  @Test
  void a_link_that_the_parser_builds_twice_is_tracked_once() {
    var rewritten = new Rewritten();
    String html = "<p><a href=\"https://x.example\">one<p>two</a><div>three</div>";
    assertThat(rewrite(html, rewritten))
        .isEqualTo(html.replace("https://x.example", "https://t/0"));
    assertThat(rewritten.targets).hasSize(1);
  }

  @Test
  void every_link_of_a_random_document_reaches_its_target_through_the_tracker() {
    var random = new Random(7);
    var keys = KeyRing.of(Tracking.key(1));
    var tokens = new LinkTokens(keys);
    List<String> pieces =
        List.of(
            "<p>",
            "</p>",
            "<b>",
            "</i>",
            "text & more ",
            "<!-- c -->",
            "\r\n",
            "😀",
            "&amp;",
            "<table><tr>",
            "</table>",
            "<td>",
            "<a href=\"https://a.example/?x=1&amp;y=2\">",
            "</a>",
            "<a href='https://b.example/ü'>",
            "<a href=https://c.example>",
            "<a href=\"http://d\">",
            "<div style=\"x:'y'\">",
            "<!--[if mso]>",
            "<![endif]-->",
            "\u0000",
            "<",
            ">",
            "\"");
    for (int round = 0; round < 2_000; round++) {
      var html = new StringBuilder();
      int length = random.nextInt(30);
      for (int i = 0; i < length; i++) {
        html.append(pieces.get(random.nextInt(pieces.size())));
      }
      var links =
          new StandardLinks(tokens, Tracking.DOMAINS, Tracking.ENVIRONMENT, Tracking.MESSAGE);
      String before = html.toString();
      String after =
          HtmlLinks.rewrite(before, new LinkRewriting(links, Tracking.DOMAINS, List.of()));
      List<String> was = addresses(before);
      List<String> is = addresses(after);
      assertThat(is).as(before).hasSameSizeAs(was);
      for (int i = 0; i < was.size(); i++) {
        assertThat(target(is.get(i), tokens)).as(before).isIn(was.get(i), encoded(was.get(i)));
      }
    }
  }

  private static String encoded(String url) {
    return url.replace("ü", "%C3%BC");
  }

  private static List<String> addresses(String html) {
    return Jsoup.parse(html).select("a[href]").eachAttr("href");
  }

  private static String target(String address, LinkTokens tokens) {
    String start = "https://links.acme.example";
    return address.startsWith(start)
            && TrackingPaths.read(address.substring(start.length()))
                instanceof TrackingPaths.Asked.Standard(var token, var _)
            && tokens.open(token).orElseThrow() instanceof TrackedLink link
        ? link.target().value()
        : address;
  }
}
