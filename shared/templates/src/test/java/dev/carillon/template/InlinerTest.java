package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.bare;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                + "a:hover { k: w !important; }\n"
                + "a::before { k: w }\n"
                + "@media (max-width: 9px) { a { k: x !important; } b { k: y } }\n"
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

  /** What is left in the style sheet. */
  private static String rest(String css, String html) {
    String out = inlined(css, html);
    return out.startsWith("<style>") ? out.substring(7, out.indexOf("</style>")).strip() : "";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a[x-apple-data-detectors] { color: inherit !important }",
        "[data-ogsc] .a { k: v }",
        ".ExternalClass { width: 100% }",
        ".ExternalClass p { k: v }",
        "#outlook a { padding: 0 }",
        "u + .body .g { k: v }",
        "#MessageViewBody a { k: v }",
        "div[style*=\"margin: 16px 0\"] { margin: 0 !important }",
        ".gmail-fix { display: none }",
        "a[href^=\"tel\"] { k: v }",
        "img + div { k: v }",
        "span.MsoHyperlink { k: v }",
      })
  void rules_for_what_mail_clients_add_are_kept(String rule) {
    assertThat(rest(rule, "<p class=\"a body\">x</p>")).isEqualTo(rule);
  }

  @Test
  void rules_for_what_neither_document_nor_clients_have_go() {
    assertThat(rest("h1 { k: v } p > blockquote { k: v } .a h2 { k: v }", "<p class=\"a\">x</p>"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p { k: v } p:hover { k: w }                       | p:hover { k: w !important; }
          p { k: v } p:nth-child(1) { k: w }                | p:nth-child(1) { k: w !important; }
          p { k: v } p:not(.b) { k: w }                     | p:not(.b) { k: w !important; }
          p { k: v } @media print { p { k: w } }            | @media print { p { k: w !important; } }
          p { k: v } p:hover { j: w }                       | p:hover { j: w }
          #i { k: v } p:hover { k: w }                      | p:hover { k: w }
          p { k-l: v } p:hover { k: w }                     | p:hover { k: w !important; }
          p { border-left: 0 } p:hover { border-color: red } | p:hover { border-color: red !important; }
          p { font: serif } p:hover { line-height: 2 }      | p:hover { line-height: 2 !important; }
          p { k: v !important } p:hover { k: w }            | p:hover { k: w }
          p:hover { k: w } p { k: v }                       | p:hover { k: w !important; }
          @media print { p { k: w } } p { k: v }            | @media print { p { k: w } }
          """)
  void what_stays_wins_and_loses_as_it_did(String css, String rest) {
    assertThat(rest(css, "<p id=\"i\" class=\"a\">x</p>")).isEqualTo(rest);
  }

  @Test
  void what_has_to_beat_an_important_rule_that_stays_becomes_important() {
    assertThat(
            inlined(
                "p { k: v } #i { k: u !important } @media print { p { k: w !important } }",
                "<p id=\"i\">x</p><p>y</p>"))
        .contains("<p id=\"i\" style=\"k: u !important;\">x</p><p style=\"k: v;\">y</p>");
  }

  @Test
  void an_own_style_still_beats_a_state_that_beats_a_rule_elsewhere() {
    assertThat(inlined("p { k: v } p:hover { k: w }", "<p>x</p><p style=\"k: o\">y</p>"))
        .isEqualTo(
            "<style>p:hover { k: w !important; }\n</style>"
                + "<p style=\"k: v;\">x</p><p style=\"k: o !important;\">y</p>");
  }

  @Test
  void a_property_whose_outcome_cannot_be_kept_otherwise_stays_in_the_style_sheet() {
    String css = "p { k: v } p:hover { k: w } #i { k: u } #i:hover { k: t }";
    assertThat(inlined(css, "<p id=\"i\">x</p><p>y</p>"))
        .isEqualTo(
            "<style>p { k: v; }\np:hover { k: w }\n#i { k: u; }\n#i:hover { k: t }\n</style>"
                + "<p id=\"i\">x</p><p>y</p>");
  }

  @Test
  void a_value_that_not_every_client_knows_keeps_what_stands_in_for_it() {
    assertThat(
            inlined("p { background: #369; background: linear-gradient(red, blue) }", "<p>x</p>"))
        .contains("style=\"background: #369; background: linear-gradient(red, blue);\"");
    assertThat(inlined("p { width: 10px } .a { width: calc(1px + 1em) }", "<p class=\"a\">x</p>"))
        .contains("style=\"width: 10px; width: calc(1px + 1em);\"");
    assertThat(inlined("p { height: 10px } .a { height: 2rem }", "<p class=\"a\">x</p>"))
        .contains("style=\"height: 10px; height: 2rem;\"");
    assertThat(inlined("p { display: -webkit-box; display: flex }", "<p>x</p>"))
        .contains("style=\"display: -webkit-box; display: flex;\"");
  }

  @Test
  void custom_properties_keep_their_case() {
    assertThat(inlined("p { --Brand-Color: Red; COLOR: var(--Brand-Color) }", "<p>x</p>"))
        .contains("style=\"--Brand-Color: Red; color: var(--Brand-Color);\"");
  }

  @Test
  void imports_stay_first_whatever_stands_before_them() {
    assertThat(
            bare("<style>p:hover { k: v }</style><style>@import url(a.css);</style><p>x</p>")
                .html())
        .startsWith("<style>@import url(a.css);\np:hover { k: v }");
    assertThat(rest("@charset \"x\"; @font-face { k: v } @import \"a\";", "<p>x</p>"))
        .isEqualTo("@import \"a\";\n@font-face { k: v }");
  }

  @Test
  void names_with_escapes_are_matched_as_they_are_meant() {
    assertThat(inlined(".w\\:1 { k: v } .w\\:1:hover { k: w }", "<p class=\"w:1\">x</p>"))
        .isEqualTo(
            "<style>.w\\:1:hover { k: w !important; }\n</style>"
                + "<p class=\"w:1\" style=\"k: v;\">x</p>");
  }

  @Test
  void classes_and_values_are_compared_with_their_case() {
    String html = "<p class=\"Note\" data-x=\"One\" align=\"LEFT\">x</p>";
    assertThat(inlined(".note { k: v }", html)).doesNotContain("style=");
    assertThat(inlined("[data-x=one] { k: v }", html)).doesNotContain("style=");
    assertThat(inlined("[align=left] { k: v }", html)).contains("style=\"k: v;\"");
    assertThat(inlined("[data-x|=One] { k: v }", html)).contains("style=\"k: v;\"");
  }

  @Test
  void a_style_sheet_for_some_screens_becomes_a_media_query() {
    assertThat(
            bare("<style>b { k: v }</style><style media=\"(max-width: 9px)\">b { k: w }</style>"
                    + "<b>x</b>")
                .html())
        .isEqualTo(
            "<style>@media (max-width: 9px) { b { k: w !important; } }\n</style>"
                + "<b style=\"k: v;\">x</b>");
  }

  @Test
  void a_rule_of_which_a_browser_knows_one_selector_only_stays_whole() {
    assertThat(inlined("p, p:-moz-hm { k: v }", "<p>x</p>"))
        .isEqualTo("<style>p, p:-moz-hm { k: v }\n</style><p>x</p>");
  }

  @Test
  void what_is_left_over_before_a_selector_spoils_its_rule_as_in_a_browser() {
    assertThat(inlined("p { k: v }; b { k: v } i { k: v }", "<p>x</p><b>y</b><i>z</i>"))
        .isEqualTo(
            "<style>; b { k: v }\n</style>"
                + "<p style=\"k: v;\">x</p><b>y</b><i style=\"k: v;\">z</i>");
  }
}
