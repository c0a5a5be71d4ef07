package dev.carillon.functions.api.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceCallsTest {
  private static final String SET = " /v1/users/{id}/preferences/{set}";
  private static final Map<String, String> DEFAULT = Map.of("id", "jhammond", "set", "default");
  private static final Map<String, String> ACME = Map.of("id", "jhammond", "set", "acme");

  private final ApiFixture park = new ApiFixture();

  private ApiFixture.Reply put(Map<String, String> path, String body) {
    return park.call("PUT" + SET, path, "", body);
  }

  private void everybody(Json.Obj preferences) {
    park.ports
        .environments()
        .put(
            ApiFixture.DEVELOPMENT,
            new EnvironmentSettings(Optional.empty(), preferences, List.of()));
  }

  private static Json.Obj workflows(String name, Json value) {
    return Json.object().with(name, value);
  }

  @Test
  void a_set_is_replaced_unless_it_says_that_it_merges() {
    put(DEFAULT, "{\"workflows\":{\"a\":false}}");
    var merged =
        put(DEFAULT, "{\"__persistence_strategy__\":\"merge\",\"workflows\":{\"b\":true}}");
    assertThat(merged.status()).isEqualTo(200);
    assertThat(merged.text("__typename")).isEqualTo("PreferenceSet");
    assertThat(merged.text("id")).isEqualTo("default");
    assertThat(merged.at("workflows"))
        .isEqualTo(Json.object().with("a", Json.FALSE).with("b", Json.TRUE));
    assertThat(merged.body().get("categories")).contains(Json.NULL);
    var replaced = put(DEFAULT, "{\"channel_types\":{\"email\":false}}");
    assertThat(replaced.at("workflows")).isEqualTo(Json.NULL);
    assertThat(park.call("GET" + SET, DEFAULT, "").json()).isEqualTo(replaced.json());
  }

  @Test
  void who_said_nothing_is_shown_what_holds_for_everybody() {
    everybody(Json.object().with("workflows", workflows("a", Json.FALSE)));
    assertThat(park.call("GET" + SET, DEFAULT, "").at("workflows"))
        .isEqualTo(workflows("a", Json.FALSE));
    var nobody = Map.of("id", "nobody", "set", "default");
    assertThat(park.call("GET" + SET, nobody, "").at("workflows"))
        .isEqualTo(workflows("a", Json.FALSE));
    put(DEFAULT, "{\"workflows\":{\"b\":true}}");
    assertThat(park.call("GET" + SET, DEFAULT, "").at("workflows"))
        .isEqualTo(Json.object().with("a", Json.FALSE).with("b", Json.TRUE));
  }

  @Test
  void a_set_of_a_tenants_lies_over_that_of_the_tenant() {
    park.call(
        "PUT /v1/tenants/{id}",
        Map.of("id", "acme"),
        "",
        "{\"settings\":{\"preference_set\":{\"workflows\":{\"t\":false}}}}");
    put(ACME, "{\"workflows\":{\"u\":true}}");
    assertThat(park.call("GET" + SET, ACME, "").at("workflows"))
        .isEqualTo(Json.object().with("t", Json.FALSE).with("u", Json.TRUE));
    assertThat(park.call("GET" + SET, DEFAULT, "").at("workflows")).isEqualTo(Json.NULL);
    assertThat(park.call("GET" + SET, DEFAULT, "tenant=acme").at("workflows.t"))
        .isEqualTo(Json.FALSE);
  }

  @Test
  void sets_are_listed_with_the_default_one_always() {
    String list = "GET /v1/users/{id}/preferences";
    assertThat(park.call(list, Map.of("id", "nobody"), "").list())
        .extracting(it -> it.text("id").orElseThrow())
        .containsExactly("default");
    put(ACME, "{}");
    assertThat(park.call(list, Map.of("id", "jhammond"), "").list())
        .extracting(it -> it.text("id").orElseThrow())
        .containsExactly("acme", "default");
    assertThat(park.call("DELETE" + SET, ACME, "").status()).isEqualTo(204);
    assertThat(park.call(list, Map.of("id", "jhammond"), "").list()).hasSize(1);
    assertThat(park.call("DELETE" + SET, Map.of("id", "nobody", "set", "x"), "").status())
        .isEqualTo(204);
    assertThat(park.call("GET /v1/users/{id}", Map.of("id", "nobody"), "").status()).isEqualTo(404);
  }

  @Test
  void whoever_says_something_comes_to_be_objects_too() {
    var object = Map.of("collection", "assets", "id", "rex", "set", "default");
    var path = "PUT /v1/objects/{collection}/{id}/preferences/{set}";
    assertThat(park.call(path, object, "", "{\"channel_types\":{\"http\":false}}").status())
        .isEqualTo(200);
    assertThat(
            park.call(
                    "GET /v1/objects/{collection}/{id}",
                    Map.of("collection", "assets", "id", "rex"),
                    "")
                .status())
        .isEqualTo(200);
    assertThat(
            park.call("GET /v1/objects/{collection}/{id}/preferences", object, "")
                .list()
                .getFirst()
                .object("channel_types"))
        .isEqualTo(Json.object().with("http", Json.FALSE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"workflows\":7}",
        "{\"channel_types\":{\"email\":\"no\"}}",
        "{\"__persistence_strategy__\":\"shout\"}",
        "{\"workflows\":{\"a\":{\"conditions\":[{\"variable\":\"x\"}]}}}",
        "[]"
      })
  void what_makes_no_sense_is_refused_and_changes_nothing(String body) {
    put(DEFAULT, "{\"workflows\":{\"a\":false}}");
    assertThat(put(DEFAULT, body).status()).isEqualTo(422);
    assertThat(park.call("GET" + SET, DEFAULT, "").at("workflows.a")).isEqualTo(Json.FALSE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workflows          | {"b": false}                        | workflows.b
          workflows/b        | {"subscribed": false}               | workflows.b
          categories         | {"news": false}                     | categories.news
          categories/news    | {"subscribed": false}               | categories.news
          channel_types      | {"email": false}                    | channel_types.email
          channel_types/email| {"subscribed": false}               | channel_types.email
          workflows/c        | {"channel_types": {"email": false}} | workflows.c.channel_types.email
          """)
  void a_part_changes_what_it_mentions_and_nothing_else(String part, String body, String at) {
    put(DEFAULT, "{\"workflows\":{\"a\":true}}");
    var reply = park.call("PUT" + SET + "/" + part, DEFAULT, "", body);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at(at)).isEqualTo(Json.FALSE);
    assertThat(reply.at("workflows.a")).isEqualTo(Json.TRUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workflows   | {"b": 7}
          workflows/b | {}
          workflows/b | {"subscribed": "no"}
          """)
  void a_part_that_makes_no_sense_is_refused(String part, String body) {
    assertThat(park.call("PUT" + SET + "/" + part, DEFAULT, "", body).status()).isEqualTo(422);
  }

  @Test
  void browsers_read_and_write_but_do_not_delete() {
    assertThat(park.call("pk_local", "PUT" + SET, DEFAULT, "", "{}").status()).isEqualTo(200);
    assertThat(park.call("pk_local", "GET" + SET, DEFAULT, "", "").status()).isEqualTo(200);
    assertThat(park.call("pk_local", "DELETE" + SET, DEFAULT, "", "").status()).isEqualTo(403);
  }
}
