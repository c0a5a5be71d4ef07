package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.bare;
import static dev.carillon.template.GivenTemplates.content;
import static dev.carillon.template.GivenTemplates.email;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.partials;
import static dev.carillon.template.GivenTemplates.ready;
import static dev.carillon.template.GivenTemplates.refusal;
import static dev.carillon.template.GivenTemplates.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partial sees. */
class PartialInputsTest {
  private static final Templates LIBRARY =
      partials(
          "card", "[{{title}}]",
          "quiet", "{{#if sub}}{{sub}}{{/if}}{{#each items}}{{t}}{{../sep}}{{/each}}",
          "outer", "{{> card title=y}}{{set \"z\" y}}{{z}}",
          "loud", "{{upper title}}{{add 1 n}}{{number}}",
          "who", "{{name}}{{#with address}} of {{city}}{{/with}}",
          "loose",
              "{{default x \"\"}}{{upper (or y z \"\")}}{{#if title}}{{title}}{{/if}}{{#if"
                  + " data}}{{data.u}}{{/if}}{{lookup this \"u\"}}");

  private static String rendered(String source) {
    return content(
        ready(LIBRARY.text("text_body", source))
            .render(
                scope(
                    "title", "outside",
                    "sub", "outside",
                    "data",
                        object(
                            "u", "U",
                            "l", list(object("t", "1"), object("t", "2")),
                            "who", object("name", "Ada", "address", object("city", "York"))))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{> card title=data.u}}{{> card title="lit"}}           | [U][lit]
          {{> card title=missing}}{{> card title=null}}           | [][]
          {{#each data.l}}{{> card title=t}}{{/each}}             | [1][2]
          {{#each data.l}}{{> card title=@root.data.u}}{{/each}}  | [U][U]
          {{> card title=(concat data.u "=" data.l[0].t)}}        | [U=1]
          {{> card title="a b=c"}}                                | [a b=c]
          {{~> [card] title=data.u ~}}                            | [U]
          {{> outer y=data.u}}                                    | [U]U
          {{> who data.who}}                                      | Ada of York
          {{> who data.who name="Bob"}}                           | Bob of York
          {{> quiet sep="," items=data.l}}                        | 1,2,
          {{> loose}}x                                            | x
          {{#each data.l}}{{> loose}}{{/each}}x                   | x
          """)
  void a_partial_sees_what_it_is_given_and_nothing_else(String source, String text) {
    assertThat(rendered(source)).isEqualTo(text);
  }

  @Test
  void what_a_partial_sets_is_its_own() {
    assertThat(rendered("{{set \"z\" 1}}{{> outer y=2}}{{z}}")).isEqualTo("[2]21");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{> card}}                         | card  | title
          x {{> card titel=1}}               | card  | title
          {{#each l}}{{> card t=t}}{{/each}} | card  | title
          {{> quiet items=data.l}}           | quiet | sep
          {{> outer}}                        | outer | y
          {{> loud}}                         | loud  | title
          {{> loud title=1}}                 | loud  | n
          """)
  void what_a_partial_reads_and_is_not_given_is_refused_by_name(
      String source, String partial, String name) {
    assertThat(refusal(LIBRARY, source).reason())
        .startsWith("partial '" + partial + "' reads '" + name + "', which it is not given");
  }

  @Test
  void a_partial_that_gives_another_too_little_is_refused_itself() {
    var templates = partials("inner", "{{a}}{{b}}", "outer", "{{> inner a=1}}");
    assertThat(templates.problems()).hasSize(1);
    assertThat(templates.problems().getFirst().field()).isEqualTo("partials/outer/content");
    assertThat(templates.problems().getFirst().reason())
        .contains("'inner' reads 'b', which it is not given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"handlebars", "liquid"})
  void a_block_of_an_email_hands_its_attributes_to_its_partial(String language) {
    var templates =
        Templates.of(
            new Assets.Library(
                Json.Obj.EMPTY,
                object(
                    "card",
                    object(
                        "type",
                        "html",
                        "template_language",
                        language,
                        "content",
                        "<u>{{title}}{{n}}</u>"))));
    var html =
        email(
                templates,
                object(
                    "subject",
                    "s",
                    "template_language",
                    language,
                    "visual_blocks",
                    list(
                        object(
                            "type",
                            "partial",
                            "key",
                            "card",
                            "attrs",
                            object("title", "Hi {{name}}", "n", 3)))),
                scope("name", "Ada", "title", "outside"))
            .html();
    assertThat(html).contains("<u>Hi Ada3</u>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "red;background:url(https://x.test)",
        "url(https://x.test)",
        "u\\72l(https://x.test)",
        "@import 'https://x.test'",
        "red}body{background:red",
        "image-set('https://x.test' 1x)",
      })
  void what_a_partial_is_given_in_a_style_is_a_value_of_it(String value) {
    var templates = partials("color", "color:{{v}}{{#each l}}{{this}}{{/each}}");
    for (String source :
        List.of(
            "<p style=\"{{> color v=v l=l}}\">x</p>", "<style>p { {{> color v=v l=l}} }</style>")) {
      assertThat(
              email(
                      templates,
                      object(
                          "subject",
                          "s",
                          "html_body",
                          source,
                          "settings",
                          object("layout_key", null)),
                      scope("v", value, "l", list(value)))
                  .html())
          .doesNotContain("x.test", "body{");
    }
    assertThat(bare("<svg><rect fill=\"{{v}}\"/></svg>", "v", value).html())
        .doesNotContain("x.test");
  }
}
