package dev.carillon.provider.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokenTest {
  /** RFC 7515, appendix A.3. */
  private static final String OF_THE_RFC =
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlL"
          + "mNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8I"
          + "SlSApmWQxfKTUJqPP3-Kg6NU1Q";

  /** Made with the same key outside of this project. */
  private static final String OF_A_TEAM =
      "eyJhbGciOiJFUzI1NiIsImtpZCI6IlRFU1RLRVkxMjMifQ.eyJpc3MiOiJURUFNSUQwOTg3IiwiaWF0IjoxNzAwMDAw"
          + "MDAwfQ.U6TwEVWPXtJyQ-SLKpTKmm5n7qQZKVlvlOMS_dFQU-M3T0HSEO2wUn5lxOasD_JNj1tzFk3nVonD4TAk"
          + "c2rwqQ";

  @ParameterizedTest
  @ValueSource(strings = {OF_THE_RFC, OF_A_TEAM})
  void what_others_signed_with_the_key_is_what_the_test_takes_for_signed(String token)
      throws GeneralSecurityException {
    assertThat(signed(token)).isTrue();
    assertThat(signed(token.replaceFirst("\\.eyJpc3M", ".eyJpc3N"))).isFalse();
  }

  @Test
  void es256_says_what_was_to_be_said_and_is_signed() throws GeneralSecurityException {
    String token = es256(team(1_700_000_000L));
    assertThat(token).startsWith(OF_A_TEAM.substring(0, OF_A_TEAM.lastIndexOf('.') + 1));
    assertThat(signed(token)).isTrue();
    assertThat(signature(token)).hasSize(64);
  }

  @Test
  void the_same_is_signed_the_same_way_and_something_else_in_another() {
    String one = es256(team(1_700_000_000L));
    assertThat(es256(team(1_700_000_000L))).isEqualTo(one);
    String other = es256(team(1_700_000_001L));
    // The first half of a signature tells the number it used: never one for two messages.
    assertThat(new BigInteger(1, signature(other), 0, 32))
        .isNotEqualTo(new BigInteger(1, signature(one), 0, 32));
  }

  @Test
  void a_key_of_another_curve_signs_nothing() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    var key = generator.generateKeyPair().getPrivate();
    assertThat(SignedToken.es256(header("ES256"), team(1), key)).isEmpty();
  }

  @Test
  void rs256_is_signed_with_the_key() throws GeneralSecurityException {
    String token =
        SignedToken.rs256(header("RS256"), team(1), PemKey.rsa(TestKeys.RSA).orElseThrow())
            .orElseThrow();
    var check = Signature.getInstance("SHA256withRSA");
    check.initVerify(
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new X509EncodedKeySpec(Base64.getDecoder().decode(TestKeys.RSA_PUBLIC))));
    check.update(content(token));
    assertThat(check.verify(signature(token))).isTrue();
  }

  @Test
  void a_key_with_its_line_feeds_written_out_is_the_same_key() {
    assertThat(PemKey.ec(TestKeys.EC.strip().replace("\n", "\\n")))
        .isEqualTo(PemKey.ec(TestKeys.EC))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----"
      })
  void what_is_no_key_is_none(String pem) {
    assertThat(PemKey.ec(pem)).isEmpty();
    assertThat(PemKey.rsa(pem)).isEmpty();
  }

  @Test
  void a_key_of_the_other_kind_is_none() {
    assertThat(PemKey.ec(TestKeys.RSA)).isEmpty();
    assertThat(PemKey.rsa(TestKeys.EC)).isEmpty();
  }

  private static String es256(Json.Obj claims) {
    Json.Obj header = header("ES256").with("kid", "TESTKEY123");
    return SignedToken.es256(header, claims, PemKey.ec(TestKeys.EC).orElseThrow()).orElseThrow();
  }

  private static Json.Obj header(String algorithm) {
    return Json.object().with("alg", algorithm);
  }

  private static Json.Obj team(long issued) {
    return Json.object().with("iss", "TEAMID0987").with("iat", Json.of(issued));
  }

  private static boolean signed(String token) throws GeneralSecurityException {
    var check = Signature.getInstance("SHA256withECDSAinP1363Format");
    check.initVerify(publicKey());
    check.update(content(token));
    return check.verify(signature(token));
  }

  private static PublicKey publicKey() throws GeneralSecurityException {
    var curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    var point = new ECPoint(number(TestKeys.EC_X), number(TestKeys.EC_Y));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(String base64) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
  }

  private static byte[] content(String token) {
    return token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] signature(String token) {
    return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
  }
}
