package dev.carillon.functions.management;

import static dev.carillon.functions.management.ManagementFixture.LOCAL;
import static dev.carillon.functions.management.ManagementFixture.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.variable.Variables;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VariableCallsTest {
  private final ManagementFixture desk = new ManagementFixture();

  @BeforeEach
  void there_are_variables() {
    var open =
        Json.object().with("shop", "Books").with("limits", Json.object().with("a", Json.of(1)));
    var secret = Json.object().with("api_key", "s3cr3t-value");
    desk.ports.variables().put(LOCAL, new Variables.Values(open, secret));
    desk.ports
        .variables()
        .put(
            PRODUCTION,
            new Variables.Values(Json.object().with("shop", "Real books"), Json.Obj.EMPTY));
  }

  @Test
  void an_environment_has_values_and_secret_ones_have_none() {
    var listed = desk.get("/v1/variables?environment=development");
    assertThat(listed.text("entries.0.key")).isEqualTo("api_key");
    assertThat(listed.text("entries.0.type")).isEqualTo("secret");
    assertThat(listed.text("entries.0.value")).isEqualTo("null");
    assertThat(listed.text("entries.1.value")).isEqualTo("{\"a\":1}");
    assertThat(listed.text("entries.2.value")).isEqualTo("Books");
    assertThat(desk.get("/v1/variables?environment=production").text("entries.1"))
        .isEqualTo("null");
  }

  @Test
  void without_an_environment_each_has_its_own_value() {
    var shop = desk.get("/v1/variables/shop");
    assertThat(shop.text("environment_values.development")).isEqualTo("Books");
    assertThat(shop.text("environment_values.production")).isEqualTo("Real books");
    assertThat(desk.get("/v1/variables").text("entries.2.environment_values.production"))
        .isEqualTo("Real books");
    assertThat(desk.get("/v1/variables/none").text("code")).isEqualTo("resource_missing");
  }

  @Test
  void a_type_can_be_asked_for_and_a_token_sees_its_environments() {
    assertThat(desk.get("/v1/variables?type=secret").text("entries.1")).isEqualTo("null");
    assertThat(desk.get("/v1/variables?type=secret").text("entries.0.key")).isEqualTo("api_key");
    assertThat(desk.get("/v1/variables?type=other").status()).isEqualTo(422);
    desk.as("knock_st_production");
    assertThat(desk.get("/v1/variables/api_key").status()).isEqualTo(404);
  }

  @Test
  void no_answer_holds_a_secret() {
    for (String path :
        List.of(
            "/v1/variables", "/v1/variables?environment=development", "/v1/variables/api_key")) {
      assertThat(JsonText.write(desk.get(path).json())).doesNotContain("s3cr3t");
    }
  }
}
