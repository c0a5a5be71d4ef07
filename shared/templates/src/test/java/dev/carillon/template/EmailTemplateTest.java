package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.NAME;
import static dev.carillon.template.GivenTemplates.bare;
import static dev.carillon.template.GivenTemplates.email;
import static dev.carillon.template.GivenTemplates.failure;
import static dev.carillon.template.GivenTemplates.library;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.none;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.ready;
import static dev.carillon.template.GivenTemplates.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.template.render.TemplateProblem;
import java.util.Collections;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class EmailTemplateTest {
  private static final Json.Obj NO_LAYOUT = object("layout_key", null);

  private static Templates layouts(String html, String text) {
    return library(
        object(
            "plain",
            object(
                "html_layout", html,
                "text_layout", text,
                "footer_links",
                    list(object("text", "Tom & Jerry", "url", "https://x.test/?a=1&b=2")))),
        Json.Obj.EMPTY);
  }

  @Test
  void a_name_with_quotes_arrives_intact_in_subject_html_and_text() {
    var email =
        email(
            none(),
            object("subject", "Hi {{n}}", "html_body", "<p title=\"{{n}}\">Hi {{n}}</p>"),
            scope("n", NAME));
    assertThat(email.subject()).isEqualTo("Hi " + NAME);
    var paragraph = Jsoup.parse(email.html()).selectFirst("p");
    assertThat(paragraph.text()).isEqualTo("Hi " + NAME);
    assertThat(paragraph.attr("title")).isEqualTo(NAME);
    assertThat(email.text()).isEqualTo("Hi " + NAME + "\n");
  }

  @Test
  void a_text_body_is_taken_as_it_is() {
    var template =
        object(
            "subject",
            "s",
            "html_body",
            "<p>x</p>",
            "text_body",
            "Hi {{n}}",
            "settings",
            NO_LAYOUT);
    assertThat(email(none(), template, scope("n", NAME)).text()).isEqualTo("Hi " + NAME);
  }

  @Test
  void a_subject_is_one_line_without_control_characters() {
    var template = object("subject", " a{{n}}b\n", "html_body", "x", "settings", NO_LAYOUT);
    assertThat(email(none(), template, scope("n", "\r\nBcc: x@y.z\u0000\u2028")).subject())
        .isEqualTo("a Bcc: x@y.z b");
  }

  @Test
  void values_cannot_open_elements_or_attributes() {
    var email =
        bare(
            "<p title=\"{{v}}\" class={{v}}>{{v}}</p>",
            "v",
            "\"><script>alert(1)</script><a onclick=x x='");
    var body = Jsoup.parse(email.html()).body();
    assertThat(body.getAllElements()).extracting(e -> e.normalName()).containsExactly("body", "p");
    assertThat(body.selectFirst("p").hasAttr("onclick")).isFalse();
  }

  @Test
  void addresses_that_would_run_are_taken_away() {
    assertThat(bare("<a href=\"{{u}}\">x</a>", "u", "javascript:alert(1)").html())
        .isEqualTo("<a>x</a>");
    assertThat(bare("<img src=\"data:image/png;base64,AA\">").html()).contains("data:image");
    assertThat(bare("<a href=\"myapp://open\">x</a>").html()).contains("myapp://open");
  }

  @Test
  void a_layout_stands_around_the_content() {
    var templates =
        layouts(
            "<html><head><style>p { color: red"
                + " }</style></head><body><i>{{recipient.name}}</i>{{content}}{{#each"
                + " footer_links}}<a href=\"{{url}}\">{{text}}</a>{{/each}}</body></html>",
            "{{content}}\n--\n{{#each footer_links}}{{text}} {{url}}{{/each}}");
    var email =
        email(
            templates,
            object(
                "subject", "s",
                "html_body", "<p>Hi {{recipient.name}}</p>",
                "settings", object("layout_key", "plain")),
            scope("recipient", object("name", NAME)));
    assertThat(email.html())
        .isEqualTo(
            "<html><head></head><body><i>O'Brien &amp; \"Söhne\"</i><p style=\"color: red;\">Hi"
                + " O'Brien &amp; \"Söhne\"</p><a href=\"https://x.test/?a=1&amp;b=2\">Tom &amp;"
                + " Jerry</a></body></html>");
    assertThat(email.text())
        .isEqualTo("Hi " + NAME + "\n--\nTom & Jerry https://x.test/?a=1&b=2\n");
  }

  @Test
  void without_a_layout_the_body_stays_bare() {
    assertThat(bare("<p>x</p>").html()).isEqualTo("<p>x</p>");
    assertThat(bare("<html><head></head><body>x</body></html>").html())
        .isEqualTo("<html><head></head><body>x</body></html>");
  }

  @Test
  void when_nothing_is_said_the_default_layout_is_used() {
    var email = email(none(), object("subject", "s", "html_body", "<p>x</p>"), scope());
    assertThat(email.html())
        .startsWith("<!doctype html>")
        .contains("<p style=\"margin: 0 0 16px;\">x</p>");
    assertThat(email.html()).contains("@media (prefers-color-scheme: dark)");
    assertThat(email.text()).isEqualTo("x\n");
  }

  @Test
  void a_whole_document_gets_no_layout_unless_it_asks() {
    var html = "<!doctype html><html><head></head><body>x</body></html>";
    assertThat(email(none(), object("subject", "s", "html_body", html), scope()).html())
        .isEqualTo(html);
  }

  @Test
  void a_layout_without_content_is_refused() {
    var templates = layouts("<p>nothing</p>", "{{content}}");
    assertThat(templates.problems())
        .containsExactly(
            new TemplateProblem(
                "layouts/plain/html_layout",
                0,
                0,
                "a layout must say where its content goes: {{content}}"));
    assertThat(
            templates
                .email(
                    object(
                        "subject",
                        "s",
                        "html_body",
                        "x",
                        "settings",
                        object("layout_key", "plain")))
                .problems())
        .hasSize(1);
    assertThat(layouts("{{{content}}}", "x").problems())
        .extracting(TemplateProblem::field)
        .containsExactly("layouts/plain/text_layout");
  }

  @Test
  void an_unknown_layout_is_refused() {
    assertThat(
            none()
                .email(
                    object(
                        "subject", "s", "html_body", "x", "settings", object("layout_key", "nope")))
                .problems())
        .containsExactly(new TemplateProblem("settings.layout_key", 0, 0, "unknown layout 'nope'"));
  }

  @Test
  void pre_content_is_hidden_and_sets_variables_for_the_layout() {
    var email =
        email(
            layouts("{{#if wide}}wide{{/if}}{{content}}", "{{content}}"),
            object(
                "subject", "s",
                "html_body", "<p>x</p>",
                "settings",
                    object("layout_key", "plain", "pre_content", "{{set wide=true}}Preview {{n}}")),
            scope("n", NAME));
    assertThat(email.html())
        .isEqualTo(
            "wide<div style=\"display:none;max-height:0;overflow:hidden\">Preview O'Brien &amp;"
                + " \"Söhne\"</div><p>x</p>");
    assertThat(email.text()).isEqualTo("x\n");
  }

  @Test
  void the_preview_text_goes_where_the_layout_wants_it() {
    var template =
        object(
            "subject", "s",
            "html_body", "<p>x</p>",
            "settings", object("layout_key", "plain", "pre_content", "<b>P</b> {{n}}"));
    assertThat(
            email(
                    layouts("[{{preview_text}}]{{content}}", "{{content}}"),
                    template,
                    scope("n", "n"))
                .html())
        .isEqualTo("[P n]<p>x</p>");
  }

  @Test
  void styles_in_partials_are_inlined_and_what_is_left_of_them_is_kept_once() {
    var templates =
        library(
            Json.Obj.EMPTY,
            object(
                "card",
                object(
                    "type",
                    "html",
                    "content",
                    "<style>.c { color: red } .c:hover { color: blue }</style><b"
                        + " class=\"c\">{{t}}</b>")));
    var email =
        email(
            templates,
            object(
                "subject", "s", "html_body", "{{> card t=1}}{{> card t=2}}", "settings", NO_LAYOUT),
            scope());
    assertThat(email.html())
        .isEqualTo(
            "<style>.c:hover { color: blue !important; }\n"
                + "</style><b class=\"c\" style=\"color: red;\">1</b><b class=\"c\" style=\"color:"
                + " red;\">2</b>");
  }

  @Test
  void visual_blocks_become_html() {
    var templates =
        library(
            Json.Obj.EMPTY,
            object(
                "greet",
                    object(
                        "type",
                        "html",
                        "content",
                        "<u>{{who}} {{n}} {{#each l}}{{.}}{{/each}}</u>"),
                "note", object("type", "markdown", "content", "*{{who}}*")));
    var email =
        email(
            templates,
            object(
                "subject",
                "s",
                "settings",
                NO_LAYOUT,
                "visual_blocks",
                list(
                    object(
                        "type",
                        "markdown",
                        "content",
                        "# Hi {{n}}",
                        "layout_attrs",
                        object("padding_top", 4)),
                    object("type", "html", "content", "<em>{{n}}</em>"),
                    object("type", "divider"),
                    object(
                        "type",
                        "image",
                        "url",
                        "https://x.test/{{n}}.png",
                        "alt",
                        "{{n}}",
                        "action",
                        "https://x.test",
                        "style_attrs",
                        object("width", "25%")),
                    object(
                        "type",
                        "button_set",
                        "buttons",
                        list(
                            object(
                                "label",
                                "Go {{n}}",
                                "action",
                                "https://x.test/?a=1&b={{n}}",
                                "variant",
                                "solid",
                                "style_attrs",
                                object("background_color", "#123456", "border_radius", 3)))),
                    object(
                        "type",
                        "partial",
                        "key",
                        "greet",
                        "name",
                        "g",
                        "attrs",
                        object("who", "<{{n}}>", "n", "{{n}}", "l", list(1, 2))),
                    object(
                        "type",
                        "partial",
                        "key",
                        "note",
                        "name",
                        "g",
                        "attrs",
                        object("who", "_x_")))),
            scope("n", "Ö'"));
    var body = Jsoup.parse(email.html()).body();
    assertThat(body.selectFirst("h1").text()).isEqualTo("Hi Ö'");
    assertThat(body.selectFirst("div").attr("style")).isEqualTo("padding: 4px 0px 8px 0px;");
    assertThat(body.select("hr")).hasSize(1);
    assertThat(body.selectFirst("img").attr("src")).isEqualTo("https://x.test/Ö'.png");
    assertThat(body.selectFirst("img").attr("style")).contains("width: 25%");
    var button = body.select("a").last();
    assertThat(button.attr("href")).isEqualTo("https://x.test/?a=1&b=Ö'");
    assertThat(button.text()).isEqualTo("Go Ö'");
    assertThat(button.attr("style")).contains("background-color: #123456", "border-radius: 3px");
    assertThat(body.selectFirst("u").text()).isEqualTo("<Ö'> Ö' 12");
    assertThat(body.select("em").last().text()).isEqualTo("_x_");
    assertThat(email.text()).contains("Go Ö' (https://x.test/?a=1&b=Ö')", "---");
  }

  @Test
  void what_an_email_cannot_be_is_refused_field_by_field() {
    assertThat(none().email(object("settings", NO_LAYOUT)).problems())
        .extracting(TemplateProblem::field)
        .containsExactly("subject", "html_body");
    assertThat(
            none()
                .email(
                    object(
                        "subject",
                        "{{#if}}",
                        "visual_blocks",
                        list(
                            object("type", "row"),
                            object("type", "html", "content", "x\n{{nope 1}}"),
                            object("type", "partial", "key", "gone"),
                            object("type", "button_set", "buttons", list(object("label", 1))))))
                .problems())
        .extracting(problem -> problem.field() + " " + problem.line())
        .contains(
            "subject 1",
            "visual_blocks[0].type 0",
            "visual_blocks[1].content 2",
            "visual_blocks[2].key 0",
            "visual_blocks[3].buttons[0].label 0",
            "visual_blocks[3].buttons[0].action 0");
  }

  @Test
  void styles_that_blow_an_email_up_end_as_a_problem() {
    String rule = "<style>b { background: url(" + "x".repeat(2_000) + ") }</style>";
    var template =
        ready(
            none()
                .email(object("subject", "s", "html_body", rule + "{{#each l}}<b>x</b>{{/each}}")));
    assertThat(failure(template.render(scope("l", Collections.nCopies(5_000, 1)))).reason())
        .contains("inlined");
    String slow = "<style>u b b b b b b b b i { color: red }</style>";
    var nested = ready(none().email(object("subject", "s", "html_body", slow + "{{{deep}}}")));
    assertThat(
            failure(
                    nested.render(
                        scope(
                            "deep",
                            "<b>".repeat(400) + "<i>x</i>".repeat(30_000) + "</b>".repeat(1))))
                .reason())
        .contains("comparisons");
  }

  @Test
  void a_document_of_very_deep_elements_is_rendered_or_refused_but_does_no_harm() {
    var template = ready(none().email(object("subject", "s", "html_body", "{{{deep}}}")));
    assertThat(template.render(scope("deep", "<div>".repeat(100_000)))).isNotNull();
    assertThat(template.render(scope("deep", "<table><tr><td>".repeat(20_000)))).isNotNull();
  }
}
