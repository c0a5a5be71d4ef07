package dev.carillon.provider.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedTokenTest {
  private static final String TOKEN = SharedTokens.hs256("{'a':'b'}", "secret");

  @Test
  void claims_are_read_with_the_secret() {
    assertThat(SharedToken.claims(TOKEN, "secret")).contains(SmsAttempt.json("{'a':'b'}"));
    assertThat(SharedToken.claims(TOKEN, "secres")).isEmpty();
  }

  @Test
  void a_token_that_nobody_signed_says_nothing() {
    String unsigned = SharedTokens.unsigned("{'a':'b'}");
    assertThat(SharedToken.claims(unsigned, "secret")).isEmpty();
    assertThat(SharedToken.claims(unsigned, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "RS256", "ES256", "hs256", ""})
  void only_shared_secrets_sign(String algorithm) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(("{\"alg\":\"" + algorithm + "\"}").getBytes());
    String token = header + TOKEN.substring(TOKEN.indexOf('.'));
    assertThat(SharedToken.claims(token, "secret")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c", "a.b.c.d", "§.§.§"})
  void what_is_no_token_says_nothing(String text) {
    assertThat(SharedToken.claims(text, "secret")).isEmpty();
  }
}
