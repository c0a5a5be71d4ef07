package dev.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.carillon.json.text.JsonText;
import dev.carillon.webhook.signature.WebhookSecret;
import dev.carillon.webhook.signature.WebhookSecrets;
import dev.carillon.webhook.signature.WebhookSignatures;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSignaturesTest {
  private static final WebhookEvent EVENT = Hooks.event(WebhookEventType.MESSAGE_READ);
  private static final byte[] BODY = JsonText.bytes(EVENT.payload());
  private static final WebhookSecret OLD = Hooks.secret(1);
  private static final WebhookSecret NEW = Hooks.secret(2);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As the public library of the standard reads headers; it looks at the clock itself. */
  private static void verify(WebhookSecret secret, Map<String, String> headers, byte[] body)
      throws Exception {
    Map<String, List<String>> lists =
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> List.of(it.getValue())));
    new Webhook(secret.reveal())
        .verify(new String(body, StandardCharsets.UTF_8), HttpHeaders.of(lists, (_, _) -> true));
  }

  /** A receiver written from the description of Knock's signature. */
  private static boolean knock(String secret, Map<String, String> headers, byte[] body, Instant now)
      throws Exception {
    String header = headers.get("x-knock-signature");
    int comma = header.indexOf(',');
    String time = header.substring("t=".length(), comma);
    byte[] signature = Base64.getDecoder().decode(header.substring(comma + ",s=".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(utf8(secret), "HmacSHA256"));
    mac.update(utf8(time + "."));
    long age = Math.abs(now.toEpochMilli() - Long.parseLong(time));
    return MessageDigest.isEqual(signature, mac.doFinal(body))
        && age < Duration.ofMinutes(5).toMillis();
  }

  @Test
  void knocks_signature_has_the_value_of_the_documented_algorithm() {
    assertThat(
            WebhookSignatures.knock(
                "some-secret",
                1_700_000_000_000L,
                utf8("{\"__typename\":\"Event\",\"type\":\"message.sent\"}")))
        .isEqualTo("t=1700000000000,s=+93gu4qRZP8TtSAaCwXi+C49iLVSzQSAmDSkGxwyJIM=");
  }

  @Test
  void the_signature_of_standard_webhooks_has_the_value_of_its_vector() {
    assertThat(
            WebhookSignatures.standard(
                WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330L,
                utf8("{\"test\": 2432232314}")))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void a_receiver_with_the_public_library_of_standard_webhooks_verifies_our_calls() {
    var headers = WebhookSignatures.headers(EVENT, WebhookSecrets.of(OLD), Instant.now(), BODY);
    assertThatCode(() -> verify(OLD, headers, BODY)).doesNotThrowAnyException();
    assertThatThrownBy(() -> verify(NEW, headers, BODY))
        .isInstanceOf(WebhookVerificationException.class);
    for (int i = 0; i < BODY.length; i++) {
      byte[] changed = BODY.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> verify(OLD, headers, changed))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  @Test
  void a_receiver_written_from_the_description_of_knocks_signature_verifies_our_calls()
      throws Exception {
    var headers = WebhookSignatures.headers(EVENT, WebhookSecrets.of(OLD), Hooks.NOON, BODY);
    assertThat(knock(OLD.reveal(), headers, BODY, Hooks.NOON)).isTrue();
    assertThat(knock(NEW.reveal(), headers, BODY, Hooks.NOON)).isFalse();
    assertThat(knock(OLD.reveal(), headers, Arrays.copyOf(BODY, 9), Hooks.NOON)).isFalse();
    assertThat(knock(OLD.reveal(), headers, BODY, Hooks.NOON.plusSeconds(301))).isFalse();
  }

  @Test
  void both_secrets_verify_during_a_rotation_and_only_the_new_one_after_it() {
    Instant now = Instant.now();
    var rotated = WebhookSecrets.of(OLD).rotated(NEW, now, Duration.ofHours(1));
    var during = WebhookSignatures.headers(EVENT, rotated, now, BODY);
    assertThatCode(() -> verify(OLD, during, BODY)).doesNotThrowAnyException();
    assertThatCode(() -> verify(NEW, during, BODY)).doesNotThrowAnyException();
    var over = WebhookSecrets.of(OLD).rotated(NEW, now.minusSeconds(60), Duration.ofSeconds(60));
    var after = WebhookSignatures.headers(EVENT, over, now, BODY);
    assertThatCode(() -> verify(NEW, after, BODY)).doesNotThrowAnyException();
    assertThatThrownBy(() -> verify(OLD, after, BODY))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void knocks_header_changes_over_when_the_old_secret_retires() throws Exception {
    var rotated = WebhookSecrets.of(OLD).rotated(NEW, Hooks.NOON, Duration.ofHours(1));
    var during = WebhookSignatures.headers(EVENT, rotated, Hooks.NOON, BODY);
    assertThat(knock(OLD.reveal(), during, BODY, Hooks.NOON)).isTrue();
    Instant later = Hooks.NOON.plus(Duration.ofHours(1));
    var after = WebhookSignatures.headers(EVENT, rotated, later, BODY);
    assertThat(knock(NEW.reveal(), after, BODY, later)).isTrue();
  }

  @Test
  void every_try_has_the_same_id_and_a_time_of_its_own() {
    var secrets = WebhookSecrets.of(OLD);
    var first = WebhookSignatures.headers(EVENT, secrets, Hooks.NOON, BODY);
    var second = WebhookSignatures.headers(EVENT, secrets, Hooks.NOON.plusSeconds(60), BODY);
    assertThat(second.get("webhook-id")).isEqualTo(first.get("webhook-id"));
    assertThat(second.get("webhook-timestamp")).isNotEqualTo(first.get("webhook-timestamp"));
    assertThat(second.get("webhook-signature")).isNotEqualTo(first.get("webhook-signature"));
  }

  @Test
  void headers_name_the_event_and_the_environment() {
    assertThat(WebhookSignatures.headers(EVENT, WebhookSecrets.of(OLD), Hooks.NOON, BODY))
        .containsEntry("x-knock-event", "message.read")
        .containsEntry("x-knock-environment-id", "production")
        .containsEntry("webhook-id", Hooks.EVENT)
        .containsEntry("content-type", "application/json; charset=utf-8");
  }

  @Test
  void a_secret_has_24_to_64_bytes_and_is_never_shown() {
    for (String wrong :
        List.of(
            "",
            "whsec_",
            "secret",
            "whsec_c2hvcnQ=",
            "whsec_%%%",
            "whsk_" + "A".repeat(32),
            "whsec_" + "A".repeat(88))) {
      assertThatThrownBy(() -> WebhookSecret.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("c2hvcnQ", "%%%");
    }
    assertThat(OLD.toString()).doesNotContain(OLD.reveal().substring(6));
    assertThat(WebhookSecret.parse(OLD.reveal())).isEqualTo(OLD);
    assertThat(Hooks.endpoint().toString()).doesNotContain(OLD.reveal());
  }

  @Test
  void rotating_twice_leaves_two_and_rotating_to_the_same_changes_nothing() {
    var twice =
        WebhookSecrets.of(OLD)
            .rotated(NEW, Hooks.NOON, WebhookSecrets.OVERLAP)
            .rotated(Hooks.secret(3), Hooks.NOON, WebhookSecrets.OVERLAP);
    assertThat(twice.live(Hooks.NOON)).containsExactly(Hooks.secret(3), NEW);
    assertThat(twice.rotated(Hooks.secret(3), Hooks.NOON, WebhookSecrets.OVERLAP)).isEqualTo(twice);
  }
}
