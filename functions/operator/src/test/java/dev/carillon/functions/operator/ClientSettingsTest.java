package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ClientAccess;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.access.SigningKey;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
  private static final String SEED =
      "{\"action\":\"seed\",\"environment\":{\"slug\":\"local\"},\"keys\":[{\"kind\":\"public\"}]%s}";

  private final Bench bench = new Bench();

  @Test
  void public_keys_of_a_new_environment_are_restricted_and_a_seed_can_say_otherwise() {
    assertThat(bench.ask(SEED.formatted("")).object("clients").text("public_keys"))
        .contains("restricted");
    var open = bench.ask(SEED.formatted(",\"public_keys\":\"open\""));
    assertThat(open.object("clients").text("public_keys")).contains("open");
    assertThat(access().publicKeys()).isEqualTo(PublicKeyUse.OPEN);
    // Seeding again without a word of it leaves it as it is.
    assertThat(bench.ask(SEED.formatted("")).object("clients").text("public_keys"))
        .contains("open");
    bench.ask("{\"action\":\"public_keys\",\"environment\":\"local\",\"allow\":\"token\"}");
    assertThat(access().publicKeys()).isEqualTo(PublicKeyUse.TOKEN);
    var refused =
        bench.ask("{\"action\":\"public_keys\",\"environment\":\"local\",\"allow\":\"all\"}");
    assertThat(Bench.error(refused, "field")).isEqualTo("allow");
  }

  @Test
  void a_signing_key_is_made_once_by_seeds_and_its_halves_fit() throws GeneralSecurityException {
    var made = bench.ask(SEED.formatted(",\"signing_key\":true")).object("signing_key");
    byte[] signature = sign(made.text("private_key").orElseThrow(), "hello");
    var check = Signature.getInstance("SHA256withRSA");
    check.initVerify(
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new X509EncodedKeySpec(
                    Base64.getDecoder().decode(access().signingKeys().getFirst().publicKey()))));
    check.update("hello".getBytes());
    assertThat(check.verify(signature)).isTrue();
    assertThat(access().signingKeys())
        .extracting(SigningKey::id)
        .containsExactly(made.text("id").orElseThrow());
    var again = bench.ask(SEED.formatted(",\"signing_key\":true")).object("signing_key");
    assertThat(again.get("created")).contains(Json.FALSE);
    assertThat(again.get("private_key")).isEmpty();
    assertThat(access().signingKeys()).hasSize(1);
  }

  @Test
  void another_key_is_made_beside_the_first_until_there_are_too_many_and_one_is_removed() {
    for (int i = 0; i < ClientAccess.MOST_SIGNING_KEYS; i++) {
      assertThat(ask("new_signing_key", "").text("private_key")).isPresent();
    }
    assertThat(Bench.error(ask("new_signing_key", ""), "field")).isEqualTo("environment");
    String first = access().signingKeys().getFirst().id();
    ask("remove_signing_key", ",\"id\":\"" + first + "\"");
    Json.Obj left = ask("remove_signing_key", ",\"id\":\"" + first + "\"");
    assertThat(left.list("signing_keys")).hasSize(ClientAccess.MOST_SIGNING_KEYS - 1);
    assertThat(access().signingKeys()).extracting(SigningKey::id).doesNotContain(first);
    assertThat(JsonText.write(left)).doesNotContain("PRIVATE");
  }

  private Json.Obj ask(String action, String more) {
    return bench.ask("{\"action\":\"" + action + "\",\"environment\":\"local\"" + more + "}");
  }

  private ClientAccess access() {
    return bench.ports.clientAccesses().find(Bench.LOCAL);
  }

  private static byte[] sign(String pem, String text) throws GeneralSecurityException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "");
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body))));
    signature.update(text.getBytes());
    return signature.sign();
  }
}
