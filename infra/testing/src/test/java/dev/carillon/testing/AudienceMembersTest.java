package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience.Dynamic;
import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls about who is in audiences. */
class AudienceMembersTest {
  private static final String MEMBERS = "/v1/audiences/beta/members";

  private final GuideEngine scene = GuideEngine.open();

  private CallAnswer get(String path) {
    return scene.engine.call(
        new Call("GET", path, Map.of("authorization", "Bearer sk_test"), Optional.empty()));
  }

  private int post(String path, String body) {
    return scene.engine.call(Call.post(path, GuideEngine.json(body))).status();
  }

  @Test
  void a_user_is_a_member_for_each_tenant_and_is_identified_on_the_way() {
    assertThat(
            post(
                MEMBERS + "?create_audience=true",
                "{'members': [{'user': {'id': 'ana', 'name': 'Ana'}},"
                    + " {'user': {'id': 'ana'}, 'tenant': 'acme'}, {'user': {'id': 'bob'}}]}"))
        .isEqualTo(204);
    List<Json> entries = get(MEMBERS).body().list("entries");
    assertThat(entries).hasSize(3);
    Json.Obj ana =
        entries.stream()
            .map(Json.Obj.class::cast)
            .filter(it -> it.text("tenant").equals(Optional.of("acme")))
            .findFirst()
            .orElseThrow();
    assertThat(ana.text("__typename")).contains("AudienceMember");
    assertThat(ana.text("added_at")).isPresent();
    assertThat(ana.text("user_id")).contains("ana");
    assertThat(ana.object("user").text("name")).contains("Ana");
    scene.must(
        Call.delete(
            MEMBERS, GuideEngine.json("{'members': [{'user': {'id': 'ana'}, 'tenant': 'acme'}]}")));
    assertThat(get(MEMBERS).body().list("entries")).hasSize(2);
    assertThat(get(MEMBERS + "?page_size=1").body().list("entries")).hasSize(1);
  }

  @Test
  void only_a_static_audience_that_there_is_takes_members() {
    String ana = "{'members': [{'user': {'id': 'ana'}}]}";
    assertThat(post(MEMBERS, ana)).isEqualTo(404);
    assertThat(get(MEMBERS).status()).isEqualTo(404);
    scene
        .engine
        .ports()
        .audiences()
        .put(InProcessEngine.ENVIRONMENT, "beta", new Dynamic(List.of()));
    assertThat(post(MEMBERS, ana)).isEqualTo(422);
    assertThat(post(MEMBERS, "{'members': []}")).isEqualTo(422);
    assertThat(post(MEMBERS, "{'members': [{'user': {'id': 'a', 'collection': 'herds'}}]}"))
        .isEqualTo(422);
  }
}
