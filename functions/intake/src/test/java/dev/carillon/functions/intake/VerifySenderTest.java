package dev.carillon.functions.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.source.Verification;
import dev.carillon.source.Verification.Scheme;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signatures were made with openssl, not with the code that is tested. */
class VerifySenderTest {
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_767_600_000L);

  private static boolean holds(Scheme scheme, String secret, Map<String, String> headers) {
    return VerifySender.holds(
        new Verification(scheme, scheme.usualHeader()), secret, headers, BODY, NOW);
  }

  /** {@code printf '{"a":1}' | openssl dgst -sha256 -hmac s3cret}, and so on. */
  @ParameterizedTest
  @CsvSource({
    "HMAC_SHA256_HEX, 5910e62016ef5034272c926c27071992a465c2335cecf41851bda071577f4f6d",
    "HMAC_SHA256_HEX, sha256=5910e62016ef5034272c926c27071992a465c2335cecf41851bda071577f4f6d",
    "HMAC_SHA256_BASE64, WRDmIBbvUDQnLJJsJwcZkqRlwjNc7PQYUb2gcVd/T20=",
    "HMAC_SHA1_HEX, 79999786a1bff10cd4d7dd0b0752574af76be0b5",
    "SHARED_SECRET, s3cret"
  })
  void what_is_signed_by_who_knows_the_secret_holds(Scheme scheme, String signature) {
    assertThat(holds(scheme, "s3cret", Map.of(scheme.usualHeader(), signature))).isTrue();
    assertThat(holds(scheme, "other", Map.of(scheme.usualHeader(), signature))).isFalse();
    assertThat(holds(scheme, "s3cret", Map.of(scheme.usualHeader(), signature + "x"))).isFalse();
    assertThat(holds(scheme, "s3cret", Map.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1767600000, 491f607da1835e61166b0560ad8effbe6151be4558436b7b73912a1fb9b60e29, true",
    "1767600001, 491f607da1835e61166b0560ad8effbe6151be4558436b7b73912a1fb9b60e29, false",
    "1767599000, 243a4580805d25f6ebe6c1222957b050635665bc27172ede412e9e279dd48c23, false",
    "x, 491f607da1835e61166b0560ad8effbe6151be4558436b7b73912a1fb9b60e29, false"
  })
  void a_signature_with_its_time_holds_for_five_minutes(
      String time, String signature, boolean expected) {
    assertThat(
            holds(
                Scheme.STRIPE,
                "whsec_x",
                Map.of("stripe-signature", "t=" + time + ",v0=0,v1=" + signature)))
        .isEqualTo(expected);
  }

  @Test
  void a_standard_webhook_holds_by_any_of_its_signatures_under_any_prefix() {
    var headers =
        Map.of(
            "svix-id", "msg_1",
            "svix-timestamp", "1767600000",
            "svix-signature", "v1,AAAA v1,WhxCs632f3v4TYpZRt3GZhX7pa9Xw9C5g5PoMqq10nw=");
    var verification = new Verification(Scheme.STANDARD_WEBHOOKS, "svix-signature");
    String secret = "whsec_czNjcmV0czNjcmV0czNjcmV0czNjcmV0";
    assertThat(VerifySender.holds(verification, secret, headers, BODY, NOW)).isTrue();
    assertThat(VerifySender.holds(verification, secret, headers, BODY, NOW.plusSeconds(301)))
        .isFalse();
    assertThat(VerifySender.holds(verification, "whsec_!", headers, BODY, NOW))
        .as("no base 64")
        .isFalse();
    assertThat(holds(Scheme.STANDARD_WEBHOOKS, secret, headers)).as("other headers").isFalse();
  }
}
