package dev.carillon.template.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  private static String text(String html) {
    return PlainText.of(Jsoup.parse(html).body());
  }

  @Test
  void paragraphs_and_headings_stand_apart_and_blanks_fall_together() {
    assertThat(text("<h1>Hi\n  there</h1><p>One <b>two</b>&nbsp;three</p><p>Four<br>five</p>"))
        .isEqualTo("Hi there\n\nOne two three\n\nFour\nfive");
    assertThat(text("<div>a</div><div>b</div> <div>c <span>d</span></div>")).isEqualTo("a\nb\nc d");
  }

  @Test
  void links_show_their_address_once() {
    assertThat(text("<p><a href=\"https://x.test/a?b=1&amp;c=2\">Open it</a> now</p>"))
        .isEqualTo("Open it (https://x.test/a?b=1&c=2) now");
    assertThat(text("<a href=\"https://x.test\">https://x.test</a>")).isEqualTo("https://x.test");
    assertThat(text("<a href=\"mailto:a@b.c\">a@b.c</a>")).isEqualTo("a@b.c");
    assertThat(text("<a href=\"https://x.test\"><img src=\"i.png\"></a>"))
        .isEqualTo("https://x.test");
    assertThat(text("<a href=\"https://x.test\"><img src=\"i.png\" alt=\"Logo\"></a>"))
        .isEqualTo("Logo (https://x.test)");
    assertThat(text("<a href=\"#top\">top</a>")).isEqualTo("top");
  }

  @Test
  void lists_are_marked_and_numbered_and_nested() {
    assertThat(
            text(
                "<p>a</p><ul><li>one</li><li><p>two</p><ol><li>x</li><li>y</li></ol></li></ul><p>b</p>"))
        .isEqualTo("a\n\n- one\n- two\n\n  1. x\n  2. y\n\nb");
  }

  @Test
  void a_data_table_is_read_row_by_row_and_a_layout_table_as_text() {
    assertThat(
            text(
                "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td>3"
                    + " €</td></tr></table>"))
        .isEqualTo("Item | Price\nTea | 3 €");
    assertThat(text("<table><tr><td><p>One</p><p>Two</p></td></tr><tr><td>Three</td></tr></table>"))
        .isEqualTo("One\n\nTwo\nThree");
  }

  @Test
  void what_is_hidden_stays_out() {
    assertThat(
            text(
                "<style>p{}</style><script>x()</script><div style=\"display: none\">pre</div><p"
                    + " hidden>h</p><p>shown</p>"))
        .isEqualTo("shown");
  }

  @Test
  void quotes_rules_and_code_keep_their_shape() {
    assertThat(text("<blockquote><p>a</p><p>b</p></blockquote><hr><pre>x\n  y</pre>"))
        .isEqualTo("> a\n>\n> b\n\n---\n\nx\n  y");
  }

  @Test
  void long_lists_and_deep_quotes_stay_cheap() {
    assertThat(text("<ol>" + "<li>x".repeat(50_000) + "</ol>")).endsWith("\n50000. x");
    assertThat(text("<blockquote>".repeat(300) + "x" + "<br>y".repeat(10_000)).length())
        .isLessThan(500_000);
  }
}
