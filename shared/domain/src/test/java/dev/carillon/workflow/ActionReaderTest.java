package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.json;
import static dev.carillon.workflow.Reading.refusedStep;
import static dev.carillon.workflow.Reading.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions;
import dev.carillon.workflow.Step.Fetch;
import dev.carillon.workflow.Step.Text;
import dev.carillon.workflow.Step.TriggerWorkflow;
import dev.carillon.workflow.Step.UpdateData;
import dev.carillon.workflow.Step.UpdateRecipient;
import dev.carillon.workflow.Step.Updated;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionReaderTest {

  @Test
  void a_fetch_is_read_with_all_its_settings() {
    assertThat(
            step(
                Fetch.class,
                """
                {"ref": "it", "type": "http_fetch", "settings": {
                  "method": "post", "url": "https://example.com/{{data.id}}",
                  "headers": [{"key": "X-API-Key", "value": "{{vars.key}}"}],
                  "query_params": "{{data.query}}", "body": "{}",
                  "response_path": "foo.bar", "signing_key": "{{vars.signing_key}}"}}
                """))
        .isEqualTo(
            new Fetch(
                new StepRef("it"),
                Conditions.ALWAYS,
                json(
                    """
                    {"method": "POST", "url": "https://example.com/{{data.id}}",
                     "headers": [{"key": "X-API-Key", "value": "{{vars.key}}"}],
                     "query_params": "{{data.query}}", "body": "{}"}
                    """),
                Optional.of("foo.bar"),
                Optional.of(new Text.Template("{{vars.signing_key}}"))));
  }

  @Test
  void a_fetch_gets_unless_it_says_otherwise() {
    assertThat(fetch("\"url\": \"https://example.com\"").request().text("method")).contains("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "GET", "Post", "put", "PATCH", "delete"})
  void a_method_is_read_in_any_case(String method) {
    assertThat(fetch("\"url\": \"https://e.com\", \"method\": \"" + method + "\"").request())
        .satisfies(
            request ->
                assertThat(request.text("method").orElseThrow()).isEqualToIgnoringCase(method));
  }

  @ParameterizedTest
  @CsvSource({"get, false", "post, true", "put, true", "patch, false", "delete, false"})
  void a_body_is_for_post_and_put_and_else_left_out(String method, boolean kept) {
    var request =
        fetch("\"url\": \"https://e.com\", \"body\": \"{}\", \"method\": \"" + method + "\"")
            .request();
    assertThat(request.get("body").isPresent()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{vars.base}}/users", "HTTP://example.com", " https://example.com "})
  void a_url_may_be_a_template(String url) {
    assertThat(fetch("\"url\": \"" + url + "\"").request().text("url")).contains(url);
  }

  /** Each row: the settings of a fetch. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "method": "get"                                    | url           | needs a URL
          "url": " "                                         | url           | needs a URL
          "url": 5                                           | url           | text
          "url": "example.com/users"                         | url           | http://
          "url": "ftp://example.com"                         | url           | http://
          "url": "https://e.com", "method": "head"           | method        | get, post, put, patch or delete
          "url": "https://e.com", "method": 5                | method        | text
          "url": "https://e.com", "response_path": ["a"]     | response_path | text
          "url": "https://e.com", "signing_key": {}          | signing_key   | text
          """)
  void what_is_wrong_with_a_fetch_is_named(String settings, String at, String reason) {
    refusedStep(
        "{\"ref\": \"it\", \"type\": \"http_fetch\", \"settings\": {" + settings + "}}",
        "settings." + at,
        reason);
  }

  private static Fetch fetch(String settings) {
    return step(
        Fetch.class,
        "{\"ref\": \"it\", \"type\": \"http_fetch\", \"settings\": {" + settings + "}}");
  }

  @Test
  void a_workflow_to_trigger_is_read_with_all_its_settings() {
    assertThat(
            step(
                TriggerWorkflow.class,
                """
                {"ref": "it", "type": "trigger_workflow", "settings": {
                  "workflow_key": "dinosaurs-{{data.kind}}", "recipients": "{{recipient.id}}",
                  "actor": "{{actor.id}}", "tenant": "{{tenant.id}}", "data": "{{json data}}",
                  "cancellation_key": "{{workflow.cancellation_key}}"}}
                """))
        .isEqualTo(
            new TriggerWorkflow(
                new StepRef("it"),
                Conditions.ALWAYS,
                new Text.Template("dinosaurs-{{data.kind}}"),
                Optional.of(new Text.Template("{{recipient.id}}")),
                Optional.of(new Text.Template("{{actor.id}}")),
                Optional.of(new Text.Template("{{tenant.id}}")),
                Optional.of(new Text.Template("{{json data}}")),
                Optional.of(new Text.Template("{{workflow.cancellation_key}}"))));
  }

  @Test
  void a_workflow_to_trigger_needs_only_its_key() {
    assertThat(
            step(
                TriggerWorkflow.class,
                """
                {"ref": "it", "type": "trigger_workflow", "settings": {
                  "workflow_key": "dinosaurs-loose", "recipients": null, "actor": "", "data": " "}}
                """))
        .isEqualTo(
            new TriggerWorkflow(
                new StepRef("it"),
                Conditions.ALWAYS,
                new Text.Template("dinosaurs-loose"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void the_data_that_knocks_editor_lets_a_child_inherit_is_the_same_as_none() {
    assertThat(
            step(
                    TriggerWorkflow.class,
                    """
                    {"ref": "it", "type": "trigger_workflow", "settings": {
                      "workflow_key": "dinosaurs-loose", "data": "{{ data | json }}"}}
                    """)
                .data())
        .isEmpty();
  }

  /** Each row: a step but for its ref. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "type": "trigger_workflow"                                            | workflow_key | needs the key
          "type": "trigger_workflow", "settings": {"workflow_key": ""}          | workflow_key | needs the key
          "type": "trigger_workflow", "settings": {"workflow_key": "No Key"}    | workflow_key | No workflow
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "data": {}}        | data       | text
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "recipients": []}  | recipients | text
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "actor": 5}        | actor      | text
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "tenant": 5}       | tenant     | text
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "cancellation_key": 5} | cancellation_key | text
          "type": "update_data"                                                 | data         | needs data
          "type": "update_data", "settings": {"data": {}}                       | data         | text
          "type": "update_data", "settings": {"data": "[1]"}                    | data         | object in JSON
          "type": "update_data", "settings": {"data": "{\\"a\\": }"}            | data         | object in JSON
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "data": "none"} | data | object in JSON
          "type": "update_object", "settings": {"update_properties": "5", "recipient_gid": "{{data.gid}}"} | update_properties | object in JSON
          "type": "update_user"                                                 | update_properties | needs properties
          "type": "update_user", "settings": {"update_properties": {}}          | update_properties | text
          "type": "update_user", "settings": {"update_properties": "{}", "recipient_mode": "all"}       | recipient_mode | current or reference
          "type": "update_user", "settings": {"update_properties": "{}", "recipient_mode": "reference"} | recipient_gid  | told what it updates
          "type": "update_user", "settings": {"update_properties": "{}", "recipient_gid": "user-123"}   | recipient_gid  | gid://Object/$users/{id}
          "type": "update_user", "settings": {"update_properties": "{}", "recipient_gid": "gid://Object/projects/1"} | recipient_gid | $users
          "type": "update_tenant", "settings": {"update_properties": "{}", "recipient_mode": "reference"} | recipient_gid | told what it updates
          "type": "update_tenant", "settings": {"update_properties": "{}", "recipient_gid": "gid://Object/$users/1"} | recipient_gid | $tenants
          "type": "update_object", "settings": {"update_properties": "{}"}      | recipient_gid | told what it updates
          "type": "update_object", "settings": {"update_properties": "{}", "recipient_gid": "projects/1"} | recipient_gid | {collection}
          "type": "update_object", "settings": {"update_properties": "{}", "recipient_gid": "gid://Object/projects/"} | recipient_gid | {collection}
          """)
  void what_is_wrong_with_a_step_that_acts_is_named(String step, String at, String reason) {
    refusedStep("{\"ref\": \"it\", " + step + "}", "settings." + at, reason);
  }

  @Test
  void data_to_lay_over_that_of_the_run_is_read() {
    assertThat(
            step(
                UpdateData.class,
                """
                {"ref": "it", "type": "update_data", "settings": {"data": "{\\"key\\": 1}"}}
                """))
        .isEqualTo(
            new UpdateData(
                new StepRef("it"), Conditions.ALWAYS, new Text.Template("{\"key\": 1}")));
  }

  /** Each row: the type, the settings beside the properties, and what is updated. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          update_user   | "recipient_mode": "current"                         | USER   |
          update_user   | "recipient_mode": "current", "recipient_gid": "x"   | USER   |
          update_user   | "recipient_mode": null, "recipient_gid": null       | USER   |
          update_user   | "recipient_mode": "reference", "recipient_gid": "gid://Object/$users/user-123" | USER | gid://Object/$users/user-123
          update_user   | "recipient_gid": "{{data.gid}}"                     | USER   | {{data.gid}}
          update_tenant | "recipient_mode": "current"                         | TENANT |
          update_tenant | "recipient_mode": "reference", "recipient_gid": "gid://Object/$tenants/{{data.org}}" | TENANT | gid://Object/$tenants/{{data.org}}
          update_object | "recipient_gid": "gid://Object/projects/123"        | OBJECT | gid://Object/projects/123
          """)
  void what_a_step_updates_is_read(String type, String settings, Updated kind, String target) {
    assertThat(
            step(
                UpdateRecipient.class,
                """
                {"ref": "it", "type": "%s", "settings": {"update_properties": "{}", %s}}
                """
                    .formatted(type, settings)))
        .isEqualTo(
            new UpdateRecipient(
                new StepRef("it"),
                Conditions.ALWAYS,
                kind,
                Optional.ofNullable(target).map(Text.Template::new),
                new Text.Template("{}")));
  }
}
