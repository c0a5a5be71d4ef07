package dev.carillon.tracking.link;

import static dev.carillon.tracking.Tracking.ENVIRONMENT;
import static dev.carillon.tracking.Tracking.MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.tracking.Tracked;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.Tracking;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkTokensTest {
  private static final String URL = "https://acme.example/orders/7?utm_source=mail&x=%20#top";

  private final KeyRing ring = KeyRing.of(Tracking.key(1));
  private final LinkTokens tokens = new LinkTokens(ring);

  private static List<Tracked> things() {
    return List.of(
        Tracking.link(URL),
        Tracking.link("HTTPS://Acme.example"),
        Tracking.action(URL),
        Tracking.mail(),
        new TrackedLink(
            new EnvironmentId("e".repeat(64)),
            MESSAGE,
            TrackedLink.Kind.LINK,
            TrackedLink.GREATEST_INDEX,
            Tracking.target("https://a/" + "x".repeat(LinkTarget.LONGEST - 10))));
  }

  @Test
  void what_was_sealed_opens() {
    for (Tracked tracked : things()) {
      assertThat(tokens.open(tokens.seal(tracked))).contains(tracked);
    }
  }

  @Test
  void a_token_is_made_of_characters_that_a_path_takes_as_they_are() {
    for (Tracked tracked : things()) {
      assertThat(tokens.seal(tracked)).matches("[0-9A-Za-z_-]+");
    }
  }

  @Test
  void the_same_link_has_the_same_token() {
    assertThat(tokens.seal(Tracking.link(URL))).isEqualTo(tokens.seal(Tracking.link(URL)));
  }

  @Test
  void a_token_holds_41_bytes_beside_the_environments_name_and_the_target() {
    String token = tokens.seal(Tracking.link(URL));
    int bytes = 41 + ENVIRONMENT.value().length() + URL.length() - "https://".length();
    assertThat(token).hasSize(Math.ceilDiv(bytes * 4, 3));
  }

  @Test
  void every_flip_of_a_single_bit_of_a_token_makes_it_invalid() {
    int flips = 0;
    for (Tracked tracked : things().subList(0, 4)) {
      String token = tokens.seal(tracked);
      for (int i = 0; i < token.length(); i++) {
        for (int bit = 0; bit < Character.SIZE; bit++) {
          var flipped = new StringBuilder(token);
          flipped.setCharAt(i, (char) (token.charAt(i) ^ 1 << bit));
          assertThat(tokens.open(flipped.toString())).as("bit %d of %d", bit, i).isEmpty();
          flips++;
        }
      }
    }
    assertThat(flips).isGreaterThan(5_000);
  }

  @Test
  void every_flip_of_a_single_bit_of_what_is_encoded_makes_it_invalid() {
    for (Tracked tracked : things().subList(0, 4)) {
      byte[] bytes = Base64.getUrlDecoder().decode(tokens.seal(tracked));
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(tokens.open(encoded(flipped))).isEmpty();
      }
    }
  }

  @Test
  void no_beginning_and_no_continuation_of_a_token_opens() {
    String token = tokens.seal(Tracking.link(URL));
    for (int i = 0; i < token.length(); i++) {
      assertThat(tokens.open(token.substring(0, i))).isEmpty();
      assertThat(tokens.open(token.substring(i + 1))).isEmpty();
    }
    for (String more : List.of("A", "AA", "=", "==", "\n", "/", "%00", ".png", "?x")) {
      assertThat(tokens.open(token + more)).isEmpty();
      assertThat(tokens.open(more + token)).isEmpty();
    }
  }

  @Test
  void another_spelling_of_the_same_bytes_does_not_open() {
    // The last of two or three characters has bits to spare, which a lenient decoder ignores.
    var spellings = new ArrayList<String>();
    for (Tracked tracked : things()) {
      String token = tokens.seal(tracked);
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      for (char c : alphabet.toCharArray()) {
        String other = token.substring(0, token.length() - 1) + c;
        if (!other.equals(token) && Arrays.equals(Base64.getUrlDecoder().decode(other), bytes)) {
          spellings.add(other);
        }
      }
    }
    assertThat(spellings).isNotEmpty().allMatch(it -> tokens.open(it).isEmpty());
  }

  @Test
  void links_work_after_two_rotations_of_the_key() {
    String token = tokens.seal(Tracking.link(URL));
    KeyRing later = ring.rotated(Tracking.key(2)).rotated(Tracking.key(3));
    var rotated = new LinkTokens(later);
    assertThat(rotated.open(token)).contains(Tracking.link(URL));
    String newer = rotated.seal(Tracking.link(URL));
    assertThat(newer).isNotEqualTo(token);
    assertThat(rotated.open(newer)).contains(Tracking.link(URL));
    assertThat(tokens.open(newer)).as("by who has not heard of the key").isEmpty();
  }

  @Test
  void another_secret_under_the_same_id_opens_nothing() {
    var stranger = new LinkTokens(KeyRing.of(new LinkKey(1, new byte[LinkKey.LEAST_BYTES])));
    assertThat(stranger.open(tokens.seal(Tracking.link(URL)))).isEmpty();
  }

  @Test
  void a_target_beside_its_token_counts_only_if_it_was_sealed_for_it() {
    String token = tokens.sealBeside(Tracking.link(URL));
    assertThat(tokens.open(token, Optional.of(URL))).contains(Tracking.link(URL));
    assertThat(tokens.open(token)).isEmpty();
    assertThat(tokens.open(token, Optional.of(URL + "x"))).isEmpty();
    assertThat(tokens.open(token, Optional.of("https://evil.example/"))).isEmpty();
    assertThat(tokens.open(token, Optional.of(""))).isEmpty();
    for (int i = 0; i < URL.length(); i++) {
      var other = new StringBuilder(URL);
      other.setCharAt(i, (char) (URL.charAt(i) ^ 1));
      assertThat(tokens.open(token, Optional.of(other.toString()))).isEmpty();
    }
  }

  @Test
  void a_token_with_its_own_target_leads_there_whatever_stands_beside_it() {
    String token = tokens.seal(Tracking.link(URL));
    assertThat(tokens.open(token, Optional.of("https://evil.example/")))
        .contains(Tracking.link(URL));
  }

  @Test
  void a_token_for_a_target_beside_it_is_none_for_a_link_that_holds_it() {
    // The same bytes are signed for both but for the form, which is among them.
    String beside = tokens.sealBeside(Tracking.link(URL));
    byte[] bytes = Base64.getUrlDecoder().decode(beside);
    byte[] joined = new byte[bytes.length + URL.length()];
    System.arraycopy(bytes, 0, joined, 0, bytes.length - 16);
    System.arraycopy(
        URL.getBytes(StandardCharsets.US_ASCII), 0, joined, bytes.length - 16, URL.length());
    System.arraycopy(bytes, bytes.length - 16, joined, joined.length - 16, 16);
    assertThat(tokens.open(encoded(joined))).isEmpty();
    assertThat(tokens.open(encoded(joined), Optional.of(""))).isEmpty();
  }

  @Test
  void a_link_names_its_environment_and_message() {
    var tracked = tokens.open(tokens.seal(Tracking.mail())).orElseThrow();
    assertThat(tracked.environment()).isEqualTo(ENVIRONMENT);
    assertThat(tracked.message()).isEqualTo(MESSAGE);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
