package dev.carillon.variable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String SECRET = "p w&\"x";

  private final SecretValues secrets =
      SecretValues.of(
          Json.object()
              .with("key", SECRET)
              .with("pin", Json.of(4711))
              .with("deep", Json.object().with("token", "abc").with("longer", "abcdef")));

  @ParameterizedTest
  @ValueSource(strings = {"p w&\"x", "p+w%26%22x", "p%20w%26%22x", "p w&\\\"x", "4711", "abc"})
  void a_secret_is_masked_as_it_is_and_as_it_stands_in_a_url_or_in_json(String form) {
    assertThat(secrets.masked("before " + form + " after")).isEqualTo("before [secret] after");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b \"ü\" & c\\d",
        "a/b%20%22ü%22%20&%20c\\d",
        "a%2fb+%22%c3%bc%22+%26+c%5cd",
        "a%252Fb%2520%2522%25C3%25BC%2522%2520%2526%2520c%255Cd",
        "a\\/b \\\"\\u00fc\\\" & c\\\\d",
        "a/b \\\\\\\"ü\\\\\\\" & c\\\\\\\\d",
        "a/b &quot;ü&quot; &amp; c\\d",
        "a&#x2F;b &#34;&#252;&#34; &amp; c&#92;d"
      })
  void a_secret_is_masked_however_much_of_it_is_escaped_and_however_often(String form) {
    var odd = SecretValues.of(Json.object().with("key", "a/b \"ü\" & c\\d"));
    assertThat(odd.masked("50% & x=" + form + "&y=\\n+1%")).isEqualTo("50% & x=[secret]&y=\\n+1%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-----BEGIN\nab\\tc", "-----BEGIN\\nab\\\\tc", "-----BEGIN%0Aab%5Ctc"})
  void a_secret_of_several_lines_is_masked_in_one(String form) {
    var key = SecretValues.of(Json.object().with("key", "-----BEGIN\nab\\tc"));
    assertThat(key.masked("{" + form + "}")).isEqualTo("{[secret]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab+c%d4e",
        "100%",
        "a%zz+b",
        "p%25q+r",
        "q%41w",
        "a+b=c&d",
        "%%%secret",
        "50% of+it"
      })
  void a_secret_with_signs_of_urls_in_it_is_masked_however_often_it_is_encoded(String secret) {
    var odd = SecretValues.of(Json.object().with("key", secret));
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String twice = URLEncoder.encode(form, StandardCharsets.UTF_8);
    for (String seen :
        List.of(
            secret,
            form,
            form.replace("+", "%20"),
            twice,
            URLEncoder.encode(form.replace("+", "%20"), StandardCharsets.UTF_8))) {
      assertThat(odd.masked("x=" + seen + "&y=1")).as(seen).isEqualTo("x=[secret]&y=1");
    }
  }

  @Test
  void a_secret_behind_a_backslash_is_not_taken_for_an_escape() {
    var name = SecretValues.of(Json.object().with("key", "token1"));
    assertThat(name.masked("DOMAIN\\token1, {\"user\": \"DOMAIN\\\\token1\"}"))
        .isEqualTo("DOMAIN\\[secret], {\"user\": \"DOMAIN\\\\[secret]\"}");
  }

  @Test
  void a_secret_of_nothing_but_a_plus_masks_no_spaces() {
    var plus = SecretValues.of(Json.object().with("key", "+"));
    assertThat(plus.masked("a b+c%20d")).isEqualTo("a b[secret]c%20d");
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
    assertThat(SecretValues.NONE.masked("anything")).isEqualTo("anything");
    assertThat(SecretValues.of(Json.object().with("blank", " ")).masked("a b")).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "SG", "key", "secret", "hunter2"})
  void a_short_secret_is_masked_by_itself_and_eats_no_other_text(String secret) {
    var few = SecretValues.of(List.of(secret));
    String other = "a7 SGX keys secretly hunter22 rejected 17 %41x \\nb \"x7\":[77]";
    assertThat(few.masked(other)).isEqualTo(other);
    for (String form :
        List.of(
            "{\"k\": \"%s\"}",
            "k=%s&x=1", "https://u:%s@x.example/", "k%%3D%s%%26", "\\n%s\\n", "(%s)")) {
      assertThat(few.masked(form.formatted(secret)))
          .as(form)
          .isEqualTo(form.formatted(SecretValues.MASK));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "api", "a-user-with-a-name"})
  void a_secret_is_masked_in_base64_wherever_among_three_bytes_it_begins(String user) {
    for (String secret : List.of("hunter2-hunter2", "¿üÿ?>~~~ÿ", "12345678")) {
      byte[] pair = (user + ":" + secret + user).getBytes(StandardCharsets.UTF_8);
      for (String form :
          List.of(
              Base64.getEncoder().encodeToString(pair),
              Base64.getUrlEncoder().withoutPadding().encodeToString(pair),
              URLEncoder.encode(
                  Base64.getEncoder().encodeToString(pair), StandardCharsets.UTF_8))) {
        String shown = SecretValues.of(List.of(secret)).masked("Basic " + form + " is wrong");
        assertThat(shown).startsWith("Basic ").contains(SecretValues.MASK).endsWith(" is wrong");
        assertThat(shown.length()).isLessThan(22 + 8 + form.length() - secret.length());
      }
    }
  }
}
