package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody reads is refused by name when it is pushed, and not taken in silence. */
class UnknownFieldsTest {
  private static final String WORKFLOW = "workflows/hello/workflow.json";

  private final Bench bench = new Bench();

  private List<String> refused(String workflow) {
    return Bench.refused(bench.push(Map.of(WORKFLOW, workflow.replace('\'', '"'))));
  }

  private List<String> refusedStep(String step) {
    return refused("{'name': 'Hello', 'steps': [" + step + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'trigger_frequncy': 'every_trigger'               | trigger_frequncy
          'settings': {'commercial': true}                  | settings.commercial
          'conditions': {'all': [{'variable': 'data.a', 'operator': 'exists', 'value': 1}]} \
          | conditions.all[0].value
          'enabled': false                                  | enabled
          """)
  void of_a_workflow(String field, String path) {
    assertThat(refused("{'name': 'Hello', 'steps': [], " + field + "}"))
        .containsExactly(
            "hello | " + WORKFLOW + " | - | " + path + ": There is no such field here.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'type': 'channel', 'channel_key': 'sms', 'channel_type': 'sms', 'template': {'text_body': 'x', 'body': 'y'} | template.body
          'type': 'channel', 'channel_key': 'sms', 'channel_type': 'sms', 'condition': [], 'template': {'text_body': 'x'} | condition
          'type': 'channel', 'channel_key': 'mail', 'channel_type': 'email', 'template': {'subject': 'x', 'html_body': 'y', 'settings': {'layout': 'z'}} | template.settings.layout
          'type': 'channel', 'channel_key': 'mail', 'channel_type': 'email', 'channel_overrides': {'fromAddress': 'a@b.example'}, 'template': {'subject': 'x', 'html_body': 'y'} | channel_overrides.fromAddress
          'type': 'channel', 'channel_key': 'sms', 'channel_type': 'sms', 'channel_overrides': {'from_address': 'a@b.example'}, 'template': {'text_body': 'x'} | channel_overrides.from_address
          'type': 'channel', 'channel_key': 'mail', 'channel_type': 'email', 'template': {'subject': 'x', 'visual_blocks': [{'type': 'divider', 'colour': 'y'}]} | template.visual_blocks[0].colour
          'type': 'channel', 'channel_key': 'feed', 'channel_type': 'in_app_feed', 'template': {'markdown_body': 'x', 'action_buttons': [{'label': 'a', 'action': 'b', 'href': 'c'}]} | template.action_buttons[0].href
          'type': 'channel', 'channel_key': 'sms', 'channel_type': 'sms', 'send_windows': [{'day': 'monday', 'type': 'send', 'to': '17:00'}], 'template': {'text_body': 'x'} | send_windows[0].to
          'type': 'delay', 'settings': {'delay_for': {'unit': 'hours', 'value': 1, 'units': 2}} | settings.delay_for.units
          'type': 'delay', 'send_windows': [], 'settings': {'delay_for': {'unit': 'hours', 'value': 1}} | send_windows
          'type': 'batch', 'settings': {'batch_window': {'unit': 'hours', 'value': 1}, 'batch_by': 'data.a'} | settings.batch_by
          'type': 'throttle', 'settings': {'throttle_window': {'unit': 'hours', 'value': 1}, 'limit': 5} | settings.limit
          'type': 'http_fetch', 'settings': {'url': 'https://x.example', 'params': 'a'} | settings.params
          'type': 'trigger_workflow', 'settings': {'workflow_key': 'a', 'recipient': 'b'} | settings.recipient
          'type': 'update_user', 'settings': {'update_properties': '{}', 'properties': '{}'} | settings.properties
          'type': 'update_data', 'settings': {'data': '{}', 'merge': true} | settings.merge
          'type': 'wait_for_event', 'settings': {'event': {'event_type': 'recipient', 'key': 'a'}} | settings.event.key
          'type': 'branch', 'branches': [{'name': 'a', 'steps': [], 'terminate': true}] | branches[0].terminate
          'type': 'random_cohort', 'cohort_branches': [{'percentage': '50', 'steps': [], 'weight': 1}, {'percentage': '50', 'steps': []}] | cohort_branches[0].weight
          """)
  void of_a_step(String step, String path) {
    assertThat(refusedStep("{'ref': 'it', " + step + "}"))
        .containsExactly(
            "hello | " + WORKFLOW + " | it | " + path + ": There is no such field here.");
  }

  @Test
  void of_a_step_within_a_branch_with_the_step_s_own_name() {
    assertThat(
            refusedStep(
                "{'ref': 'out', 'type': 'branch', 'branches': [{'steps': [{'ref': 'in', 'type':"
                    + " 'delay', 'delay': 1, 'settings': {'delay_for': {'unit': 'hours', 'value':"
                    + " 1}}}]}]}"))
        .containsExactly("hello | " + WORKFLOW + " | in | delay: There is no such field here.");
  }

  @Test
  void beside_whatever_else_is_wrong_with_the_step() {
    assertThat(
            refusedStep(
                "{'ref': 'it', 'type': 'channel', 'channel_key': 'sms', 'channel_type': 'sms',"
                    + " 'template': {'text_body': '{{#if}}', 'txt': 'x'}}"))
        .hasSize(3)
        .anyMatch(it -> it.contains("template.text_body"))
        .anyMatch(it -> it.contains("template.txt"));
  }

  @Test
  void in_the_file_that_holds_it() {
    var files = new HashMap<String, String>();
    files.put(
        WORKFLOW,
        """
        {"name": "Hello", "steps": [{"ref": "it", "type": "channel", "channel_key": "mail",
          "channel_type": "email",
          "template": {"subject": "x", "visual_blocks@": "it/visual_blocks.json"}}]}
        """);
    files.put(
        "workflows/hello/it/visual_blocks.json", "[{\"type\": \"divider\", \"href\": \"c\"}]");
    assertThat(Bench.refused(bench.push(files)))
        .containsExactly(
            "hello | workflows/hello/it/visual_blocks.json | it | template.visual_blocks[0].href:"
                + " There is no such field here.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          layouts/mine/layout.json   | {'name': 'Mine', 'html_layout': '{{{content}}}', 'html': 'x'} | html: There is no such field here.
          layouts/mine/layout.json   | {'name': 'Mine', 'html_layout': '{{{content}}}', 'footer_links': [{'text': 'a', 'url': 'b', 'href': 'c'}]} | footer_links[0].href: There is no such field here.
          layouts/mine/layout.json   | {'name': 'Mine', 'html_layout': '{{{content}}}', 'branding_overrides': {'logo': 'x'}} | branding_overrides.logo: There is no such field here.
          layouts/mine/layout.json   | {'name': 'Mine', 'html_layout': '{{{content}}}', 'is_mjml': 'no'} | is_mjml: This must be true or false.
          partials/mine/partial.json | {'name': 'Mine', 'type': 'html', 'content': 'x', 'description': 7} | description: This must be a text.
          partials/mine/partial.json | {'name': 'Mine', 'type': 'html', 'content': 'x', 'html': 'y'} | html: There is no such field here.
          """)
  void of_a_layout_or_partial(String file, String json, String reason) {
    var answer = bench.push(Map.of(file, json.replace('\'', '"')));
    assertThat(Bench.refused(answer)).containsExactly("- | " + file + " | - | " + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'$schema': 'https://schemas.knock.app/cli/workflow.json', '__readonly': {'key': 'hello'}",
        "'description': 'x', 'tags': ['a'], 'categories': ['b']",
        "'conditions': null, 'settings': {}, 'nobody': null, 'goal_attachment': null",
        "'active': true, 'valid': true, 'sha': 'x', 'key': 'hello', 'created_at': 'x'"
      })
  void what_says_nothing_or_says_something_to_people_is_taken(String fields) {
    assertThat(refused("{'name': 'Hello', 'steps': [], " + fields + "}")).isEmpty();
  }

  @Test
  void what_knock_has_and_is_not_there_yet_is_named() {
    assertThat(
            refused("{'name': 'Hello', 'steps': [], 'goal_attachment': {'goal_key': 'signed-up'}}"))
        .containsExactly(
            "hello | " + WORKFLOW + " | - | goal_attachment: Goals are not supported yet.");
  }

  @Test
  void a_sliding_batch_without_a_limit_is_refused() {
    String batch =
        "{'ref': 'it', 'type': 'batch', 'settings': {'batch_window': {'unit': 'hours', 'value': 1},"
            + " 'batch_window_type': 'sliding'%s}}";
    assertThat(refusedStep(batch.formatted("")))
        .containsExactly(
            "hello | "
                + WORKFLOW
                + " | it | settings.batch_window_extension_limit: A sliding batch needs a limit to"
                + " how long it may be kept open.");
    assertThat(
            refusedStep(
                batch.formatted(", 'batch_window_extension_limit': {'unit': 'hours', 'value': 4}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "delay, delay_for",
    "batch, batch_window",
    "throttle, throttle_window",
    "wait_for_event, expires_after"
  })
  void a_period_is_whole(String type, String field) {
    for (String value : List.of("1.5", "'1'", "1e20", "null")) {
      assertThat(
              refusedStep(
                  "{'ref': 'it', 'type': '%s', 'settings': {'event': {'event_type': 'recipient'}, '%s': {'unit': 'hours', 'value': %s}}}"
                      .formatted(type, field, value)))
          .as(value)
          .anyMatch(it -> it.contains("settings." + field + ": ") && it.contains("whole number"));
    }
  }
}
