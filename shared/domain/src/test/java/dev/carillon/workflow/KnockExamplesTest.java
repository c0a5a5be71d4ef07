package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.ok;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Knock's management API gives as examples of steps is read without a problem. */
class KnockExamplesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"description": "Batch step description", "name": "Batch step", "ref": "batch_step",
         "settings": {"batch_key": "data.project_id",
                      "batch_window": {"unit": "minutes", "value": 10}},
         "type": "batch"}
        """,
        """
        {"name": "Throttle step", "ref": "throttle_step", "type": "throttle",
         "settings": {"throttle_key": "data.project_id", "throttle_limit": 1,
                      "throttle_window": {"unit": "minutes", "value": 10}}}
        """,
        """
        {"conditions": {}, "description": "Delay for 10 seconds", "name": "Delay",
         "ref": "delay_step", "settings": {"delay_for": {"unit": "seconds", "value": 10}},
         "type": "delay"}
        """,
        """
        {"branches": [
           {"conditions": {"all": [{"argument": "pro", "operator": "equal_to",
                                    "variable": "recipient.plan_type"}]},
            "name": "Pro plan", "steps": [], "terminates": false},
           {"conditions": null, "name": "Default", "steps": [], "terminates": false}],
         "description": "Branch description", "name": "Branch 1", "ref": "branch_1",
         "type": "branch"}
        """,
        """
        {"cohort_branches": [
           {"name": "Control", "percentage": "50", "steps": [], "terminates": false},
           {"name": "Variant", "percentage": "50", "steps": [], "terminates": false}],
         "description": "Experiment step description.", "name": "Experiment",
         "ref": "experiment_1", "type": "random_cohort"}
        """,
        """
        {"name": "Fetch step", "ref": "fetch_1", "type": "http_fetch",
         "settings": {"body": null, "headers": [{"key": "X-API-Key", "value": "1234567890"}],
                      "method": "get", "query_params": [{"key": "key", "value": "value"}],
                      "url": "https://example.com"}}
        """,
        """
        {"name": "Trigger workflow step", "ref": "trigger_workflow_step",
         "settings": {"actor": "{{ actor.id }}",
                      "cancellation_key": "{{ workflow.cancellation_key }}",
                      "data": "{{ data | json }}", "recipients": "{{ recipient.id }}",
                      "tenant": "{{ tenant.id }}", "workflow_key": "dinosaurs-loose"},
         "type": "trigger_workflow"}
        """,
        """
        {"name": "Wait for message event", "ref": "wait_for_event_1", "type": "wait_for_event",
         "settings": {
           "event": {"event_key": "interacted", "event_type": "message",
                     "source_key": "engagement-workflow", "source_type": "workflow"},
           "expires_after": {"unit": "days", "value": 1},
           "match_conditions": [
             {"conditions": [{"argument": "msg_123", "operator": "equal_to",
                              "variable": "event.message_id"}],
              "operator": "and"}],
           "on_match": "continue", "on_timeout": "halt"}}
        """,
        """
        {"description": "Update data step description.", "name": "Update data",
         "ref": "update_data_1", "settings": {"data": "{\\"key\\": \\"value\\"}"},
         "type": "update_data"}
        """,
        """
        {"name": "Update user", "ref": "update_user_1", "type": "update_user",
         "settings": {"recipient_gid": "gid://Object/$users/user-123",
                      "recipient_mode": "reference",
                      "update_properties": "{\\"name\\": \\"Updated User\\"}"}}
        """,
        """
        {"name": "Update object", "ref": "update_object_1", "type": "update_object",
         "settings": {"recipient_gid": "gid://Object/projects/123",
                      "update_properties": "{\\"status\\": \\"active\\"}"}}
        """,
        """
        {"name": "Update tenant", "ref": "update_tenant_1", "type": "update_tenant",
         "settings": {"recipient_gid": "gid://Object/$tenants/tenant-123",
                      "recipient_mode": "reference",
                      "update_properties": "{\\"name\\": \\"Updated Tenant\\"}"}}
        """,
        """
        {"channel_group_key": null, "channel_key": "postmark", "channel_overrides": null,
         "channel_type": "email", "conditions": null, "name": "Email channel step",
         "description": "This is a description of the channel step", "ref": "channel_step",
         "send_windows": null, "type": "channel",
         "template": {"html_body": "<p>Hello</p>", "settings": {"layout_key": "default"},
                      "subject": "Welcome to {{ vars.app_name }}", "text_body": "Hello"}}
        """,
        """
        {"channel_group_key": null, "channel_key": "twilio", "channel_overrides": null,
         "channel_type": "sms", "conditions": null, "name": "SMS channel step",
         "ref": "channel_step", "send_windows": null, "type": "channel",
         "template": {"settings": {"payload_overrides": "{\\"name\\": \\"John\\"}",
                                   "to_number": "+1234567890"},
                      "text_body": "Hello, world!"}}
        """,
        """
        {"channel_group_key": null, "channel_key": "apns", "channel_overrides": null,
         "channel_type": "push", "ref": "channel_step", "send_windows": null, "type": "channel",
         "template": {"settings": {"delivery_type": "content",
                                   "payload_overrides": "{\\"name\\": \\"John\\"}"},
                      "text_body": "Hello, world!", "title": "Hello, world!"}}
        """,
        """
        {"channel_group_key": null, "channel_key": "slack", "channel_overrides": null,
         "channel_type": "chat", "ref": "channel_step", "send_windows": null, "type": "channel",
         "template": {"json_body": null, "markdown_body": "**Hello**, world!",
                      "summary": "Hello, world!"}}
        """,
        """
        {"channel_group_key": null, "channel_key": "knock-in-app", "channel_overrides": null,
         "channel_type": "in_app_feed", "ref": "channel_step", "send_windows": null,
         "type": "channel",
         "template": {"action_buttons": [{"action": "https://example.com", "label": "Button 1"}],
                      "action_url": "https://example.com", "markdown_body": "Hello, world!"}}
        """,
        """
        {"channel_group_key": null, "channel_key": "pagerduty", "channel_type": "http",
         "conditions": null, "ref": "channel_step", "send_windows": null, "type": "channel",
         "template": {"body": null, "headers": [{"key": "X-API-Key", "value": "1234567890"}],
                      "method": "get", "query_params": [{"key": "key", "value": "value"}],
                      "url": "https://example.com"}}
        """,
        """
        {"channel_key": "in-app-feed", "name": "Channel 1", "ref": "channel_1", "type": "channel",
         "template": {"action_url": "{{ vars.app_url }}",
                      "markdown_body": "Hello **{{ recipient.name }}**"}}
        """,
        """
        {"channel_key": "postmark", "channel_type": "email", "ref": "email_1", "type": "channel",
         "send_windows": [{"day": "monday", "from": "09:00", "type": "send", "until": 1020}],
         "template": {"subject": "s", "html_body": "b", "settings": {}}}
        """
      })
  void an_example_of_a_step_is_read(String step) {
    assertThat(ok("{\"name\": \"My Workflow\", \"steps\": [" + step + "]}").steps()).hasSize(1);
  }
}
