package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.bare;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InlinerTest {

  private static String inlined(String css, String html) {
    return bare("<style>" + css + "</style>" + html).html();
  }

  @Test
  void rules_become_style_attributes() {
    assertThat(inlined("p, .a { color: red; margin: 0 }", "<p>x</p><i class=\"a\">y</i>"))
        .isEqualTo(
            "<p style=\"color: red; margin: 0;\">x</p><i class=\"a\" style=\"color: red; margin:"
                + " 0;\">y</i>");
  }

  @Test
  void the_more_specific_rule_wins_and_then_the_later_one() {
    assertThat(
            inlined(
                "#i { color: a } .c { color: b } p { color: c }", "<p id=\"i\" class=\"c\">x</p>"))
        .contains("style=\"color: a;\"");
    assertThat(inlined("p { color: a } p { color: b }", "<p>x</p>")).contains("color: b;\"");
    assertThat(inlined("p.c { color: a } .c { color: b }", "<p class=\"c\">x</p>"))
        .contains("color: a;\"");
  }

  @Test
  void a_style_of_its_own_beats_rules_unless_these_are_important() {
    assertThat(
            inlined("p { color: a; top: 1px !important }", "<p style=\"color: b; top: 2px\">x</p>"))
        .contains("style=\"color: b; top: 1px;\"");
    assertThat(inlined("p { color: a !important }", "<p style=\"color: b !important\">x</p>"))
        .contains("style=\"color: b !important;\"");
    assertThat(inlined("p { color: a !important } #i { color: b }", "<p id=\"i\">x</p>"))
        .contains("style=\"color: a;\"");
  }

  @Test
  void a_short_form_does_not_undo_what_follows_it() {
    assertThat(inlined("p { margin-top: 1px } p { margin: 2px } p { margin-top: 3px }", "<p>x</p>"))
        .contains("style=\"margin: 2px; margin-top: 3px;\"");
  }

  @Test
  void combinators_and_attributes_are_understood() {
    String html =
        "<div class=\"a b\"><p>1</p><p data-x=\"one two\">2</p><span><p>3</p></span></div>";
    assertThat(inlined("div.a.b > p + p { k: v }", html))
        .contains("<p data-x=\"one two\" style=\"k: v;\">2</p>");
    assertThat(inlined(".a span p { k: v }", html)).contains("<p style=\"k: v;\">3</p>");
    assertThat(inlined("p ~ span { k: v }", html)).contains("<span style=\"k: v;\">");
    assertThat(inlined("[data-x~=two] { k: v }", html)).contains("style=\"k: v;\">2</p>");
    assertThat(inlined("p[data-x^=\"one\"] { k: v }", html)).contains("style=\"k: v;\">2</p>");
    assertThat(inlined("div > p:first-child { k: v }", html))
        .contains("<p style=\"k: v;\">1</p><p data-x=\"one two\">2</p>");
    assertThat(inlined("* { k: v }", "<b>x</b>")).isEqualTo("<b style=\"k: v;\">x</b>");
  }

  @Test
  void media_queries_and_states_stay_in_a_style_sheet() {
    assertThat(
            inlined(
                "/* x */ @import url(\"a;b.css\"); a { k: v } a:hover, a::before { k: w } @media"
                    + " (max-width: 9px) { a { k: x } b { k: y } } @font-face { font-family: z }",
                "<a>x</a>"))
        .isEqualTo(
            "<style>@import url(\"a;b.css\");\n"
                + "a:hover, a::before { k: w }\n"
                + "@media (max-width: 9px) { a { k: x } b { k: y } }\n"
                + "@font-face { font-family: z }\n"
                + "</style><a style=\"k: v;\">x</a>");
  }

  @Test
  void a_style_sheet_for_print_stays_as_it_is() {
    assertThat(bare("<b>x</b><style media=\"print\">b { k: v }</style>").html())
        .isEqualTo("<b>x</b><style media=\"print\">b { k: v }</style>");
  }

  @Test
  void values_with_quotes_semicolons_and_braces_are_whole() {
    assertThat(
            inlined("p { background: url(\"data:a;b{c}\"); font-family: \"A B\", c }", "<p>x</p>"))
        .contains("background: url(&quot;data:a;b{c}&quot;); font-family: &quot;A B&quot;, c;");
  }

  @Test
  void broken_css_does_no_harm() {
    for (String css :
        new String[] {
          "p {",
          "}",
          "p { color",
          "@media {",
          "p { : x; y: ; z }",
          "/* open",
          "\"",
          "<!-- p { k: v } -->",
          "p >> b { k: v }",
          "[ { k: v }",
          "p[ { k: v }",
          ", { k: v }",
          "\\",
          "@"
        }) {
      assertThat(inlined(css, "<p>x</p>")).as(css).contains("x</p>");
    }
    assertThat(inlined("<!-- p { k: v } -->", "<p>x</p>")).isEqualTo("<p style=\"k: v;\">x</p>");
  }
}
