package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.json;
import static dev.carillon.workflow.Reading.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is refused for lacking what Knock's schema does not require. */
class OptionalFieldsTest {
  private static final String SAID =
      "\"ref\": \"it\", \"name\": \"It\", \"description\": \"What it does\"";
  private static final String IF =
      """
      "conditions": {"all": [{"variable": "data.a", "operator": "equal_to", "argument": "1"}]}
      """;

  /** Each row: a step that says all it can, and the fields that it must have, {@code ref} apart. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          IF, "type": "delay", "settings": {"delay_for": {"unit": "days", "value": -1}, "delay_until_field_path": "data.at"} | settings settings.delay_until_field_path
          IF, "type": "delay", "settings": {"delay_for": {"frequency": "monthly", "interval": 2, "days": ["mon"], "day_of_month": 31, "hours": 23, "minutes": 59}} | settings settings.delay_for settings.delay_for.frequency
          "type": "batch", "settings": {"batch_key": "a", "batch_window": {"unit": "days", "value": 1}, "batch_until_field_path": "data.at", "batch_window_type": "sliding", "batch_window_extension_limit": {"unit": "days", "value": 2}, "batch_order": "desc", "batch_items_max_limit": 1000, "batch_items_render_limit": 100, "batch_execution_mode": "flush_leading", "workflow_version_mode": "latest"} | settings
          IF, "type": "throttle", "settings": {"throttle_key": "a", "throttle_limit": 5, "throttle_window": {"unit": "days", "value": 1}, "throttle_window_field_path": "data.at"} | settings
          IF, "type": "http_fetch", "settings": {"method": "put", "url": "https://e.com", "headers": [{"key": "a", "value": "b"}], "query_params": [{"key": "a", "value": "b"}], "body": "{}", "response_path": "a.b", "signing_key": "s"} | settings settings.url
          IF, "type": "trigger_workflow", "settings": {"workflow_key": "other", "recipients": "ada", "actor": "grace", "tenant": "acme", "data": "{}", "cancellation_key": "k"} | settings settings.workflow_key
          IF, "type": "wait_for_event", "settings": {"event": {"event_type": "recipient", "event_key": "updated"}, "expires_after": {"unit": "days", "value": 30}, "match_conditions": [{"operator": "and", "conditions": [{"variable": "event.a", "operator": "exists"}]}], "on_match": "halt", "on_timeout": "continue"} | settings settings.event settings.event.event_type
          IF, "type": "update_data", "settings": {"data": "{}"} | settings settings.data
          IF, "type": "update_user", "settings": {"recipient_mode": "current", "recipient_gid": "gid://Object/$users/1", "update_properties": "{}"} | settings settings.update_properties
          IF, "type": "update_object", "settings": {"recipient_gid": "gid://Object/a/1", "update_properties": "{}"} | settings settings.recipient_gid settings.update_properties
          IF, "type": "update_tenant", "settings": {"recipient_mode": "current", "recipient_gid": "gid://Object/$tenants/1", "update_properties": "{}"} | settings settings.update_properties
          "type": "branch", "branches": [{"name": "Default", "conditions": {"all": []}, "steps": [], "terminates": true}] | branches
          IF, "type": "random_cohort", "cohort_key": "tenant.id", "cohort_branches": [{"name": "A", "percentage": "50", "steps": [], "terminates": true}, {"percentage": 50}] | cohort_branches cohort_branches.0.percentage cohort_branches.1.percentage
          IF, "type": "channel", "channel_type": "email", "channel_key": "a", "channel_group_key": null, "send_windows": [{"day": "monday", "type": "send", "from": "09:00:00", "until": "17:00:00"}], "channel_overrides": {"to_address": "a", "from_address": "a", "from_name": "a", "cc_address": "a", "bcc_address": "a", "reply_to_address": "a", "json_overrides": null, "open_tracking": false, "link_tracking": false}, "template": {"subject": "a", "html_body": "a", "visual_blocks": null, "text_body": "a", "is_mjml": false, "settings": {"layout_key": "a", "attachment_key": "a", "pre_content": "a"}} | channel_key template send_windows.0.day send_windows.0.type
          IF, "type": "channel", "channel_type": "sms", "channel_key": "a", "channel_overrides": {"link_tracking": false}, "template": {"text_body": "a", "settings": {"to_number": "1", "payload_overrides": "{}"}} | channel_key channel_type template
          IF, "type": "channel", "channel_type": "push", "channel_key": "a", "channel_overrides": {"token_deregistration": true}, "template": {"title": "a", "text_body": "a", "settings": {"delivery_type": "silent", "payload_overrides": "{}"}} | channel_key channel_type template
          IF, "type": "channel", "channel_type": "chat", "channel_group_key": "a", "channel_overrides": {"email_based_user_id_resolution": true}, "template": {"markdown_body": "a", "json_body": "{}", "summary": "a"} | channel_group_key channel_type template
          IF, "type": "channel", "channel_type": "in_app_feed", "channel_key": "a", "template": {"markdown_body": "a", "action_url": "", "action_buttons": [{"label": "a", "action": "b"}]} | channel_key channel_type template
          IF, "type": "channel", "channel_type": "http", "channel_key": "a", "template": {"method": "get", "url": "https://e.com", "headers": [], "query_params": [], "body": null} | channel_key channel_type template
          """)
  void a_field_that_is_not_required_may_be_null_or_absent(String step, String required) {
    var source = json("{" + SAID + ", " + step.replace("IF", IF) + "}");
    var must = Set.of(("ref type " + required).split(" "));
    var without = new ArrayList<Json>(List.of(source));
    for (String path : optional(source, "", must)) {
      without.add(with(source, List.of(path.split("\\.")), Json.NULL));
      without.add(with(source, List.of(path.split("\\.")), null));
    }
    assertThat(without).hasSizeGreaterThan(4);
    without.forEach(it -> ok(Json.object().with("steps", Json.array(List.of(it)))));
  }

  @Test
  void what_a_workflow_carries_that_was_pulled_does_no_harm() {
    ok(
        """
        {"$schema": "https://schemas.knock.app/cli/workflow.json", "key": "a", "name": "A",
         "active": false, "valid": false, "environment": "development", "sha": "f7e9",
         "created_at": "2022-12-16T19:07:50.027113Z", "updated_at": null, "deleted_at": null,
         "description": "d", "tags": ["a"], "goal_attachment": {"goal_key": "g"}, "steps": [],
         "__readonly": {"key": "a", "active": true, "valid": true, "environment": "development"}}
        """);
  }

  /** The paths of the fields that are not required, those in lists and in conditions included. */
  private static List<String> optional(Json json, String path, Set<String> must) {
    var found = new ArrayList<String>();
    switch (json) {
      case Json.Obj(var fields) ->
          fields.forEach(
              (name, value) -> {
                // A condition is all or nothing, and so is a period.
                boolean whole =
                    Set.of("variable", "operator", "argument", "unit", "value", "key", "label")
                        .contains(name);
                if (!must.contains(path + name) && !whole && !name.equals("action")) {
                  found.add(path + name);
                }
                found.addAll(optional(value, path + name + ".", must));
              });
      case Json.Arr(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          found.addAll(optional(items.get(i), path + i + ".", must));
        }
      }
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> {}
    }
    return found;
  }

  /**
   * @param value null to leave it out
   */
  private static Json with(Json json, List<String> path, Json value) {
    String name = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    return switch (json) {
      case Json.Obj object when rest.isEmpty() ->
          value == null ? object.without(name) : object.with(name, value);
      case Json.Obj object -> object.with(name, with(object.fields().get(name), rest, value));
      case Json.Arr(var items) -> {
        var changed = new ArrayList<>(items);
        int i = Integer.parseInt(name);
        changed.set(i, with(items.get(i), rest, value));
        yield new Json.Arr(changed);
      }
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> json;
    };
  }
}
