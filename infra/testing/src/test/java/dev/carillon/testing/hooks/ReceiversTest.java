package dev.carillon.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.FakeEndpoints.Heard;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Receivers written from the two descriptions, with the secrets that the API gave out. (That the
 * public library of Standard Webhooks verifies the headers is tested where they are made: it looks
 * at the clock of the machine.)
 */
class ReceiversTest {
  private final HookScene scene = new HookScene();

  private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean standard(Heard heard, String secret) throws GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    var headers = heard.request().headers();
    byte[] wanted =
        hmac(
            key,
            utf8(headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + "."),
            heard.request().body());
    return Arrays.stream(headers.get("webhook-signature").split(" "))
        .anyMatch(it -> Arrays.equals(Base64.getDecoder().decode(it.substring(3)), wanted));
  }

  private static boolean knock(Heard heard, String secret) throws GeneralSecurityException {
    String[] parts = heard.request().headers().get("x-knock-signature").split(",", 2);
    byte[] wanted = hmac(utf8(secret), utf8(parts[0].substring(2) + "."), heard.request().body());
    return Arrays.equals(Base64.getDecoder().decode(parts[1].substring(2)), wanted);
  }

  @Test
  void calls_verify_with_the_secret_that_the_api_gave_out_through_a_rotation()
      throws GeneralSecurityException {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    String first = hook.text("secret").orElseThrow();
    scene.welcome("ada");
    Heard before = scene.heard(HookScene.URL).getLast();
    assertThat(standard(before, first)).isTrue();
    assertThat(knock(before, first)).isTrue();

    String second =
        scene
            .post(hook, "/rotate_secret", Json.object().with("overlap_hours", Json.of(2)))
            .body()
            .text("secret")
            .orElseThrow();
    assertThat(second).isNotEqualTo(first);
    scene.welcome("bob");
    Heard during = scene.heard(HookScene.URL).getLast();
    assertThat(standard(during, first)).isTrue();
    assertThat(standard(during, second)).isTrue();
    assertThat(knock(during, first)).as("the header has room for one").isTrue();

    scene.engine.advance(Duration.ofHours(3));
    scene.welcome("cleo");
    Heard after = scene.heard(HookScene.URL).getLast();
    assertThat(standard(after, first)).isFalse();
    assertThat(standard(after, second)).isTrue();
    assertThat(knock(after, second)).isTrue();
    assertThat(scene.get(hook, "").get("secret")).as("shown once").isEmpty();
  }

  @Test
  void a_secret_of_the_callers_own_is_taken_and_a_weak_one_is_refused() {
    String own = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    assertThat(
            scene
                .post(hook, "/rotate_secret", Json.object().with("secret", own))
                .body()
                .text("secret"))
        .contains(own);
    assertThat(
            scene.post(hook, "/rotate_secret", Json.object().with("secret", "whsec_AA==")).status())
        .isEqualTo(422);
  }
}
