package dev.carillon.testing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.MessageContent;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A secret that a template reaches without naming it, which no check can tell, is not there when it
 * is rendered: neither in what people read nor in what a step keeps.
 */
class SecretVariablesTest {
  private static final String SECRET = "s3cr3t-0123456789";

  private EngineOverHttp carillon;

  @BeforeEach
  void there_is_a_secret() throws IOException {
    carillon = new EngineOverHttp();
    carillon.identify("ada");
    put(
        "/v1/variables/api_key?environment=development",
        "{\"variable\": {\"type\": \"secret\", \"value\": \"" + SECRET + "\"}}");
    put(
        "/v1/variables/plain?environment=development",
        "{\"variable\": {\"type\": \"public\", \"value\": \"PLAIN\"}}");
    put(
        "/v1/partials/show?commit=true",
        "{\"partial\": {\"name\": \"S\", \"type\": \"text\", \"content\": \"{{ v | json }}{{ vars |"
            + " json }}\"}}");
    put(
        "/v1/translations/de?commit=true",
        """
        {"translation": {"format": "json", "content": "{\\"all\\": \\"{{ vars | json }} {{ v | json }}\\"}"}}
        """);
  }

  @AfterEach
  void stop() {
    carillon.close();
  }

  private void put(String path, String body) {
    var answer =
        carillon.management().call("PUT", path, Optional.of((Json.Obj) JsonText.parse(body)));
    assertThat(answer.ok()).as("%s", answer.body()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ vars | json }}",
        "{% for v in vars %}{{ v }}{{ v[1] }}{% endfor %}",
        "{% assign k = 'api' | append: '_key' %}{{ vars[k] }}|{{ vars[data.key] }}|{{ vars.plain"
            + " }}",
        "{% assign all = vars %}{{ all.api_key }}{% capture c %}{{ all | inspect }}{% endcapture"
            + " %}{{ c }}",
        "{% render 'show', v: vars %}",
        "{{ 'all' | t: v: vars }}",
        "{% for i in (1..2) %}{% if true %}{{ vars | map: 'x' | join }}{% tablerow v in vars %}{{ v"
            + " }}{% endtablerow %}{% endif %}{% endfor %}"
      })
  void a_secret_that_is_reached_unnamed_is_not_there(String template) {
    String text = template.replace("\"", "\\\"");
    put(
        "/v1/workflows/leak?commit=true",
        """
        {"workflow": {"name": "Leak", "steps": [
          {"ref": "update_1", "type": "update_data", "settings": {"data": "{\\"kept\\": \\"{{ vars | json | base64_encode }}\\", \\"keys\\": \\"{%% for v in vars %%}{{ v[1] }}{%% endfor %%}\\"}"}},
          {"ref": "trigger_1", "type": "trigger_workflow", "settings": {"workflow_key": "leak-2",
            "recipients": "{{ recipient.id }}", "data": "{\\"handed\\": \\"{%% for v in vars %%}{{ v[1] }}{%% endfor %%}\\"}"}},
          {"ref": "feed_1", "type": "channel", "channel_key": "feed", "channel_type": "in_app_feed",
           "template": {"markdown_body": "%1$s {{ kept }} {{ keys }} {{ data | json }}", "action_url": "https://x.example/%1$s"}},
          {"ref": "email_1", "type": "channel", "channel_key": "email", "channel_type": "email",
           "template": {"subject": "%1$s", "html_body": "%1$s {{ data | json }}"}}]}}
        """
            .formatted(text));
    put(
        "/v1/workflows/leak-2?commit=true",
        """
        {"workflow": {"name": "Leak 2", "steps": [
          {"ref": "feed_1", "type": "channel", "channel_key": "feed", "channel_type": "in_app_feed",
           "template": {"markdown_body": "{{ data | json }} {{ vars.plain }}"}}]}}
        """);
    var answer =
        carillon
            .engine()
            .call(
                Call.trigger(
                    "leak",
                    (Json.Obj)
                        JsonText.parse(
                            "{\"recipients\": [\"ada\"], \"data\": {\"key\": \"api_key\"}}")));
    assertThat(answer.ok()).isTrue();
    carillon.engine().advance(Duration.ofMinutes(1));
    var said = new StringBuilder();
    var messages = carillon.engine().ports().messages();
    for (var message :
        messages
            .newestFirst(
                InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(10))
            .items()) {
      messages
          .content(InProcessEngine.ENVIRONMENT, message.id())
          .map(MessageContent::content)
          .map(ContentCodec::write)
          .ifPresent(said::append);
    }
    assertThat(said.toString()).contains("PLAIN").doesNotContain(SECRET);
    assertThat(said.toString()).as("%s", said).doesNotContain("czNjcjN0"); // as it begins in Base64
    var runs = carillon.server().call("GET", "/v1/workflow_recipient_runs", Optional.empty());
    assertThat(runs.body().toString()).doesNotContain(SECRET);
  }
}
