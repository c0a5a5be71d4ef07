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
      management-branch-create, 201, slug, greeting
      management-branch-delete-unknown, 404, code, branch_not_found
      management-branch-get-unknown, 404, code, branch_not_found
      management-branch-rebase-unknown, 404, code, branch_not_found
      management-branches-list, 200, page_info.page_size, 50
      management-broadcasts-not-built, 501, code, not_built
      management-channel-group-get-unknown, 404, code, resource_missing
      management-channel-groups-list, 200, page_info.page_size, 50
      management-commit-all, 200, result, success
      management-preview-layout-wrong, 200, result, error
      management-preview-partial, 200, content, Hi Ada
      management-preview-step, 200, template.subject, Hi
      management-preview-template, 200, template.text_body, Hi ada
      management-variable-get-unknown, 404, code, resource_missing
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
