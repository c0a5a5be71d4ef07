package dev.carillon.template;

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
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class MjmlTest {
  private static final String SECTION = "<mj-section><mj-column>%s</mj-column></mj-section>";

  private static final String LAYOUT =
      """
      <mjml>
        <mj-head>
          <mj-attributes><mj-text color="#102030" /></mj-attributes>
          <mj-style>.wide { width: 50%; } @media (max-width: 400px) { .wide { width: 100%; } }</mj-style>
        </mj-head>
        <mj-body>{{content}}</mj-body>
      </mjml>
      """;

  private static Templates layout(String html, boolean mjml) {
    return library(
        object(
            "frame",
            object("html_layout", html, "text_layout", "-- {{content}} --", "is_mjml", mjml)),
        Json.Obj.EMPTY);
  }

  private static Json.Obj mail(String html, Object layout) {
    return object(
        "subject",
        "s",
        "html_body",
        html,
        "is_mjml",
        true,
        "settings",
        object("layout_key", layout));
  }

  private static String text(String words) {
    return SECTION.formatted("<mj-text>" + words + "</mj-text>");
  }

  @Test
  void a_whole_document_becomes_tables_that_every_mail_client_shows() {
    var template =
        mail(
            "<mjml><mj-body>"
                + SECTION.formatted(
                    "<mj-text>Hello {{name}}</mj-text>"
                        + "<mj-button href=\"https://acme.example/?a=1&b={{name}}\">Go</mj-button>")
                + "</mj-body></mjml>",
            null);
    var email = email(none(), template, scope("name", "<b>Ada & Co</b>"));
    var page = Jsoup.parse(email.html());
    assertThat(page.select("mj-text, mj-button, mjml")).isEmpty();
    assertThat(page.select("table")).isNotEmpty();
    assertThat(page.text()).contains("Hello <b>Ada & Co</b>");
    assertThat(page.selectFirst("a").attr("href"))
        .isEqualTo("https://acme.example/?a=1&b=<b>Ada & Co</b>");
    assertThat(email.html()).contains("<!--[if mso | IE]>").startsWith("<!doctype html>");
    assertThat(email.text()).contains("Hello <b>Ada & Co</b>").contains("Go");
  }

  @Test
  void a_loop_repeats_a_section_within_a_layout() {
    var template = mail("{{#each items}}" + text("No. {{this}}") + "{{/each}}", "frame");
    var email = email(layout(LAYOUT, true), template, scope("items", list("one", "two", "three")));
    var page = Jsoup.parse(email.html());
    assertThat(page.select("div:matchesOwn(^No\\. )")).hasSize(3);
    assertThat(page.selectFirst("div:matchesOwn(^No\\. one$)").attr("style"))
        .contains("color:#102030");
    assertThat(email.html()).contains("@media (max-width: 400px)");
    assertThat(email.text()).startsWith("-- No. one").contains("No. three").endsWith("--\n");
  }

  @Test
  void html_goes_into_a_layout_of_mjml_where_that_says() {
    String frame = "<mjml><mj-body>" + text("{{content}}") + "</mj-body></mjml>";
    var template =
        object(
            "subject", "s",
            "html_body", "<p>Hello <em>Ada</em></p>",
            "settings", object("layout_key", "frame", "preview_text", "At a glance"));
    var email = email(layout(frame, true), template, scope());
    var page = Jsoup.parse(email.html());
    assertThat(page.selectFirst("p em").text()).isEqualTo("Ada");
    assertThat(page.body().child(0).text()).isEqualTo("At a glance");
    assertThat(page.body().child(0).attr("style")).contains("display:none");
    assertThat(email.text()).isEqualTo("-- Hello Ada --\n");
  }

  @Test
  void what_cannot_be_mjml_is_refused_with_the_reason() {
    assertThat(none().email(mail(text("x"), null)).problems())
        .extracting(TemplateProblem::field)
        .containsExactly("html_body");
    assertThat(layout("<p>{{content}}</p>", false).email(mail(text("x"), "frame")).problems())
        .extracting(TemplateProblem::field)
        .containsExactly("settings.layout_key");
    assertThat(layout("<p>{{content}}</p>", true).problems())
        .extracting(TemplateProblem::field)
        .containsExactly("layouts/frame/html_layout");
    assertThat(
            none().email(mail("<mjml><MJ-Include path=\"/etc/passwd\"/></mjml>", null)).problems())
        .extracting(TemplateProblem::sentence)
        .containsExactly("mj-include reads a file, and there is none: use a partial");
  }

  @Test
  void a_value_that_is_mjml_stays_text_and_includes_nothing() {
    String body = "<mjml><mj-body>" + text("{{{words}}}") + "</mj-body></mjml>";
    String include = "<mj-include path=\"pom.xml\"/><mj-section>";
    var email = email(none(), mail(body, null), scope("words", include));
    assertThat(email.html()).doesNotContain("artifactId");
  }

  @Test
  void what_is_too_long_or_too_deep_ends_as_a_problem() {
    String body = "<mjml><mj-body>" + text("{{words}}") + "</mj-body></mjml>";
    var template = ready(none().email(mail(body, null)));
    assertThat(failure(template.render(scope("words", "x".repeat(140_000)))).sentence())
        .contains("longer than 131072");
    String nested = "<mjml><mj-body>" + text("{{{words}}}") + "</mj-body></mjml>";
    var deep = ready(none().email(mail(nested, null)));
    assertThat(failure(deep.render(scope("words", "<div>".repeat(20_000)))).sentence())
        .contains("nested too deeply");
  }
}
