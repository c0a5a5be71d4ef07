package dev.carillon.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretReferencesTest {
  private static final MessageId ID = new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w");
  private static final SecretReferences REFERENCES = SecretReferences.of(ID);
  private static final Json.Obj SECRETS =
      Json.object()
          .with("key", "a\"b/c d\\")
          .with("base", "https://hooks.example:8443/x")
          .with("nested", Json.object().with("pin", Json.of(1234)));
  private static final Json.Obj WORDS = REFERENCES.words(SECRETS);
  private static final String KEY = WORDS.text("key").orElseThrow();

  @Test
  void a_value_is_put_in_as_its_place_needs_it() {
    var stored =
        new Content.Http(
            "POST",
            "https://hooks.example/" + KEY + "?k=" + KEY,
            List.of(new Field("Authorization", "Bearer " + KEY)),
            List.of(new Field("k", KEY)),
            "{\"k\":\"" + KEY + "\",\"p\":" + WORDS.object("nested").text("pin").get() + "}");
    var filled = REFERENCES.filled(stored, SECRETS).orElseThrow();
    assertThat(filled.url()).isEqualTo("https://hooks.example/a%22b%2Fc%20d%5C?k=a%22b%2Fc%20d%5C");
    assertThat(filled.headers()).containsExactly(new Field("Authorization", "Bearer a\"b/c d\\"));
    assertThat(filled.query()).containsExactly(new Field("k", "a\"b/c d\\"));
    assertThat(filled.body()).isEqualTo("{\"k\":\"a\\\"b/c d\\\\\",\"p\":1234}");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, a\"b/c d\\",
    "application/x-www-form-urlencoded, a%22b%2Fc%20d%5C",
    "application/vnd.api+json, a\\\"b/c d\\\\"
  })
  void a_body_says_what_it_is(String type, String expected) {
    var stored =
        new Content.Http(
            "POST", "https://x.io", List.of(new Field("Content-Type", type)), List.of(), KEY);
    assertThat(REFERENCES.filled(stored, SECRETS).orElseThrow().body()).isEqualTo(expected);
  }

  @Test
  void a_url_may_begin_with_one() {
    var stored = request(WORDS.text("base").orElseThrow() + "/" + KEY);
    assertThat(REFERENCES.filled(stored, SECRETS).orElseThrow().url())
        .isEqualTo("https://hooks.example:8443/x/a%22b%2Fc%20d%5C");
  }

  @Test
  void what_is_stored_and_shown_holds_no_value() {
    var stored = request("https://x.io/" + KEY);
    assertThat(ContentCodec.write(stored).toString()).doesNotContain("a\"b", "1234");
    assertThat(REFERENCES.masked(stored).url()).isEqualTo("https://x.io/[secret]");
    assertThat(REFERENCES.areIn(stored)).isTrue();
    assertThat(REFERENCES.areIn(REFERENCES.masked(stored))).isFalse();
  }

  @Test
  void a_variable_that_is_gone_is_not_left_out_in_silence() {
    assertThat(REFERENCES.filled(request("https://x.io/" + KEY), Json.Obj.EMPTY)).isEmpty();
  }

  @Test
  void a_word_of_another_message_means_nothing() {
    var other = SecretReferences.of(new MessageId("37pcsdaWZgZounTGP8TSxTMWo8x"));
    var stored = request("https://x.io/" + other.words(SECRETS).text("key").orElseThrow());
    assertThat(REFERENCES.areIn(stored)).isFalse();
    assertThat(REFERENCES.filled(stored, SECRETS)).contains(stored);
  }

  private static Content.Http request(String url) {
    return new Content.Http("POST", url, List.of(), List.of(), "");
  }
}
