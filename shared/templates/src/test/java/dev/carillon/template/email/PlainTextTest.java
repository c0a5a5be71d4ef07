package dev.carillon.template.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "display:none",
        "visibility: hidden",
        "mso-hide:all",
        "max-height: 0",
        "max-height:0px; overflow:hidden",
        "color: red; opacity: 0;",
        "font-size:0 !important",
      })
  void what_a_style_keeps_out_of_sight_stays_out(String style) {
    assertThat(text("<div style=\"" + style + "\">pre</div>shown")).isEqualTo("shown");
  }

  @Test
  void what_has_a_size_of_its_own_shows_in_a_section_without_any() {
    String section =
        "<table><tr><td style=\"padding:0;font-size:0px;\"><div style=\"font-size:0px\">"
            + "<p style=\"font-size:13px;color:#000\">Hello</p></div></td></tr></table>";
    assertThat(text(section)).isEqualTo("Hello");
    assertThat(text("<div style=\"display:none\"><p style=\"font-size:13px\">pre</p></div>shown"))
        .isEqualTo("shown");
    assertThat(text("<div style=\"font-size:0\"><p style=\"font-size:0px\">pre</p></div>shown"))
        .isEqualTo("shown");
  }

  @Test
  void what_is_merely_small_or_bounded_shows() {
    assertThat(text("<p style=\"font-size: 0.9em; opacity: 0.5; max-height: 09px\">a</p>"))
        .isEqualTo("a");
    assertThat(text("<p style=\"line-max-height: 0\">a</p>")).isEqualTo("a");
  }

  @Test
  void cells_keep_the_place_of_their_column_where_others_are_empty() {
    assertThat(
            text(
                "<table><tr><th>Item</th><th>Size</th><th>Price</th></tr>"
                    + "<tr><td>Tea</td><td></td><td>3</td></tr>"
                    + "<tr><td>Mug</td><td>L</td><td></td></tr>"
                    + "<tr><td colspan=2>Total</td><td>9</td></tr></table>"))
        .isEqualTo("Item | Size | Price\nTea |  | 3\nMug | L\nTotal |  | 9");
  }

  @Test
  void columns_that_only_keep_a_distance_have_no_place() {
    assertThat(
            text(
                "<table><tr><td>&nbsp;</td><td>Left</td><td width=20></td><td>Right</td></tr>"
                    + "<tr><td></td><td>l</td><td></td><td>r</td></tr></table>"))
        .isEqualTo("Left | Right\nl | r");
  }

  @Test
  void a_row_with_headings_is_one_line_whatever_its_cells_hold() {
    assertThat(
            text(
                "<table><tr><th>Item</th><th>Price</th></tr>"
                    + "<tr><td><p>Tea</p><p>loose</p></td><td>3</td></tr></table>"))
        .isEqualTo("Item | Price\nTea loose | 3");
  }

  @Test
  void columns_keep_their_place_beside_a_cell_that_reaches_down() {
    assertThat(
            text(
                "<table><tr><th>Order</th><th>Item</th><th>Price</th></tr>"
                    + "<tr><td rowspan=2>F-1</td><td>Tea</td><td>3</td></tr>"
                    + "<tr><td>Mug</td><td>9</td></tr>"
                    + "<tr><td>F-2</td><td rowspan=0>Cup</td><td>4</td></tr></table>"))
        .isEqualTo("Order | Item | Price\nF-1 | Tea | 3\n| Mug | 9\nF-2 | Cup | 4");
    assertThat(
            text(
                "<table><tr><td>a</td><td rowspan=3 colspan=2>b</td><td>c</td></tr>"
                    + "<tr><td>d</td><td>e</td></tr><tr><td>f</td><td>g</td></tr></table>"))
        .isEqualTo("a | b | c\nd |  | e\nf |  | g");
  }

  @Test
  void a_table_in_a_table_keeps_its_own_columns() {
    assertThat(
            text(
                "<table><tr><td><table><tr><td>a</td><td></td><td>b</td></tr>"
                    + "<tr><td></td><td>c</td><td>d</td></tr></table></td></tr></table>"))
        .isEqualTo("a |  | b\n| c | d");
  }

  @Test
  void links_and_pictures_side_by_side_are_words_of_their_own() {
    assertThat(text("<a href=\"https://a.test\">One</a><a href=\"https://b.test\">Two</a>"))
        .isEqualTo("One (https://a.test) Two (https://b.test)");
    assertThat(text("<a href=\"#a\">One</a><a href=\"#b\">Two</a>")).isEqualTo("One Two");
    assertThat(text("<img alt=\"A\"><img alt=\"B\">")).isEqualTo("A B");
    assertThat(text("<a href=\"https://a.test\">One</a>, <b>x</b>"))
        .isEqualTo("One (https://a.test), x");
    assertThat(text("<a href=\"https://a.test\">One</a>more"))
        .isEqualTo("One (https://a.test) more");
    assertThat(text("<a href=\"https://a.test\">One</a>.")).isEqualTo("One (https://a.test).");
    assertThat(text("<a href=\"#a\">One</a><i>s</i>")).isEqualTo("Ones");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <ol start=5><li>a<li>b</ol>               | 5. a,6. b
          <ol reversed><li>a<li>b</ol>              | 2. a,1. b
          <ol reversed start=9><li>a<li>b</ol>      | 9. a,8. b
          <ol><li>a<li value=7>b<li>c</ol>          | 1. a,7. b,8. c
          <ol start=-1><li>a<li>b<li>c</ol>         | -1. a,0. b,1. c
          <ol start=x><li>a</ol>                    | 1. a
          <ul><li value=3>a</ul>                    | - a
          <ol start=99999999999><li>a</ol>          | 1. a
          """)
  void lists_count_as_they_say(String html, String lines) {
    assertThat(text(html)).isEqualTo(lines.replace(',', '\n'));
  }
}
