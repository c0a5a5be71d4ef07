package dev.carillon.functions.management;

import static dev.carillon.functions.management.ManagementFixture.LOCAL;
import static dev.carillon.functions.management.ManagementFixture.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ApiKey;
import dev.carillon.functions.management.ManagementFixture.Reply;
import dev.carillon.id.Digest;
import dev.carillon.json.text.JsonText;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who may do what, and who says so. */
class AccessCallsTest {
  private final ManagementFixture desk = new ManagementFixture();

  private String member(String email, String role) {
    Reply added =
        desk.post("/v1/members", "{'member': {'email': '" + email + "', 'role': '" + role + "'}}");
    assertThat(added.status()).isEqualTo(201);
    return added.text("member.id");
  }

  /** A token of that member, who was let do everything by the token itself. */
  private String tokenOf(String member) {
    Reply made =
        desk.post(
            "/v1/service_tokens", "{'service_token': {'name': 't', 'member': '" + member + "'}}");
    assertThat(made.status()).isEqualTo(201);
    return made.text("service_token.token");
  }

  private int changeRole(String id, String role) {
    return desk.put("/v1/members/" + id, "{'member': {'role': '" + role + "'}}").status();
  }

  @Test
  void members_are_added_listed_and_removed() {
    String id = member("Ann@example.com", "admin");
    assertThat(desk.get("/v1/members/" + id).text("user.email")).isEqualTo("ann@example.com");
    assertThat(desk.get("/v1/members?role=admin").text("entries.0.id")).isEqualTo(id);
    assertThat(desk.get("/v1/members?role=owner").text("entries.0")).isEqualTo("null");
    assertThat(
            desk.post("/v1/members", "{'member': {'email': 'ann@example.com', 'role': 'owner'}}")
                .status())
        .isEqualTo(422);
    assertThat(desk.delete("/v1/members/" + id).status()).isEqualTo(204);
    assertThat(desk.get("/v1/members/" + id).status()).isEqualTo(404);
  }

  @Test
  void a_token_of_a_member_may_do_what_its_role_may_and_ends_with_it() {
    String id = member("ann@example.com", "member");
    String token = tokenOf(id);
    assertThat(desk.as(token).put("/v1/partials/card", ManagementFixture.partial("x")).status())
        .isEqualTo(200);
    assertThat(desk.put("/v1/tags/a", "{'tag': {}}").text("code")).isEqualTo("insufficient_scope");
    desk.as("knock_st_local");
    changeRole(id, "billing");
    assertThat(desk.as(token).get("/v1/whoami").text("code")).isEqualTo("insufficient_scope");
    desk.as("knock_st_local").delete("/v1/members/" + id);
    assertThat(desk.as(token).get("/v1/whoami").status()).isEqualTo(401);
  }

  @Test
  void a_production_only_member_sees_the_last_environment_and_no_other() {
    String token = tokenOf(member("ann@example.com", "production_only_member"));
    desk.as(token);
    assertThat(desk.get("/v1/environments").text("entries.0.slug")).isEqualTo("production");
    assertThat(desk.get("/v1/environments").text("entries.1")).isEqualTo("null");
    assertThat(desk.get("/v1/workflows?environment=production").status()).isEqualTo(200);
    assertThat(desk.get("/v1/workflows?environment=development").text("code"))
        .isEqualTo("insufficient_scope");
  }

  @Test
  void one_owner_remains_and_nobody_changes_itself_or_who_is_above() {
    String owner = member("own@example.com", "owner");
    String admin = member("adm@example.com", "admin");
    assertThat(changeRole(owner, "admin")).as("the last owner").isEqualTo(403);
    assertThat(desk.delete("/v1/members/" + owner).text("code")).isEqualTo("not_allowed");
    String ofAdmin = tokenOf(admin);
    String ofOwner = tokenOf(owner);
    desk.as(ofAdmin);
    assertThat(changeRole(admin, "owner")).as("itself").isEqualTo(403);
    assertThat(changeRole(owner, "member")).as("who is above").isEqualTo(403);
    assertThat(
            desk.post("/v1/members", "{'member': {'email': 'x@example.com', 'role': 'owner'}}")
                .status())
        .isEqualTo(403);
    desk.as(ofOwner);
    assertThat(changeRole(admin, "owner")).isEqualTo(200);
    desk.as(ofAdmin);
    assertThat(desk.delete("/v1/members/" + owner).status()).isEqualTo(204);
  }

