package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.NAME;
import static dev.carillon.template.GivenTemplates.content;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.none;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.ready;
import static dev.carillon.template.GivenTemplates.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.template.render.TemplateProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedTemplateTest {

  private static Json.Arr blocks(Json.Obj template, Object... variables) {
    return content(ready(none().feed(template)).render(scope(variables)));
  }

  private static String html(String markdown, Object... variables) {
    var body = (Json.Obj) blocks(object("markdown_body", markdown), variables).items().getFirst();
    return body.text("rendered").orElseThrow();
  }

  @Test
  void a_standard_item_has_a_body_and_an_address() {
    assertThat(
            blocks(
                object(
                    "markdown_body", "**{{actor.name}}** wrote",
                    "action_url", "https://x.test/{{id}}?a=1&b={{n}}"),
                "actor",
                object("name", NAME),
                "id",
                "7",
                "n",
                "O'B"))
        .isEqualTo(
            Json.array(
                list(
                    object(
                        "type", "markdown",
                        "name", "body",
                        "content", "**{{actor.name}}** wrote",
                        "rendered",
                            "<p><strong>O'Brien &amp; &quot;Söhne&quot;</strong> wrote</p>"),
                    object(
                        "type", "text",
                        "name", "action_url",
                        "content", "https://x.test/{{id}}?a=1&b={{n}}",
                        "rendered", "https://x.test/7?a=1&b=O'B"))));
  }

  @Test
  void two_actions_are_a_primary_and_a_secondary_button() {
    var blocks =
        blocks(
            object(
                "markdown_body",
                "x",
                "action_buttons",
                list(
                    object("label", "Yes, {{n}}", "action", "https://x.test/yes"),
                    object("label", "No", "action", "https://x.test/no"))),
            "n",
            NAME);
    assertThat(blocks.items().get(1))
        .isEqualTo(
            object(
                "type", "button_set",
                "name", "actions",
                "buttons",
                    list(
                        object(
                            "name",
                            "primary",
                            "label",
                            "Yes, " + NAME,
                            "action",
                            "https://x.test/yes"),
                        object(
                            "name", "secondary", "label", "No", "action", "https://x.test/no"))));
  }

  @Test
  void a_value_shows_as_text_whatever_it_holds() {
    assertThat(html("Hi {{n}}", "n", "<script>alert(1)</script>"))
        .isEqualTo("<p>Hi &lt;script&gt;alert(1)&lt;/script&gt;</p>");
    assertThat(html("{{n}}", "n", "# *not* [a link](https://evil.test) `x` _y_"))
        .isEqualTo("<p># *not* [a link](https://evil.test) `x` _y_</p>");
    assertThat(html("{{n}}", "n", "1. one\n- two\n> three\n==="))
        .isEqualTo("<p>1. one\n- two\n&gt; three\n===</p>");
    assertThat(html("`{{n}}`", "n", "a`b & <c>"))
        .isEqualTo("<p><code>a`b &amp; &lt;c&gt;</code></p>");
    assertThat(html("**{{n}}**", "n", "end!")).isEqualTo("<p><strong>end!</strong></p>");
    assertThat(html("{{n}}", "n", "&lt;b&gt; \ufdd0")).isEqualTo("<p>&amp;lt;b&amp;gt; \ufffd</p>");
  }

  @Test
  void three_braces_let_markdown_through_and_html_that_does_nothing() {
    assertThat(html("{{{n}}}", "n", "*em* <img src=x onerror=alert(1)>"))
        .isEqualTo("<p><em>em</em> <img src=\"x\"></p>");
    assertThat(html("<b onclick=x>hi</b>")).isEqualTo("<p><b>hi</b></p>");
    assertThat(html("<div>\nblock\n</div>")).isEqualTo("<div>\nblock\n</div>");
  }

  @Test
  void links_go_to_the_web_to_mail_or_stay_relative() {
    assertThat(html("[a]({{u}})", "u", "https://x.test/(a)?b=c&d=e"))
        .isEqualTo("<p><a href=\"https://x.test/(a)?b=c&amp;d=e\">a</a></p>");
    assertThat(html("[a](/path) [b](mailto:a@b.c)"))
        .isEqualTo("<p><a href=\"/path\">a</a> <a href=\"mailto:a@b.c\">b</a></p>");
  }

  @Test
  void links_that_would_run_lose_their_address() {
    for (String url :
        new String[] {
          "javascript:alert(1)",
          "JaVaScRiPt:alert(1)",
          " javascript:alert(1)",
          "java\tscript:alert(1)",
          "java\nscript:alert(1)",
          "\u0001javascript:alert(1)",
          "vbscript:x",
          "data:text/html,x",
          "file:///etc/passwd"
        }) {
      assertThat(html("[go]({{u}})", "u", url)).as(url).doesNotContain("href");
      assertThat(html("[go](<{{{u}}}>)", "u", url)).as(url).doesNotContain("href");
      assertThat(html("![go](<{{{u}}}>)", "u", url)).as(url).doesNotContain("src");
    }
    assertThat(html("[go](javascript&#58;alert(1))")).isEqualTo("<p>go</p>");
    assertThat(html("<javascript:alert(1)>")).doesNotContain("href");
    assertThat(html("[go][1]\n\n[1]: javascript:alert(1)")).isEqualTo("<p>go</p>");
  }

  @Test
  void an_action_that_would_run_is_empty() {
    var blocks =
        blocks(object("markdown_body", "x", "action_url", "{{u}}"), "u", " javascript:alert(1)");
    assertThat(((Json.Obj) blocks.items().get(1)).text("rendered")).hasValue("");
  }

  @Test
  void markdown_that_nests_without_end_is_rendered_or_refused_but_does_no_harm() {
    for (String deep : new String[] {">", "- ", "*", "[", "![", "(", "`", "<", "&"}) {
      var template = ready(none().feed(object("markdown_body", "{{{n}}}")));
      assertThat(template.render(scope("n", deep.repeat(50_000)))).isNotNull();
    }
  }

  @Test
  void what_is_missing_or_wrong_is_named() {
    assertThat(none().feed(object()).problems())
        .containsExactly(new TemplateProblem("markdown_body", 0, 0, "it is missing"));
    assertThat(
            none()
                .feed(
                    object(
                        "markdown_body", "x", "action_buttons", list(object("label", "{{#if}}"))))
                .problems())
        .extracting(TemplateProblem::field)
        .contains("action_buttons[0].label", "action_buttons[0].action");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          **{{v}}**|Ada |<p><strong>Ada </strong></p>
          **{{v}}**| Ada|<p><strong> Ada</strong></p>
          **{{v}}**さん|「太郎」|<p><strong>「太郎」</strong>さん</p>
          と**{{v}}**|「太郎」|<p>と<strong>「太郎」</strong></p>
          *{{v}}*x|¿Qué?|<p><em>¿Qué?</em>x</p>
          **{{v}}**,|Ada!|<p><strong>Ada!</strong>,</p>
          [x]({{v}})|https://x.test/a b|<p><a href="https://x.test/a%20b">x</a></p>
          [x]({{v}} "t")|/a b c|<p><a href="/a%20b%20c" title="t">x</a></p>
          ![x]({{v}})|https://x.test/a b.png|<p><img src="https://x.test/a%20b.png" alt="x" /></p>
          {{v}}|    four|<p>    four</p>
          `{{v}}`| a  b |<p><code> a  b </code></p>
          {{v}}. x|1|<ol>
          {{v}}|a |<p>a </p>
          """)
  void values_do_not_undo_the_markdown_around_them(String source, String v, String html) {
    assertThat(html(source, "v", v)).startsWith(html);
  }

  @Test
  void a_value_of_several_paragraphs_stays_where_it_was_put() {
    String v = "one\r\ntwo\n\nthree\n\n\nfour";
    assertThat(html("> {{v}} end", "v", v))
        .isEqualTo("<blockquote>\n<p>one\ntwo</p>\n<p>three</p>\n<p>four end</p>\n</blockquote>");
    assertThat(html("# {{v}}", "v", "one\n\ntwo")).isEqualTo("<h1>one<br />\n<br />\ntwo</h1>");
    assertThat(html("- {{v}}\n- x", "v", "one\n\ntwo"))
        .isEqualTo("<ul>\n<li>one<br />\n<br />\ntwo</li>\n<li>x</li>\n</ul>");
    assertThat(html("**{{v}}**", "v", "one\n\ntwo"))
        .isEqualTo("<p><strong>one<br />\n<br />\ntwo</strong></p>");
    assertThat(html("{{v}} *x*", "v", "a\n\nb")).isEqualTo("<p>a</p>\n<p>b <em>x</em></p>");
    assertThat(html("```\n{{v}}\n```", "v", "a\n\n```\nb"))
        .isEqualTo("<pre><code>a\n\n```\nb\n</code></pre>");
    assertThat(html("{{v}}", "v", "\n\n")).isEqualTo("<p></p>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <blockquote>{{v}}</blockquote>             | <blockquote>&lt;b&gt; &amp; "q"</blockquote>
          a <u>{{v}}</u>                             | <p>a <u>&lt;b&gt; &amp; "q"</u></p>
          <a href="https://x.test" title="{{v}}">a</a> | <p><a href="https://x.test" title="&lt;b&gt; &amp; &quot;q&quot;">a</a></p>
          <a href="javascript:alert(1)">a</a>        | <p><a>a</a></p>
          <a href="java&#115;cript:alert(1)">a</a>   | <p><a>a</a></p>
          <script>alert(1)</script>                  | ``
          <b style="position:fixed" onclick="x">a</b> | <p><b>a</b></p>
          <iframe src="https://x.test"></iframe>     | ``
          <svg><a xlink:href="javascript:x">a</a></svg> | <p><a>a</a></p>
          <form action="/x"><input name=a></form>    | ``
          <!-- c -->                                 | ``
          1 < 2 & 3 > 2                              | <p>1 &lt; 2 &amp; 3 &gt; 2</p>
          """,
      quoteCharacter = '`')
  void html_in_markdown_shows_and_does_nothing(String source, String html) {
    assertThat(html(source, "v", "<b> & \"q\"")).isEqualTo(html);
  }

  @Test
  void tables_and_bare_links_work() {
    assertThat(html("| a | b |\n|---|--:|\n| {{v}} | 2 |", "v", "x | y"))
        .contains("<table>", "<th>a</th>", "<td>x | y</td>", "<td align=\"right\">2</td>");
    assertThat(html("See https://x.test/{{v}}, please", "v", "7"))
        .isEqualTo("<p>See <a href=\"https://x.test/7\">https://x.test/7</a>, please</p>");
    assertThat(html("ask help@x.test"))
        .isEqualTo("<p>ask <a href=\"mailto:help@x.test\">help@x.test</a></p>");
    assertThat(html("{{v}}", "v", "https://x.test")).isEqualTo("<p>https://x.test</p>");
  }
}
