package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.functions.api.ApiRoutes;
import dev.carillon.functions.feeds.FeedsRoutes;
import dev.carillon.functions.intake.IntakeRoutes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may call what: a row for each operation, and the answer to each kind of caller. An operation
 * without a row fails the build.
 */
class AuthorisationTest {
  private static final String TABLE =
      """
      GET /v1/users/{id}, any key
      PUT /v1/users/{id}, any key
      GET /v1/users/{id}/feeds/{channel}, any key
      GET /v1/users, secret key
      DELETE /v1/users/{id}, secret key
      GET /v1/users/{id}/preferences, any key
      GET /v1/users/{id}/preferences/{set}, any key
      PUT /v1/users/{id}/preferences/{set}, any key
      DELETE /v1/users/{id}/preferences/{set}, secret key
      PUT /v1/users/{id}/preferences/{set}/categories, secret key
      PUT /v1/users/{id}/preferences/{set}/categories/{name}, secret key
      PUT /v1/users/{id}/preferences/{set}/channel_types, secret key
      PUT /v1/users/{id}/preferences/{set}/channel_types/{name}, secret key
      PUT /v1/users/{id}/preferences/{set}/workflows, secret key
      PUT /v1/users/{id}/preferences/{set}/workflows/{name}, secret key
      GET /v1/users/{id}/channel_data/{channel}, any key
      PUT /v1/users/{id}/channel_data/{channel}, any key
      DELETE /v1/users/{id}/channel_data/{channel}, any key
      GET /v1/objects/{collection}/{id}/preferences, secret key
      GET /v1/objects/{collection}/{id}/preferences/{set}, secret key
      PUT /v1/objects/{collection}/{id}/preferences/{set}, secret key
      DELETE /v1/objects/{collection}/{id}/preferences/{set}, secret key
      PUT /v1/objects/{collection}/{id}/preferences/{set}/categories, secret key
      PUT /v1/objects/{collection}/{id}/preferences/{set}/categories/{name}, secret key
      PUT /v1/objects/{collection}/{id}/preferences/{set}/channel_types, secret key
      PUT /v1/objects/{collection}/{id}/preferences/{set}/channel_types/{name}, secret key
      PUT /v1/objects/{collection}/{id}/preferences/{set}/workflows, secret key
      PUT /v1/objects/{collection}/{id}/preferences/{set}/workflows/{name}, secret key
      GET /v1/objects/{collection}/{id}/channel_data/{channel}, secret key
      PUT /v1/objects/{collection}/{id}/channel_data/{channel}, secret key
      DELETE /v1/objects/{collection}/{id}/channel_data/{channel}, secret key
      GET /v1/objects/{collection}, secret key
      GET /v1/objects/{collection}/{id}, secret key
      PUT /v1/objects/{collection}/{id}, secret key
      DELETE /v1/objects/{collection}/{id}, secret key
      GET /v1/tenants, secret key
      GET /v1/tenants/{id}, secret key
      PUT /v1/tenants/{id}, secret key
      DELETE /v1/tenants/{id}, secret key
      GET /v1/users/{id}/subscriptions, secret key
      GET /v1/objects/{collection}/{id}/subscriptions, secret key
      POST /v1/objects/{collection}/{id}/subscriptions, secret key
      DELETE /v1/objects/{collection}/{id}/subscriptions, secret key
      POST /v1/users/{id}/merge, secret key
      GET /v1/users/{id}/messages, secret key
      GET /v1/objects/{collection}/{id}/messages, secret key
      GET /v1/bulk_operations/{id}, secret key
      POST /v1/users/bulk/identify, secret key
      POST /v1/users/bulk/delete, secret key
      POST /v1/users/bulk/preferences, secret key
      POST /v1/objects/{collection}/bulk/set, secret key
      POST /v1/objects/{collection}/bulk/delete, secret key
      POST /v1/objects/{collection}/bulk/subscriptions/add, secret key
      POST /v1/objects/{collection}/bulk/subscriptions/delete, secret key
      POST /v1/tenants/bulk/set, secret key
      POST /v1/tenants/bulk/delete, secret key
      GET /v1/users/{id}/schedules, secret key
      GET /v1/objects/{collection}/{id}/schedules, secret key
      GET /v1/messages, secret key
      GET /v1/messages/batch/content, secret key
      GET /v1/messages/{id}, secret key
      GET /v1/messages/{id}/activities, secret key
      GET /v1/messages/{id}/content, secret key
      GET /v1/messages/{id}/delivery_logs, secret key
      GET /v1/messages/{id}/events, secret key
      PUT /v1/messages/{id}/seen, any key
      PUT /v1/messages/{id}/read, any key
      PUT /v1/messages/{id}/archived, any key
      PUT /v1/messages/{id}/interacted, any key
      DELETE /v1/messages/{id}/seen, any key
      DELETE /v1/messages/{id}/read, any key
      DELETE /v1/messages/{id}/archived, any key
      GET /v1/schedules, secret key
      POST /v1/schedules, secret key
      PUT /v1/schedules, secret key
      DELETE /v1/schedules, secret key
      POST /v1/workflows/{key}/trigger, secret key
      POST /v1/workflows/{key}/cancel, secret key
      PUT /v1/workflows/{key}/activate, secret key
      POST /v1/notify, secret key
      POST /v1/notify/cancel, secret key
      GET /v1/workflow_recipient_runs, secret key
      GET /v1/workflow_recipient_runs/{id}, secret key
      GET /v1/explain, secret key
      GET /v1/audit, secret key
      GET /v1/waiting, secret key
      POST /v1/waiting/{id}/cancel, secret key
      POST /v1/waiting/{id}/send_now, secret key
      POST /v1/waiting/{id}/flush, secret key
      """;

