package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be seen in a template's source is refused when it is pushed. */
class TemplateChecksTest {
  private final Bench bench = new Bench();

  @Test
  void an_unknown_helper_is_refused_with_file_and_step_and_place() {
    assertThat(refusalOf("<p>\n  {{shout recipient.name}}\n</p>"))
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | template.html_body: ")
        .contains("line 2")
        .contains("unknown helper 'shout'");
  }

  @Test
  void blocks_nested_past_fifty_are_refused() {
    assertThat(refusalOf("{{#if data.a}}".repeat(51) + "x" + "{{/if}}".repeat(51)))
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | ")
        .contains("nested more than 50 deep");
    assertThat(refusalOf("{{#if data.a}}".repeat(50_000)))
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | ");
  }

  @Test
  void a_block_that_is_never_closed_is_refused() {
    assertThat(refusalOf("{{#if data.a}}x"))
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | template.html_body: ");
  }

  @Test
  void a_problem_in_a_field_without_a_file_is_in_the_workflows_own() {
    var files = PushTest.hello("{{shout data.a}}");
    files.putAll(PushTest.other());
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer))
        .singleElement()
        .asString()
        .startsWith("hello | workflows/hello/workflow.json | email_1 | template.subject: ");
  }

  @Test
  void overrides_are_templates_too() {
    var files = PushTest.hello("Hi");
    files.computeIfPresent(
        "workflows/hello/workflow.json",
        (_, text) ->
            text.replace(
                "\"template\"",
                "\"channel_overrides\": {\"to_address\": \"{{shout data.to}}\"}, \"template\""));

    assertThat(Bench.refused(bench.push(files)))
        .singleElement()
        .asString()
        .contains("| email_1 | channel_overrides.to_address: ");
  }

  /** Each row: a step, and which of its fields holds the template that is no good. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "type": "batch", "settings": {"batch_key": "{{shout a}}", "batch_window": {"unit": "days", "value": 1}} | settings.batch_key
          "type": "throttle", "settings": {"throttle_key": "{{shout a}}", "throttle_window": {"unit": "days", "value": 1}} | settings.throttle_key
          "type": "random_cohort", "cohort_key": "{{shout a}}", "cohort_branches": [{"percentage": 50}, {"percentage": 50}] | cohort_key
          "type": "http_fetch", "settings": {"url": "https://{{shout a}}"}                        | settings.url
          "type": "http_fetch", "settings": {"url": "https://e.com", "headers": "{{shout a}}"}    | settings.headers
          "type": "http_fetch", "settings": {"url": "https://e.com", "headers": [{"key": "A", "value": "{{shout a}}"}]} | settings.headers[0].value
          "type": "http_fetch", "settings": {"url": "https://e.com", "headers": [{"key": "A"}]}   | settings.headers[0].value
          "type": "http_fetch", "settings": {"url": "https://e.com", "query_params": [{"key": "{{shout a}}", "value": "b"}]} | settings.query_params[0].key
          "type": "http_fetch", "settings": {"url": "https://e.com", "method": "post", "body": "{{shout a}}"} | settings.body
          "type": "http_fetch", "settings": {"url": "https://e.com", "signing_key": "{{shout a}}"} | settings.signing_key
          "type": "trigger_workflow", "settings": {"workflow_key": "{{shout a}}"}                 | settings.workflow_key
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "recipients": "{{shout a}}"} | settings.recipients
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "actor": "{{shout a}}"}   | settings.actor
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "tenant": "{{shout a}}"}  | settings.tenant
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "data": "{{shout a}}"}    | settings.data
          "type": "trigger_workflow", "settings": {"workflow_key": "w", "cancellation_key": "{{shout a}}"} | settings.cancellation_key
          "type": "update_data", "settings": {"data": "{\\"a\\": \\"{{shout a}}\\"}"}                 | settings.data
          "type": "update_user", "settings": {"recipient_gid": "{{shout a}}", "update_properties": "{}"} | settings.recipient_gid
          "type": "update_tenant", "settings": {"update_properties": "{{shout a}}"}               | settings.update_properties
          "type": "channel", "channel_key": "c", "channel_type": "sms", "template": {"text_body": "{{shout a}}"} | template.text_body
          "type": "channel", "channel_key": "c", "channel_type": "push", "template": {"title": "t", "settings": {"payload_overrides": "{{shout a}}"}} | template.settings.payload_overrides
          "type": "channel", "channel_key": "c", "channel_type": "chat", "template": {"json_body": ["b", "{{shout a}}"]} | template.json_body[1]
          """)
  void templates_in_the_settings_of_any_step_are_checked(String step, String field) {
    var files = PushTest.other();
    files.put(
        "workflows/hello/workflow.json",
        "{\"name\": \"Hello\", \"steps\": [{\"ref\": \"it\", " + step + "}]}");
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer))
        .singleElement()
        .asString()
        .startsWith("hello | workflows/hello/workflow.json | it | " + field + ": ");
  }

  @Test
  void a_problem_of_a_step_within_branches_is_in_the_file_that_its_template_came_from() {
    var files = PushTest.other();
    files.put(
        "workflows/hello/workflow.json",
        """
        {"name": "Hello", "steps": [{"type": "branch", "ref": "branch_1", "branches": [{"steps": [
          {"type": "random_cohort", "ref": "cohort_1", "cohort_branches": [{"percentage": 0},
            {"percentage": 100, "steps": [
              {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
               "template": {"subject": "Hi", "html_body@": "email_1/body.html"}}]}]}]}]}]}
        """);
    files.put("workflows/hello/email_1/body.html", "{{shout data.a}}");

    assertThat(Bench.refused(bench.push(files)))
        .singleElement()
        .asString()
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | template.html_body: ");
  }

  @Test
  void a_file_that_a_step_within_a_branch_names_in_vain_is_that_steps() {
    var files = PushTest.other();
    files.put(
        "workflows/hello/workflow.json",
        """
        {"name": "Hello", "steps": [{"type": "branch", "ref": "branch_1", "branches": [{"steps": [
          {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
           "template": {"subject": "Hi", "html_body@": "gone.html"}}]}]}]}
        """);

    assertThat(Bench.refused(bench.push(files)))
        .containsExactly(
            "hello | workflows/hello/workflow.json | email_1 | \"html_body@\": there is no file"
                + " workflows/hello/gone.html.");
  }

  @Test
  void a_layout_or_partial_that_does_not_exist_is_refused() {
    assertThat(refusalOf("{{> card}}")).contains("| email_1 | ").contains("card");

    var files = PushTest.hello("Hi");
    files.computeIfPresent(
        "workflows/hello/workflow.json",
        (_, text) ->
            text.replace("\"subject\"", "\"settings\": {\"layout_key\": \"fancy\"}, \"subject\""));
    assertThat(Bench.refused(bench.push(files)))
        .singleElement()
        .asString()
        .contains("| email_1 | ")
        .contains("fancy");
  }

  @Test
  void a_partial_that_includes_itself_is_refused_and_so_is_who_uses_it_while_others_serve() {
    var files = PushTest.other();
    files.putAll(partial("card", "<p>{{> card}}</p>"));
    files.putAll(PushTest.hello("Hi"));
    files.put("workflows/hello/email_1/body.html", "{{> card}}");
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer)).hasSize(2);
    assertThat(Bench.refused(answer).getFirst())
        .startsWith("- | partials/card/content.html | - | ")
        .contains("includes itself");
    assertThat(Bench.refused(answer).getLast())
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | ");
    assertThat(bench.assets.current(Bench.LOCAL).partials()).isEqualTo(Json.Obj.EMPTY);
  }

  @Test
  void partials_that_include_one_another_are_refused() {
    var files = partial("a", "{{> b}}");
    files.putAll(partial("b", "{{> a}}"));

    assertThat(Bench.refused(bench.push(files)))
        .extracting(line -> line.split(" \\| ")[1])
        .contains("partials/a/content.html", "partials/b/content.html");
    assertThat(bench.assets.current(Bench.LOCAL).partials()).isEqualTo(Json.Obj.EMPTY);
  }

  @Test
  void the_old_version_of_a_broken_partial_keeps_serving() {
    bench.push(partial("card", "<p>old</p>"));
    var files = partial("card", "{{shout data.a}}");
    files.putAll(PushTest.hello("Hi"));
    files.put("workflows/hello/email_1/body.html", "{{> card}}");
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("hello");
    assertThat(Bench.refused(answer))
        .singleElement()
        .asString()
        .startsWith("- | partials/card/content.html | - | ");
    assertThat(bench.assets.current(Bench.LOCAL).partials().object("card").text("content"))
        .contains("<p>old</p>");
  }

  @Test
  void a_partial_that_would_break_a_layout_that_serves_is_refused() {
    var files = partial("foot", "<p>foot</p>");
    files.put("layouts/plain/layout.json", "{\"html_layout@\": \"l.html\"}");
    files.put(
        "layouts/plain/l.html",
        "{{#if data.a}}".repeat(30) + "{{> foot}}" + "{{/if}}".repeat(30) + "{{{content}}}");
    assertThat(Bench.refused(bench.push(files))).isEmpty();
    var answer =
        bench.push(partial("foot", "{{#if data.a}}".repeat(30) + "x" + "{{/if}}".repeat(30)));

    assertThat(Bench.refused(answer))
        .containsExactly(
            "- | partials/foot/partial.json | - | With the partials of this push layouts/plain,"
                + " which is not part of it, would break.");
    assertThat(bench.assets.current(Bench.LOCAL).partials().object("foot").text("content"))
        .contains("<p>foot</p>");
  }

  @Test
  void a_layout_without_content_and_a_partial_of_an_unknown_type_are_refused() {
    var answer =
        bench.push(
            Map.of(
                "layouts/empty/layout.json",
                "{\"html_layout@\": \"l.html\"}",
                "layouts/empty/l.html",
                "<body></body>",
                "layouts/none/layout.json",
                "{}",
                "partials/card/partial.json",
                "{\"type\": \"mjml\", \"content\": \"x\"}"));

    assertThat(Bench.refused(answer))
        .extracting(line -> line.split(" \\| ")[1])
        .containsExactlyInAnyOrder(
            "layouts/empty/l.html", "layouts/none/layout.json", "partials/card/partial.json");
    assertThat(bench.assets.current(Bench.LOCAL).layouts()).isEqualTo(Json.Obj.EMPTY);
  }

  /** The one line about a workflow whose email has this body, pushed beside one that is fine. */
  private String refusalOf(String body) {
    var files = PushTest.other();
    files.putAll(PushTest.hello("Hi"));
    files.put("workflows/hello/email_1/body.html", body);
    var answer = bench.push(files);
    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer)).isNotEmpty();
    return Bench.refused(answer).getFirst();
  }

  private static Map<String, String> partial(String key, String content) {
    var files = new HashMap<String, String>();
    files.put(
        "partials/%s/partial.json".formatted(key),
        "{\"type\": \"html\", \"content@\": \"content.html\"}");
    files.put("partials/%s/content.html".formatted(key), content);
    return files;
  }
}
