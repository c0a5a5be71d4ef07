package dev.carillon.functions.api.tenants;

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

class TenantCallsTest {
  private static final String ONE = " /v1/tenants/{id}";
  private static final Map<String, String> INGEN = Map.of("id", "ingen");

  private final ApiFixture park = new ApiFixture();

  private ApiFixture.Reply set(String body) {
    return park.call("PUT" + ONE, INGEN, "", body);
  }

  @Test
  void a_tenant_has_its_properties_beside_its_id_and_settings_of_a_known_form() {
    var made =
        set(
            "{\"name\":\"InGen\",\"island\":\"Nublar\",\"settings\":{\"branding\":"
                + "{\"primary_color\":\"#f00\"}}}");
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.text("__typename")).isEqualTo("Tenant");
    assertThat(made.text("island")).isEqualTo("Nublar");
    assertThat(made.text("settings.branding.primary_color")).isEqualTo("#f00");
    assertThat(made.at("settings.branding.logo_url")).isEqualTo(Json.NULL);
    assertThat(made.at("settings.preference_set")).isEqualTo(Json.NULL);
    assertThat(park.call("GET" + ONE, INGEN, "").json()).isEqualTo(made.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "primary_color":"blurple"            | settings.branding.primary_color
          "primary_color":"#12345"             | settings.branding.primary_color
          "primary_color_contrast":7           | settings.branding.primary_color_contrast
          "dark_primary_color":"red;x:y"       | settings.branding.dark_primary_color
          "logo_url":{"x":1}                   | settings.branding.logo_url
          """)
  void a_colour_of_its_branding_that_is_none_is_refused(String branding, String field) {
    String tenant = "{\"settings\":{\"branding\":{" + branding + "}}}";
    var refused = set(tenant);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("errors.0.field")).isEqualTo(field);
    var inBulk = "{\"tenants\":[" + tenant.replaceFirst("\\{", "{\"id\":\"ingen\",") + "]}";
    assertThat(park.call("POST /v1/tenants/bulk/set", Map.of(), "", inBulk).status())
        .isEqualTo(422);
  }

  @Test
  void a_colour_of_its_branding_can_be_taken_away() {
    assertThat(set("{\"settings\":{\"branding\":{\"primary_color\":\"#f00\"}}}").status())
        .isEqualTo(200);
    assertThat(set("{\"settings\":{\"branding\":{\"primary_color\":null}}}").status())
        .isEqualTo(200);
    assertThat(set("{\"settings\":{\"branding\":null}}").status()).isEqualTo(200);
  }

  @Test
  void its_default_set_merges_replaces_and_clears() {
    set("{\"settings\":{\"preference_set\":{\"workflows\":{\"a\":false}}}}");
    var merged = set("{\"settings\":{\"preference_set\":{\"workflows\":{\"b\":true}}}}");
    assertThat(merged.text("settings.preference_set.id")).isEqualTo("default");
    assertThat(merged.at("settings.preference_set.workflows"))
        .isEqualTo(Json.object().with("a", Json.FALSE).with("b", Json.TRUE));
    var replaced =
        set(
            "{\"settings\":{\"preference_set\":{\"__persistence_strategy__\":\"replace\","
                + "\"workflows\":{\"c\":true}}}}");
    assertThat(replaced.at("settings.preference_set.workflows"))
        .isEqualTo(Json.object().with("c", Json.TRUE));
    assertThat(set("{\"settings\":{\"preference_set\":null}}").at("settings.preference_set"))
        .isEqualTo(Json.NULL);
    assertThat(set("{\"settings\":{\"preference_set\":{\"workflows\":7}}}").status())
        .isEqualTo(422);
  }

  @Test
  void the_full_set_holds_what_the_environment_says_too() {
    park.ports
        .environments()
        .put(
            ApiFixture.DEVELOPMENT,
            new EnvironmentSettings(
                Optional.empty(),
                Json.object()
                    .with("workflows", Json.object().with("a", Json.TRUE).with("b", Json.TRUE)),
                List.of()));
    set("{\"settings\":{\"preference_set\":{\"workflows\":{\"a\":false}}}}");
    String full = "resolve_full_preference_settings=true";
    assertThat(park.call("GET" + ONE, INGEN, full).at("settings.preference_set.workflows"))
        .isEqualTo(Json.object().with("a", Json.FALSE).with("b", Json.TRUE));
    assertThat(park.call("GET" + ONE, INGEN, "").at("settings.preference_set.workflows"))
        .isEqualTo(Json.object().with("a", Json.FALSE));
  }

  @Test
  void tenants_are_listed_by_id_and_by_name_and_deleted() {
    set("{\"name\":\"InGen\"}");
    park.call("PUT" + ONE, Map.of("id", "biosyn"), "", "{\"name\":\"Biosyn\"}");
    String list = "GET /v1/tenants";
    assertThat(park.call(list, Map.of(), "").each("entries", "id"))
        .containsExactlyInAnyOrder("ingen", "biosyn");
    assertThat(park.call(list, Map.of(), "name=InGen").each("entries", "id"))
        .containsExactly("ingen");
    assertThat(park.call(list, Map.of(), "tenant_id=biosyn").each("entries", "id"))
        .containsExactly("biosyn");
    assertThat(park.call("DELETE" + ONE, INGEN, "").status()).isEqualTo(204);
    assertThat(park.call("GET" + ONE, INGEN, "").status()).isEqualTo(404);
    assertThat(park.call(list, Map.of(), "").each("entries", "id")).containsExactly("biosyn");
  }
}
