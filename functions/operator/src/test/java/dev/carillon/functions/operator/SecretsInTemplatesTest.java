package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret variable stands in no text that people come to read. */
class SecretsInTemplatesTest {
  private static final String VARIABLES =
      """
      {"api_key": {"type": "secret", "value": "sk-0123456789"},
       "api_key_name": {"type": "public", "value": "the key"}}
      """;

  private final Bench bench = new Bench();

  private Json.Obj push(String step, Map<String, String> others) {
    var files = new TreeMap<>(others);
    files.put("variables.json", VARIABLES);
    files.put("workflows/hello/workflow.json", "{\"name\": \"Hello\", \"steps\": [" + step + "]}");
    return bench.push(files);
  }

  private static String channel(String type, String template) {
    return """
    {"type": "channel", "ref": "it", "channel_key": "it", "channel_type": "%s", "template": %s}\
    """
        .formatted(type, template.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{vars.api_key}}",
        "{{{ vars.api_key }}}",
        "{{#if vars.api_key}}x{{/if}}",
        "{{default (uppercase vars.api_key) 1}}",
        "{{@root.vars.api_key}}",
        "{{vars.[api_key]}}"
      })
  void is_refused_with_file_step_and_field(String text) {
    var answer =
        push(
            channel("sms", "{'text_body@': 'it/text_body.txt'}"),
            Map.of("workflows/hello/it/text_body.txt", "Hi " + text));
    assertThat(Bench.accepted(answer)).isEmpty();
    assertThat(answer.list("refused").toString())
        .contains("workflows/hello/it/text_body.txt", "\"it\"", "template.text_body", "'api_key'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email | {'subject': 'x {{vars.api_key}}', 'html_body': 'y'}",
        "email | {'subject': 'x', 'html_body': '<p>{{vars.api_key}}</p>'}",
        "in_app_feed | {'markdown_body': 'x', 'action_url': 'https://x.example/{{vars.api_key}}'}",
        "push | {'title': '{{vars.api_key}}', 'text_body': 'x'}",
        "chat | {'markdown_body': '{{vars.api_key}}'}",
        "sms | {'template_language': 'liquid', 'text_body': '{{ vars.api_key | upcase }}'}"
      })
  void is_refused_in_every_channel_that_people_read(String row) {
    String[] parts = row.split(" \\| ", 2);
    var answer = push(channel(parts[0], parts[1]), Map.of());
    assertThat(Bench.accepted(answer)).isEmpty();
    assertThat(answer.list("refused").toString()).contains("'api_key'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"update_data\", \"ref\": \"it\", \"settings\": {\"data\":"
            + " \"[{{vars.api_key}}]\"}}",
        "{\"type\": \"batch\", \"ref\": \"it\", \"settings\": {\"batch_key\": \"{{vars.api_key}}\","
            + " \"batch_window\": {\"unit\": \"hours\", \"value\": 1}}}"
      })
  void is_refused_where_a_step_would_store_it(String step) {
    var answer = push(step, Map.of());
    assertThat(Bench.accepted(answer)).isEmpty();
    assertThat(answer.list("refused").toString()).contains("'api_key'", "settings.");
  }

  @Test
  void is_refused_in_a_layout_and_through_a_partial() {
    var answer =
        push(
            channel("email", "{'subject': 'x', 'html_body': '{{> outer vars=vars}}'}"),
            Map.of(
                "layouts/mine/layout.json",
                "{\"name\": \"Mine\", \"html_layout\": \"<p>{{vars.api_key}}</p>{{{content}}}\"}",
                "partials/outer/partial.json",
                "{\"name\": \"O\", \"type\": \"html\", \"content\": \"{{> inner vars=vars}}\"}",
                "partials/inner/partial.json",
                "{\"name\": \"I\", \"type\": \"html\", \"content\": \"{{vars.api_key}}\"}"));
    assertThat(Bench.accepted(answer)).isEmpty();
    assertThat(answer.list("layouts")).isEmpty();
    assertThat(answer.list("partials")).hasSize(2);
    assertThat(answer.list("refused").toString())
        .contains("layouts/mine/layout.json", "template.html_body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"channel\", \"ref\": \"it\", \"channel_key\": \"webhook\", \"channel_type\":"
            + " \"http\", \"template\": {\"url\": \"https://x.example\", \"headers\": [{\"key\":"
            + " \"X\", \"value\": \"{{vars.api_key}}\"}]}}",
        "{\"type\": \"http_fetch\", \"ref\": \"it\", \"settings\": {\"method\": \"get\","
            + " \"url\": \"https://x.example/\", \"headers\": [{\"key\": \"X\","
            + " \"value\": \"{{vars.api_key}}\"}]}}",
        "{\"type\": \"channel\", \"ref\": \"it\", \"channel_key\": \"sms\", \"channel_type\":"
            + " \"sms\", \"template\": {\"text_body\": \"vars.api_key {{vars.api_key_name}}"
            + " {{data.vars.x}}\"}}"
      })
  void may_stand_in_requests_and_what_is_no_secret_anywhere(String step) {
    var answer = push(step, Map.of());
    assertThat(answer.list("refused")).isEmpty();
    assertThat(Bench.accepted(answer)).containsExactly("hello");
  }
}
