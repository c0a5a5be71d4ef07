package dev.carillon.tracking.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.tracking.Tracking;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final String SECRET =
      Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());

  private static Json.Obj json(int current, String secret) {
    return Json.object()
        .with("current", Json.of(current))
        .with("keys", Json.object().with("1", SECRET).with("2", secret));
  }

  @Test
  void a_ring_is_read_with_all_its_keys() {
    var ring = KeyRing.read(json(2, SECRET));
    assertThat(ring.current().id()).isEqualTo(2);
    assertThat(ring.find(1)).isPresent();
    assertThat(ring.find(3)).isEmpty();
  }

  @Test
  void what_is_no_ring_is_refused_without_quoting_a_secret() {
    for (Json.Obj wrong :
        List.of(
            Json.object(),
            json(3, SECRET),
            json(2, "c2hvcnQ="),
            json(2, "not base64!"),
            json(2, SECRET).with("current", "2"),
            json(2, SECRET).with("keys", Json.object().with("x", SECRET)),
            json(2, SECRET).with("keys", Json.object().with("256", SECRET)))) {
      assertThatThrownBy(() -> KeyRing.read(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain(SECRET, "c2hvcnQ", "not base64!");
    }
  }

  @Test
  void an_id_is_never_given_to_a_second_key() {
    var ring = KeyRing.of(Tracking.key(1)).rotated(Tracking.key(2));
    assertThatThrownBy(() -> ring.rotated(Tracking.key(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_text_of_a_key_does_not_show_its_secret() {
    assertThat(Tracking.key(7)).hasToString("LinkKey 7");
  }
}