  private final GuideEngine scene = GuideEngine.open();

  @Test
  void every_declared_operation_has_a_row() {
    assertThat(rows())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ApiRoutes.declared(), FeedsRoutes.declared(), IntakeRoutes.declared())
                .flatMap(List::stream)
                .map(RouteDeclaration::key)
                .toList());
  }

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void each_caller_is_let_in_or_refused(String operation, String access) {
    refused(operation, "", 401, "api_key_missing");
    refused(operation, "Basic c2tfdGVzdDo=", 401, "api_key_missing");
    refused(operation, "Bearer junk", 401, "authentication_required");
    refused(operation, "Bearer sk_test2", 401, "authentication_required");
    letIn(operation, "Bearer sk_test");
    switch (access) {
      case "any key" -> letIn(operation, "Bearer pk_test");
      case "secret key" -> refused(operation, "Bearer pk_test", 403, "incorrect_token_type");
      default -> throw new IllegalArgumentException(access);
    }
  }

  private void refused(String operation, String authorization, int status, String code) {
    CallAnswer answer = answer(operation, authorization);
    assertThat(answer.status()).as(authorization).isEqualTo(status);
    assertThat(answer.body().text("code")).contains(code);
  }

  /** What a call without a body or known ids is answered is not the point here. */
  private void letIn(String operation, String authorization) {
    CallAnswer answer = answer(operation, authorization);
    assertThat(answer.status()).as(authorization).isNotIn(401, 403).isLessThan(500);
    assertThat(answer.body().text("code")).isNotEqualTo(Optional.of("route_missing"));
  }

  private CallAnswer answer(String operation, String authorization) {
    String[] parts = operation.split(" ", 2);
    return scene.engine.call(
        new Call(
            parts[0],
            parts[1].replaceAll("\\{[^}]*}", "x"),
            Map.of("authorization", authorization),
            Optional.empty()));
  }

  private static List<String> rows() {
    return TABLE.lines().map(line -> line.substring(0, line.indexOf(','))).toList();
  }
}
