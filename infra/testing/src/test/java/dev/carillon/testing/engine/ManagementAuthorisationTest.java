package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ManagementScope;
import dev.carillon.access.MemberRole;
import dev.carillon.access.ServiceToken;
import dev.carillon.access.TokensOfMembers;
import dev.carillon.catalog.CatalogName;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.ManagementRoutes;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.testing.scenarios.GuideEngine;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may call what of the management API, as {@link AuthorisationTest} has it for the other
 * routes: {@code in} when an operation of the kind lets the caller in, otherwise the error's code.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class ManagementAuthorisationTest {
  private static final String TABLE =
      """
      GET /v1/whoami, reads
      GET /v1/environments, reads
      GET /v1/environments/{slug}, reads
      GET /v1/channels, reads
      GET /v1/channels/{key}, reads
      GET /v1/workflows, reads
      GET /v1/workflows/{key}, reads
      PUT /v1/workflows/{key}, writes
      PUT /v1/workflows/{key}/validate, reads
      GET /v1/email_layouts, reads
      GET /v1/email_layouts/{key}, reads
      PUT /v1/email_layouts/{key}, writes
      PUT /v1/email_layouts/{key}/validate, reads
      GET /v1/partials, reads
      GET /v1/partials/{key}, reads
      PUT /v1/partials/{key}, writes
      PUT /v1/partials/{key}/validate, reads
      GET /v1/message_types, reads
      GET /v1/message_types/{key}, reads
      PUT /v1/message_types/{key}, writes
      PUT /v1/message_types/{key}/validate, reads
      GET /v1/audiences, reads
      GET /v1/audiences/{key}, reads
      PUT /v1/audiences/{key}, writes
      PUT /v1/audiences/{key}/validate, reads
      PUT /v1/workflows/{key}/activate, switches
      PUT /v1/workflows/{key}/run, writes
      GET /v1/commits, reads
      PUT /v1/commits, commits
      PUT /v1/commits/promote, commits
      GET /v1/commits/{id}, reads
      PUT /v1/commits/{id}/promote, commits
      PUT /v1/commits/{id}/revert, commits
      GET /v1/commits/{id}/diff, reads
      GET /v1/changes, reads
      GET /v1/plan, writes
      GET /v1/variables/{key}, reads
      GET /v1/goals, unbuilt
      GET /v1/sources/{key}/status, reads
      GET /v1/sources, reads
      POST /v1/email_layouts/preview, writes
      DELETE /v1/goals/{goal_key}, unbuilt
      GET /v1/goals/{goal_key}, unbuilt
      PUT /v1/goals/{goal_key}, unbuilt
      GET /v1/assets, unbuilt
      GET /v1/broadcasts/{broadcast_key}, reads
      PUT /v1/broadcasts/{broadcast_key}, writes
      POST /v1/templates/preview, writes
      PUT /v1/guides/{guide_key}/activate, unbuilt
      GET /v1/guides, reads
      GET /v1/translation_texts, reads
      GET /v1/translations, reads
      GET /v1/translations/{locale_code}, reads
      PUT /v1/translations/{locale_code}, writes
      PUT /v1/goals/{goal_key}/validate, unbuilt
      DELETE /v1/tags/{name}, sets
      PUT /v1/tags/{name}, sets
      POST /v1/sources/{key}/rehearse, writes
      GET /v1/schemas, reads
      GET /v1/channel_groups, reads
      GET /v1/variables, reads
      DELETE /v1/guides/{guide_key}, unbuilt
      GET /v1/guides/{guide_key}, unbuilt
      PUT /v1/guides/{guide_key}, unbuilt
      GET /v1/sources/{key}, reads
      PUT /v1/sources/{key}, writes
      DELETE /v1/members/{id}, grants
      GET /v1/members/{id}, grants
      DELETE /v1/audiences/{key}, commits
      GET /v1/preference_center, reads
      PUT /v1/preference_center, sets
      GET /v1/schemas/{item_type}, reads
      PUT /v1/schemas/{item_type}, sets
      PUT /v1/broadcasts/{broadcast_key}/cancel, sends
      GET /v1/branches, reads
      GET /v1/preference_categories, reads
      POST /v1/partials/preview, writes
      GET /v1/members, grants
      POST /v1/workflows/{workflow_key}/steps/{step_ref}/preview_template, writes
      PUT /v1/translations/{locale_code}/validate, reads
      DELETE /v1/preference_categories/{name}, sets
      PUT /v1/preference_categories/{name}, sets
      PUT /v1/branches/{branch_slug}/rebase, writes
      GET /v1/broadcasts, reads
      PUT /v1/guides/{guide_key}/validate, unbuilt
      PUT /v1/broadcasts/{broadcast_key}/send, sends
      PUT /v1/broadcasts/{broadcast_key}/validate, reads
      PUT /v1/schemas/{item_type}/validate, reads
      DELETE /v1/channel_groups/{channel_group_key}, sets
      GET /v1/channel_groups/{channel_group_key}, reads
      PUT /v1/channel_groups/{channel_group_key}, sets
      GET /v1/sources/{key}/events, reads
      GET /v1/source_providers, reads
      GET /v1/tags, reads
      PUT /v1/preference_center/reset, sets
      POST /v1/api_keys/exchange, grants
      POST /v1/goals/{goal_key}/clone, unbuilt
      GET /v1/source_providers/{key}, reads
      DELETE /v1/branches/{branch_slug}, writes
      GET /v1/branches/{branch_slug}, reads
      POST /v1/branches/{branch_slug}, writes
      GET /v1/sources/{key}/logs, reads
      PUT /v1/channels/{key}, sets
      PUT /v1/channels/{key}/credentials, sets
      PUT /v1/variables/{key}, sets
      DELETE /v1/variables/{key}, sets
      GET /v1/branding, reads
      PUT /v1/branding, sets
      GET /v1/preference_defaults, reads
      PUT /v1/preference_defaults, sets
      POST /v1/members, grants
      PUT /v1/members/{id}, grants
      GET /v1/service_tokens, grants
      POST /v1/service_tokens, grants
      DELETE /v1/service_tokens/{id}, grants
      GET /v1/api_keys, grants
      POST /v1/api_keys, grants
      DELETE /v1/api_keys/{id}, grants
      GET /v1/signing_keys, grants
      POST /v1/signing_keys, grants
      DELETE /v1/signing_keys/{id}, grants
      """;

  /** The columns, then the callers by their credential. */
  private static final String CALLERS =
      """
      caller              | reads                   | writes                  | commits                 | sets                    | sends                   | grants                  | unbuilt                 | switches
      ''                  | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing
      knock_st_nobody     | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required
      knock_st_revoked    | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required
      knock_st_all        | in                      | in                      | in                      | in                      | in                      | in                      | not_built               | in
      knock_st_read       | in                      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | not_built               | insufficient_scope
      knock_st_write      | insufficient_scope      | in                      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | in
      knock_st_commit     | insufficient_scope      | insufficient_scope      | in                      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope
      knock_st_settings   | insufficient_scope      | insufficient_scope      | insufficient_scope      | in                      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope
      knock_st_send       | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | in                      | insufficient_scope      | insufficient_scope      | insufficient_scope
      knock_st_access     | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | in                      | insufficient_scope      | insufficient_scope
      knock_st_owner      | in                      | in                      | in                      | in                      | in                      | in                      | not_built               | in
      knock_st_admin      | in                      | in                      | in                      | in                      | in                      | in                      | not_built               | in
      knock_st_member     | in                      | in                      | in                      | insufficient_scope      | in                      | insufficient_scope      | not_built               | in
      knock_st_production_only_member | in                      | in                      | in                      | insufficient_scope      | in                      | insufficient_scope      | not_built               | in
      knock_st_billing    | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope
      knock_st_support    | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope      | insufficient_scope
      sk_test             | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | in
      pk_test             | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type    | incorrect_token_type
      """;

  private final GuideEngine scene = GuideEngine.open();

  @BeforeAll
  void there_are_tokens() {
    token("all", EnumSet.allOf(ManagementScope.class), false);
    token("revoked", EnumSet.allOf(ManagementScope.class), true);
    for (ManagementScope scope : ManagementScope.values()) {
      token(scope.wireName(), Set.of(scope), false);
    }
    for (MemberRole role : MemberRole.values()) {
      tokenOf(role);
    }
  }

  /** One of somebody of that role, who was let do everything by the token itself. */
  private void tokenOf(MemberRole role) {
    scene
        .engine
        .ports()
        .catalogs()
        .change(
            Optional.empty(),
            CatalogName.MEMBERS,
            it ->
                it.with(
                    role.wireName(),
                    Json.object().with(TokensOfMembers.ROLE, role.wireName()),
                    Instant.EPOCH));
    scene
        .engine
        .ports()
        .serviceTokens()
        .put(
            Digest.hex("knock_st_" + role.wireName()),
            new ServiceToken(
                role.wireName(),
                "a@example.com",
                EnumSet.allOf(ManagementScope.class),
                Set.of(),
                false,
                Optional.of(role.wireName())));
  }

  private void token(String name, Set<ManagementScope> scopes, boolean revoked) {
    scene
        .engine
        .ports()
        .serviceTokens()
        .put(
            Digest.hex("knock_st_" + name),
            new ServiceToken(name, name + "@example.com", scopes, Set.of(), revoked));
  }

  @Test
  void every_declared_operation_has_a_row() {
    assertThat(TABLE.lines().map(line -> line.substring(0, line.indexOf(','))))
        .containsExactlyInAnyOrderElementsOf(
            ManagementRoutes.declared().stream().map(RouteDeclaration::key).toList());
  }

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void each_caller_is_let_in_or_refused(String operation, String kind) {
    for (Map<String, String> row : callers()) {
      String caller = row.get("caller");
      CallAnswer answer = answer(operation, caller);
      String code = answer.body().text("code").orElse("");
      if (row.get(kind).equals("in")) {
        // What a call without a body or known ids is answered is not the point here.
        assertThat(answer.status()).as(caller).isNotIn(401, 403).isLessThan(500);
        assertThat(code).as(caller).isNotEqualTo("route_missing");
      } else {
        assertThat(code).as(caller).isEqualTo(row.get(kind));
        assertThat(answer.status()).as(caller).isIn(401, 403, 501);
      }
    }
  }

  @Test
  void a_service_token_opens_nothing_else() {
    for (String path : List.of("/v1/users", "/v1/users/x", "/v1/users/x/feeds/feed")) {
      assertThat(answer("GET " + path, "knock_st_all").body().text("code"))
          .as(path)
          .contains("incorrect_token_type");
    }
    String batch = "POST /v1/messages/batch/seen";
    assertThat(answer(batch, "knock_st_all").body().text("code")).contains("incorrect_token_type");
  }

  @Test
  void a_secret_key_switches_workflows_of_its_own_environment_only() {
    scene
        .engine
        .ports()
        .apiKeys()
        .put(
            Digest.hex("sk_elsewhere"),
            new ApiKey(new EnvironmentId("elsewhere"), ApiKey.Kind.SECRET, false));
    scene.workflow("note", GuideEngine.feed("x"));
    String activate = "PUT /v1/workflows/note/activate";
    assertThat(answer(activate, "sk_elsewhere").status()).isEqualTo(404);
    assertThat(answer(activate, "sk_test").status()).isEqualTo(200);
  }

  private CallAnswer answer(String operation, String caller) {
    String[] parts = operation.split(" ", 2);
    String authorization = caller.isEmpty() ? "" : "Bearer " + caller;
    return scene.engine.call(
        new Call(
            parts[0],
            parts[1].replaceAll("\\{[^}]*}", "x"),
            Map.of("authorization", authorization),
            Optional.empty()));
  }

  private static List<Map<String, String>> callers() {
    List<List<String>> rows =
        CALLERS
            .lines()
            .map(line -> Stream.of(line.split("\\|")).map(String::strip).toList())
            .toList();
    return rows.stream()
        .skip(1)
        .map(
            row -> {
              var named = new HashMap<String, String>();
              for (int i = 0; i < row.size(); i++) {
                named.put(rows.getFirst().get(i), row.get(i).replace("''", ""));
              }
              return Map.copyOf(named);
            })
        .toList();
  }
}
