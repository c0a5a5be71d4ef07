package dev.carillon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretSealTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private static SecretSeal seal(FakeAws aws) {
    return new SecretSeal(new SecretStore(aws.clients()::secrets, "carillon/"), "webhooks");
  }

  private static FakeAws aws() throws Exception {
    return new FakeAws(
        _ ->
            FakeAws.Answer.ok(
                Json.object()
                    .with("SecretString", JsonText.write(Json.object().with("key", KEY)))));
  }

  @Test
  void what_was_sealed_is_opened_by_whoever_may_read_the_key_which_is_read_once() throws Exception {
    try (var aws = aws()) {
      byte[] sealed = seal(aws).seal("whsec_ü", "here");
      assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("whsec");
      SecretSeal other = seal(aws);
      assertThat(other.open(sealed, "here")).isEqualTo("whsec_ü");
      assertThat(other.open(sealed, "here")).isEqualTo("whsec_ü");
      assertThat(aws.asked()).hasSize(2);
      assertThat(aws.asked().getFirst().body().text("SecretId")).contains("carillon/webhooks");
    }
  }

  @Test
  void the_same_text_is_sealed_otherwise_each_time() throws Exception {
    try (var aws = aws()) {
      SecretSeal seal = seal(aws);
      assertThat(seal.seal("a", "here")).isNotEqualTo(seal.seal("a", "here"));
    }
  }

  @Test
  void nothing_is_opened_that_was_changed_or_lies_elsewhere() throws Exception {
    try (var aws = aws()) {
      SecretSeal seal = seal(aws);
      byte[] sealed = seal.seal("whsec_", "here");
      assertThatThrownBy(() -> seal.open(sealed, "there"))
          .isInstanceOf(IllegalStateException.class);
      sealed[sealed.length - 1] ^= 1;
      assertThatThrownBy(() -> seal.open(sealed, "here")).isInstanceOf(IllegalStateException.class);
    }
  }
}
