package dev.carillon.functions.api.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectCallsTest {
  private static final String ONE = " /v1/objects/{collection}/{id}";
  private static final Map<String, String> REX = Map.of("collection", "assets", "id", "rex");

  private final ApiFixture park = new ApiFixture();

  @Test
  void an_object_is_set_merged_shown_and_deleted() {
    var made = park.call("PUT" + ONE, REX, "", "{\"name\":\"Rex\",\"pen\":{\"n\":1}}");
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.text("__typename")).isEqualTo("Object");
    assertThat(made.text("collection")).isEqualTo("assets");
    assertThat(made.text("id")).isEqualTo("rex");
    park.call("PUT" + ONE, REX, "", "{\"pen\":{\"gate\":true}}");
    assertThat(park.call("GET" + ONE, REX, "").at("properties"))
        .isEqualTo(
            Json.object()
                .with("name", "Rex")
                .with("pen", Json.object().with("n", Json.of(1)).with("gate", Json.TRUE)));
    assertThat(park.call("DELETE" + ONE, REX, "").status()).isEqualTo(204);
    assertThat(park.call("GET" + ONE, REX, "").status()).isEqualTo(404);
  }

  @Test
  void collections_are_listed_apart() {
    park.call("PUT" + ONE, REX, "", "{}");
    park.call("PUT" + ONE, Map.of("collection", "pens", "id", "p1"), "", "{}");
    var path = "GET /v1/objects/{collection}";
    assertThat(park.call(path, Map.of("collection", "assets"), "").each("entries", "id"))
        .containsExactly("rex");
    assertThat(park.call(path, Map.of("collection", "none"), "").each("entries", "id")).isEmpty();
    assertThat(park.call(path, Map.of("collection", "$users"), "").status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"other\"}",
        "{\"collection\":\"other\"}",
        "{\"channel_data\":{\"pigeon\":{}}}",
        "{\"preferences\":{\"default\":{\"workflows\":7}}}",
        "[]"
      })
  void what_is_not_as_it_should_be_is_refused(String body) {
    assertThat(park.call("PUT" + ONE, REX, "", body).status()).isEqualTo(422);
    assertThat(park.call("GET" + ONE, REX, "").status()).isEqualTo(404);
  }

  @Test
  void ids_are_data() {
    for (String id : List.of("100%", "%2F", "👩‍🚀", "עברית", "a b", "é".repeat(256))) {
      var path = Map.of("collection", id, "id", id);
      assertThat(park.call("PUT" + ONE, path, "", "{}").text("id")).isEqualTo(id);
      assertThat(park.call("GET" + ONE, path, "").text("collection")).isEqualTo(id);
    }
    for (String id : List.of("a#b", "é".repeat(257))) {
      assertThat(park.call("PUT" + ONE, Map.of("collection", "x", "id", id), "", "{}").status())
          .isEqualTo(422);
    }
  }

  @Test
  void tenants_and_users_are_not_mixed_up_with_objects() {
    var tenant = Map.of("collection", "$tenants", "id", "ingen");
    assertThat(park.call("PUT" + ONE, tenant, "", "{\"name\":\"InGen\"}").status()).isEqualTo(200);
    assertThat(park.call("GET /v1/tenants/{id}", Map.of("id", "ingen"), "").text("name"))
        .isEqualTo("InGen");
    assertThat(park.call("PUT" + ONE, Map.of("collection", "$users", "id", "x"), "", "{}").status())
        .isEqualTo(422);
  }
}
