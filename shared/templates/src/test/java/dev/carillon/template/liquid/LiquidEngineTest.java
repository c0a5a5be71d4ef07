package dev.carillon.template.liquid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.template.Templates;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateScope;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Liquid where the templates of a step are compiled and rendered. */
class LiquidEngineTest {
  private static final Json.Obj VARIABLES =
      json(
          """
          {"recipient": {"name": "Ada", "email": "ada@example.com", "timezone": "Europe/Berlin"},
           "timestamp": "2026-03-10T12:00:00Z", "data": {"page": "Sailing", "path": "a/b?c", "price": 1234.5},
           "vars": {"base": "https://example.com"}}
          """);

  private static final Json.Obj LAYOUTS =
      json(
          """
          {"plain": {"template_language": "liquid", "html_layout": "<main>{{ content }}</main><p>{{ 'now' | date: '%H:%M' }}</p>",
                     "text_layout": "{{ content }}"}}
          """);

  private static final Json.Obj PARTIALS =
      json(
          """
          {"greet": {"template_language": "liquid", "type": "html", "content": "Hello {{ who | upcase }}"}}
          """);

  private static final Templates TEMPLATES = Templates.of(new Assets.Library(LAYOUTS, PARTIALS));

  @Test
  void an_email_a_layout_and_a_partial_may_be_liquid() {
    var email =
        ready(
            TEMPLATES.email(
                json(
                    """
                    {"template_language": "liquid", "subject": "{{ data.page | downcase }} for {{ recipient.name }}",
                     "html_body": "<b>{% render 'greet', who: recipient.name %}</b>",
                     "settings": {"layout_key": "plain"}}
                    """)));
    var rendered = content(email.render(TemplateScope.of(VARIABLES, ZoneId.of("Europe/Berlin"))));
    assertThat(rendered.subject()).isEqualTo("sailing for Ada");
    assertThat(rendered.html()).contains("<main><b>Hello ADA</b></main>").contains("<p>13:00</p>");
  }

  @Test
  void a_workflow_that_is_in_liquid_needs_to_say_so_once() {
    var text =
        ready(
            TEMPLATES
                .in("liquid")
                .orElseThrow()
                .text("settings.batch_key", "{{ data.price | round }}"));
    assertThat(content(text.render(TemplateScope.of(VARIABLES)))).isEqualTo("1235");
    assertThat(TEMPLATES.in("mustache")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                   | $1,234.50
          {"recipient": {"id": "ada"}}         | $1,234.50
          {"recipient": {"locale": ""}}        | $1,234.50
          {"recipient": {"locale": "?"}}       | $1,234.50
          {"recipient": {"locale": "en_GB"}}   | US$1,234.50
          """)
  void money_is_written_in_english_for_who_speaks_no_language_that_is_known(
      String variables, String written) {
    var text =
        ready(
            TEMPLATES
                .in("liquid")
                .orElseThrow()
                .text("text_body", "{{ 1234.5 | currency }} {{ 1234.5 | currency: 'USD', '-' }}"));
    assertThat(content(text.render(TemplateScope.of(json(variables)))))
        .isEqualTo(written + " $1,234.50");
  }

  @Test
  void a_value_in_a_url_stays_in_its_segment() {
    var request =
        ready(
            TEMPLATES.request(
                json(
                    """
                    {"template_language": "liquid", "method": "post",
                     "url": "{{ vars.base }}/hook/{{ data.path }}", "body": "{}"}
                    """)));
    assertThat(content(request.render(TemplateScope.of(VARIABLES))).url())
        .contains("https://example.com/hook/a%2Fb%3Fc");
  }

  @Test
  void what_makes_no_sense_is_a_problem_with_its_place() {
    Compiled<?> compiled =
        TEMPLATES.email(
            json(
                """
                {"template_language": "liquid", "subject": "{{ a | upcaze }}", "html_body": "x"}
                """));
    assertThat(compiled.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("subject");
              assertThat(problem.sentence()).contains("upcaze");
            });
  }

  private static <T> T ready(Compiled<T> compiled) {
    assertThat(compiled.problems()).isEmpty();
    return ((Compiled.Ready<T>) compiled).template();
  }

  private static <T> T content(Rendered<T> rendered) {
    assertThat(rendered).isInstanceOf(Rendered.Content.class);
    return ((Rendered.Content<T>) rendered).content();
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text);
  }
}
