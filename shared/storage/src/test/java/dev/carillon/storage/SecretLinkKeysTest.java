package dev.carillon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretLinkKeysTest {
  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final AtomicReference<Json.Obj> secret = new AtomicReference<>(ring(1));

  /** With keys 1 to {@code newest}. */
  private static Json.Obj ring(int newest) {
    Json.Obj keys = Json.object();
    for (int id = 1; id <= newest; id++) {
      var bytes = new byte[32];
      bytes[0] = (byte) id;
      keys = keys.with(Integer.toString(id), Base64.getEncoder().encodeToString(bytes));
    }
    return Json.object().with("current", Json.of(newest)).with("keys", keys);
  }

  private FakeAws aws() throws Exception {
    return new FakeAws(
        _ -> FakeAws.Answer.ok(Json.object().with("SecretString", JsonText.write(secret.get()))));
  }

  private SecretLinkKeys keys(FakeAws aws) {
    return SecretLinkKeys.of(aws.clients(), "carillon/", clock);
  }

  @Test
  void links_are_followed_without_a_look_up_once_the_keys_are_known() throws Exception {
    try (var aws = aws()) {
      var keys = keys(aws);
      for (int i = 0; i < 5; i++) {
        assertThat(keys.find(1)).isPresent();
        clock.advance(Duration.ofDays(1));
      }
      assertThat(aws.asked()).hasSize(1);
      assertThat(aws.asked().getFirst().body().text("SecretId")).contains("carillon/links");
    }
  }

  @Test
  void a_key_that_is_not_known_is_looked_for_once_a_minute() throws Exception {
    try (var aws = aws()) {
      var keys = keys(aws);
      keys.find(1);
      for (int id = 2; id < 200; id++) {
        assertThat(keys.find(id)).isEmpty();
      }
      assertThat(aws.asked()).hasSize(1);
      secret.set(ring(2));
      clock.advance(Duration.ofMinutes(1));
      assertThat(keys.find(2)).isPresent();
      assertThat(keys.find(1)).isPresent();
      assertThat(aws.asked()).hasSize(2);
    }
  }

  @Test
  void who_signs_hears_of_a_new_key_within_ten_minutes() throws Exception {
    try (var aws = aws()) {
      var keys = keys(aws);
      assertThat(keys.current().id()).isEqualTo(1);
      secret.set(ring(2));
      clock.advance(Duration.ofMinutes(9));
      assertThat(keys.current().id()).isEqualTo(1);
      clock.advance(Duration.ofMinutes(1));
      assertThat(keys.current().id()).isEqualTo(2);
    }
  }

  @Test
  void that_there_is_no_key_yet_is_asked_once_a_minute() throws Exception {
    try (var aws = aws()) {
      secret.set(Json.object());
      var keys = keys(aws);
      for (int i = 0; i < 5; i++) {
        assertThat(keys.any()).isFalse();
      }
      assertThat(aws.asked()).hasSize(1);
      secret.set(ring(1));
      clock.advance(Duration.ofMinutes(1));
      assertThat(keys.any()).isTrue();
      assertThat(keys.current().id()).isEqualTo(1);
      assertThat(aws.asked()).hasSize(2);
    }
  }

  @Test
  void a_secret_that_is_missing_or_no_key_ring_is_a_failure_not_an_empty_ring() throws Exception {
    try (var aws = aws()) {
      secret.set(Json.object());
      assertThatThrownBy(() -> keys(aws).find(1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> keys(aws).current()).isInstanceOf(IllegalStateException.class);
    }
  }
}
