package dev.carillon.functions.api.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserListTest {
  private static final String LIST = "GET /v1/users";
  private static final String DELETE = "DELETE /v1/users/{id}";

  private final ApiFixture park = new ApiFixture();

  @Test
  void users_are_listed_and_nothing_else() {
    park.identify(new RecipientId("projects", "p1"), Json.Obj.EMPTY);
    var reply = park.call(LIST, Map.of(), "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.each("entries", "id")).containsExactlyInAnyOrder("jhammond", "dnedry");
    assertThat(reply.text("entries.0.__typename")).isEqualTo("User");
    assertThat(reply.text("page_info.__typename")).isEqualTo("PageInfo");
    assertThat(reply.at("page_info.after")).isEqualTo(Json.NULL);
    assertThat(park.call("sk_elsewhere", LIST, Map.of(), "", "").each("entries", "id")).isEmpty();
  }

  @Test
  void pages_hold_each_user_once() {
    for (int i = 0; i < 20; i++) {
      park.identify(RecipientId.user("u" + i), Json.Obj.EMPTY);
    }
    List<String> all = new ArrayList<>();
    String after = "";
    do {
      var reply = park.call(LIST, Map.of(), "page_size=7" + after);
      all.addAll(reply.each("entries", "id"));
      after = reply.at("page_info.after") instanceof Json.Str(var it) ? "&after=" + it : "";
    } while (!after.isEmpty());
    assertThat(all).hasSize(22).doesNotHaveDuplicates();
  }

  @Test
  void preferences_come_along_when_asked_for() {
    park.call(
        "PUT /v1/users/{id}",
        Map.of("id", "jhammond"),
        "",
        "{\"preferences\":{\"default\":{\"channel_types\":{\"email\":false}}}}");
    assertThat(park.call(LIST, Map.of(), "").body().list("entries").toString())
        .doesNotContain("preferences");
    var reply = park.call(LIST, Map.of(), "include[]=preferences");
    var john =
        reply.body().list("entries").stream()
            .map(it -> (Json.Obj) it)
            .filter(it -> it.text("id").orElseThrow().equals("jhammond"))
            .findFirst()
            .orElseThrow();
    assertThat(john.object("preferences").object("default").object("channel_types"))
        .isEqualTo(Json.object().with("email", Json.FALSE));
    assertThat(park.call(LIST, Map.of(), "include[]=secrets").status()).isEqualTo(422);
  }

  @Test
  void who_is_deleted_is_gone_and_may_be_deleted_again() {
    assertThat(park.call(DELETE, Map.of("id", "jhammond"), "").status()).isEqualTo(204);
    assertThat(park.call("GET /v1/users/{id}", Map.of("id", "jhammond"), "").status())
        .isEqualTo(404);
    assertThat(park.call(LIST, Map.of(), "").each("entries", "id")).containsExactly("dnedry");
    assertThat(park.call(DELETE, Map.of("id", "jhammond"), "").status()).isEqualTo(204);
  }

  @Test
  void a_public_key_neither_lists_nor_deletes() {
    assertThat(park.call("pk_local", LIST, Map.of(), "", "").status()).isEqualTo(403);
    assertThat(park.call("pk_local", DELETE, Map.of("id", "jhammond"), "", "").status())
        .isEqualTo(403);
  }
}
