package dev.carillon.variable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String SECRET = "p w&\"x";

  private final Secrets secrets =
      Secrets.of(
          Json.object()
              .with("key", SECRET)
              .with("pin", Json.of(4711))
              .with("deep", Json.object().with("token", "abc").with("longer", "abcdef")));

  @ParameterizedTest
  @ValueSource(strings = {"p w&\"x", "p+w%26%22x", "p%20w%26%22x", "p w&\\\"x", "4711", "abc"})
  void a_secret_is_masked_as_it_is_and_as_it_stands_in_a_url_or_in_json(String form) {
    assertThat(secrets.masked("before " + form + " after")).isEqualTo("before [secret] after");
  }

  @Test
  void a_secret_that_begins_like_another_is_masked_whole() {
    assertThat(secrets.masked("abcdef abc")).isEqualTo("[secret] [secret]");
  }

  @Test
  void values_are_masked_at_any_depth_and_names_are_left() {
    Json.Obj shown =
        secrets.masked(
            (Json.Obj)
                JsonLiteral.parse("{\"key\": [{\"a\": \"x abc\"}, 4711, true, null]}")
                    .orElseThrow());
    assertThat(JsonLiteral.write(shown))
        .isEqualTo("{\"key\":[{\"a\":\"x [secret]\"},\"[secret]\",true,null]}");
  }

  @Test
  void without_secrets_and_of_blank_ones_nothing_is_masked() {
    assertThat(Secrets.NONE.masked("anything")).isEqualTo("anything");
    assertThat(Secrets.of(Json.object().with("blank", " ")).masked("a b")).isEqualTo("a b");
  }
}
