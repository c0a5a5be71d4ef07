package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.memory.events.EventPayloads;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  private static final String EXPECTED =
      """
      management-api-key-delete-unknown, 404, code, resource_missing
      management-api-key-exchange, 200, code, null
      management-api-key-post, 201, api_key.kind, public
      management-api-keys-list, 200, page_info.page_size, 50
      management-audience-delete-unknown, 404, code, resource_missing
      management-branch-create, 201, slug, greeting
      management-branch-delete-unknown, 404, code, branch_not_found
      management-branch-get-unknown, 404, code, branch_not_found
      management-branch-rebase-unknown, 404, code, branch_not_found
      management-branches-list, 200, page_info.page_size, 50
      management-branding-get, 200, branding.primary_color, null
      management-branding-put-wrong, 422, errors.0.field, branding.primary_color
      management-broadcast-cancel-unknown, 404, code, resource_missing
      management-broadcast-get-unknown, 404, code, resource_missing
      management-broadcast-put, 200, broadcast.status, draft
      management-broadcast-send-unknown, 404, code, resource_missing
      management-broadcast-validate, 200, broadcast.valid, true
      management-broadcasts-list, 200, page_info.page_size, 50
      management-channel-credentials-unknown, 404, code, resource_missing
      management-channel-group-delete-unknown, 404, code, resource_missing
      management-channel-group-get-unknown, 404, code, resource_missing
      management-channel-group-put, 200, channel_group.key, mails
      management-channel-groups-list, 200, page_info.page_size, 50
      management-channel-put, 200, channel.name, Mail
      management-channel-put-wrong, 422, errors.0.field, channel.settings.form_address
      management-commit-all, 200, result, success
      management-goals-not-built, 501, code, not_built
      management-member-delete-unknown, 404, code, resource_missing
      management-member-get-unknown, 404, code, resource_missing
      management-member-post, 201, member.user.email, ada@example.com
      management-member-put-unknown, 404, code, resource_missing
      management-members-list, 200, page_info.page_size, 50
      management-plan, 200, complete, true
      management-preference-categories-list, 200, entries.0, null
      management-preference-category-delete-unknown, 404, code, resource_missing
      management-preference-category-put, 200, preference_category.name, news
      management-preference-center-get, 200, enabled, true
      management-preference-center-put, 200, config.title, What we may tell you
      management-preference-center-reset, 200, config.title, null
      management-preference-defaults-get, 200, preferences.channel_types, null
      management-preference-defaults-put, 200, preferences.channel_types.sms, false
      management-preview-layout-wrong, 200, result, error
      management-preview-partial, 200, content, Hi Ada
      management-preview-step, 200, template.subject, Hi
      management-preview-template, 200, template.text_body, Hi ada
      management-schema-get, 200, item_type, user
      management-schema-put, 200, schema.properties.0.key, plan
      management-schema-validate-wrong, 422, errors.0.field, properties
      management-schemas-list, 200, page_info.page_size, 50
      management-service-token-delete-unknown, 404, code, resource_missing
      management-service-token-post, 201, service_token.name, ci
      management-service-tokens-list, 200, page_info.page_size, 50
      management-signing-key-delete-unknown, 404, code, resource_missing
      management-signing-key-post, 201, signing_key.created, null
      management-signing-keys-list, 200, public_keys, restricted
      management-source-get-unknown, 404, code, resource_missing
      management-source-logs-unknown, 404, code, resource_missing
      management-source-provider, 200, default_action_mappings.0.action_type, users_identify
      management-source-providers-list, 200, entries.0.key, http
      management-source-put, 200, source.environment_settings.development.mappings.0.event_type, Order Placed
      management-source-put-wrong-path, 422, errors.0.field, source.environment_settings.development.settings.event_type_path
      management-source-script-not-built, 501, code, not_built
      management-sources-list, 200, entries, []
      management-tag-delete-unknown, 404, code, resource_missing
      management-tag-put, 200, tag.name, billing
      management-tags-list, 200, entries.0, null
      management-variable-delete-unknown, 404, code, resource_missing
      management-variable-get-unknown, 404, code, resource_missing
      management-variable-put, 200, variable.value, Fable Books
      management-variables-list, 200, page_info.page_size, 50
      management-whoami, 200, service_token_name, laptop
      management-whoami-secret-key, 403, code, incorrect_token_type
      management-workflow-activate, 200, workflow.active, false
      management-workflow-activate-elsewhere, 422, errors.0.field, environment
      management-workflow-activate-unknown, 404, code, workflow_missing
      management-workflow-put, 200, workflow.key, welcome
      management-workflow-put-wrong, 422, errors.0.field, steps[0].template.html_body
      management-workflows-list, 200, entries.0.key, new-comment
      """;

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void is_answered_as_expected(String event, int status, String field, String value)
      throws IOException {
    var desk = new ManagementFixture();
    desk.put("/v1/workflows/new-comment?commit=true", ManagementFixture.workflow("x"));
    var reply = desk.play(EventPayloads.read(event));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text(field)).isEqualTo(value);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("management-", EXPECTED);
  }
}