  @Test
  void a_token_makes_none_that_may_more_than_itself() {
    Reply made =
        desk.post(
            "/v1/service_tokens",
            "{'service_token': {'name': 'ci', 'scopes': ['access', 'read'],"
                + " 'environments': ['production']}}");
    assertThat(made.text("service_token.environments.0")).isEqualTo("production");
    desk.as(made.text("service_token.token"));
    assertThat(desk.get("/v1/workflows?environment=production").status()).isEqualTo(200);
    String more = "{'service_token': {'name': 'm', 'scopes': ['commit']}}";
    assertThat(desk.post("/v1/service_tokens", more).text("code")).isEqualTo("not_allowed");
    String wider = "{'service_token': {'name': 'm', 'environments': ['development']}}";
    assertThat(desk.post("/v1/service_tokens", wider).text("code")).isEqualTo("insufficient_scope");
    Reply same = desk.post("/v1/service_tokens", "{'service_token': {'name': 'm'}}");
    assertThat(same.text("service_token.scopes")).isEqualTo("[\"access\",\"read\"]");
    assertThat(same.text("service_token.environments")).isEqualTo("[\"production\"]");
    assertThat(
            desk.post("/v1/members", "{'member': {'email': 'x@example.com', 'role': 'member'}}")
                .text("code"))
        .isEqualTo("insufficient_scope");
  }

  @Test
  void a_revoked_token_counts_no_more_and_no_list_shows_a_token() {
    Reply made = desk.post("/v1/service_tokens", "{'service_token': {'name': 'ci'}}");
    String token = made.text("service_token.token");
    String lists =
        JsonText.write(desk.get("/v1/service_tokens").json())
            + JsonText.write(desk.get("/v1/changes").json());
    assertThat(lists).contains(made.text("service_token.id")).doesNotContain(token);
    assertThat(desk.delete("/v1/service_tokens/" + made.text("service_token.id")).status())
        .isEqualTo(204);
    assertThat(desk.as(token).get("/v1/whoami").status()).isEqualTo(401);
  }

  @Test
  void api_keys_are_shown_once_and_revoked_in_their_environment() {
    Reply made =
        desk.post("/v1/api_keys?environment=production", "{'api_key': {'kind': 'public'}}");
    String key = made.text("api_key.key");
    String id = made.text("api_key.id");
    assertThat(key).startsWith("pk_production_");
    assertThat(desk.ports.apiKeys().find(Digest.hex(key)))
        .contains(new ApiKey(PRODUCTION, ApiKey.Kind.PUBLIC, false));
    assertThat(JsonText.write(desk.get("/v1/api_keys?environment=production").json()))
        .contains(id)
        .doesNotContain(key);
    assertThat(desk.delete("/v1/api_keys/" + id).status()).as("of another").isEqualTo(404);
    assertThat(desk.delete("/v1/api_keys/" + id + "?environment=production").status())
        .isEqualTo(204);
    assertThat(desk.ports.apiKeys().find(id).orElseThrow().revoked()).isTrue();
  }

  @Test
  void a_service_token_is_exchanged_for_a_key_that_counts_for_an_hour() {
    Reply exchanged = desk.post("/v1/api_keys/exchange?environment=development");
    assertThat(exchanged.status()).isEqualTo(200);
    ApiKey key = desk.ports.apiKeys().find(Digest.hex(exchanged.text("api_key"))).orElseThrow();
    assertThat(key.environment()).isEqualTo(LOCAL);
    assertThat(key.holdsAt(desk.clock.instant())).isTrue();
    assertThat(key.holdsAt(desk.clock.instant().plus(Duration.ofHours(1)))).isFalse();
    assertThat(JsonText.write(desk.get("/v1/api_keys").json()))
        .doesNotContain(Digest.hex(exchanged.text("api_key")));
  }

  @Test
  void keys_that_sign_user_tokens_are_made_and_removed() {
    Reply made = desk.post("/v1/signing_keys");
    assertThat(made.text("signing_key.private_key")).startsWith("-----BEGIN PRIVATE KEY-----");
    String id = made.text("signing_key.id");
    assertThat(desk.get("/v1/signing_keys").text("signing_keys.0")).isEqualTo(id);
    assertThat(desk.delete("/v1/signing_keys/" + id).status()).isEqualTo(204);
    assertThat(desk.delete("/v1/signing_keys/" + id).status()).isEqualTo(404);
  }

  @Test
  void a_list_that_is_always_empty_is_of_an_environment_too() {
    assertThat(desk.get("/v1/guides?environment=production").text("page_info.page_size"))
        .isEqualTo("50");
    desk.as("knock_st_production");
    assertThat(desk.get("/v1/guides?environment=production").status()).isEqualTo(200);
    assertThat(desk.get("/v1/guides?environment=development").text("code"))
        .isEqualTo("insufficient_scope");
  }
}
