package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.email;
import static dev.carillon.template.GivenTemplates.library;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a block of an email hands to the partial it stands for, and as what that arrives. */
class PartialBlocksTest {
  private static final String CONTENT =
      """
      {{ title }}|{{ ready | json }}|{{ count | plus: 1 }}|\
      {% for row in rows %}[{{ row.name }}]{% endfor %}|\
      {{ picture.url }} {{ picture.alt }}|{{ text }}|{{ other | json }}|{{ recipient.name }}\
      """;

  private static final List<Json> SCHEMA =
      list(
          field("text", "title", "Nothing yet"),
          field("boolean", "ready", true),
          field("number", "count", 41),
          object("type", "json", "key", "rows", "settings", object("required", true)),
          object(
              "type",
              "image",
              "key",
              "picture",
              "url",
              field("url", "url", "https://x.test/none.png"),
              "alt",
              object("type", "text", "key", "alt")),
          object("type", "markdown", "key", "text"));

  private static Json.Obj field(String type, String key, Object standard) {
    return object("type", type, "key", key, "settings", object("default", standard));
  }

  private static String card(Json.Obj attributes) {
    var templates =
        library(
            Json.Obj.EMPTY,
            object(
                "card",
                object(
                    "template_language",
                    "liquid",
                    "type",
                    "html",
                    "input_schema",
                    SCHEMA,
                    "content",
                    CONTENT)));
    String html =
        email(
                templates,
                object(
                    "template_language",
                    "liquid",
                    "subject",
                    "s",
                    "settings",
                    object("layout_key", null),
                    "visual_blocks",
                    list(object("type", "partial", "key", "card", "attrs", attributes))),
                scope(
                    "recipient",
                    object("name", "Ada"),
                    "data",
                    object(
                        "done",
                        false,
                        "items",
                        list(object("name", "oak"), object("name", "elm")))))
            .html();
    return html.substring(html.indexOf(">") + 1, html.indexOf("</div>")).replace("\n", "");
  }

  @Test
  void what_a_block_leaves_out_has_the_default_of_its_schema() {
    assertThat(card(Json.object())).isEqualTo("Nothing yet|true|42||https://x.test/none.png |||");
  }

  @Test
  void texts_in_a_block_are_templates_however_deep() {
    assertThat(
            card(
                object(
                    "title",
                    "For {{ recipient.name }}",
                    "picture",
                    object("url", "https://x.test/{{ recipient.name }}.png", "alt", "A"),
                    "text",
                    "*{{ recipient.name }}*")))
        .isEqualTo("For Ada|true|42||https://x.test/Ada.png A|<p><em>Ada</em></p>||");
  }

  @Test
  void a_value_arrives_as_what_the_schema_says_and_otherwise_as_a_text() {
    assertThat(
            card(
                object(
                    "ready",
                    "{{ data.done }}",
                    "count",
                    "8",
                    "rows",
                    "{{ data.items }}",
                    "other",
                    false)))
        .isEqualTo("Nothing yet|false|9|[oak][elm]|https://x.test/none.png ||\"false\"|");
  }

  @Test
  void a_name_that_is_no_variable_is_left_alone() {
    assertThat(card(object("not a name", "x", "title", "t"))).startsWith("t|");
  }
}
