package dev.carillon.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  @Test
  void a_digest_of_the_same_texts_is_the_same_and_of_others_another() {
    assertThat(Digest.of("a", "b").hex()).isEqualTo(Digest.of("a", "b").hex()).hasSize(64);
    assertThat(
            Stream.of(
                Digest.of(),
                Digest.of(""),
                Digest.of("", ""),
                Digest.of("ab"),
                Digest.of("a", "b"),
                Digest.of("b", "a"),
                Digest.of("ab", ""),
                Digest.of("", "ab")))
        .extracting(Digest::hex)
        .doesNotHaveDuplicates();
  }

  @Test
  void the_plain_hash_is_that_of_the_standard() {
    assertThat(Digest.hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void parts_of_a_digest_are_its_first_bits() {
    var digest = Digest.of("x");
    assertThat(digest.first(4)).hasSize(4);
    assertThat(Long.toHexString(digest.bits(32)))
        .isEqualTo(digest.hex().substring(0, 8).replaceFirst("^0+", ""));
    assertThat(digest.bits(1)).isBetween(0L, 1L);
    assertThat(digest.bits(63)).isNotNegative();
  }

  @Test
  void fractions_are_spread_evenly_from_0_to_1() {
    var counts = new int[10];
    for (int i = 0; i < 10_000; i++) {
      double fraction = Digest.of("fraction", Integer.toString(i)).fraction();
      assertThat(fraction).isGreaterThanOrEqualTo(0).isLessThan(1);
      counts[(int) (fraction * 10)]++;
    }
    assertThat(IntStream.of(counts).boxed()).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void a_timed_uuid_is_of_version_8_carries_its_time_and_sorts_by_it() {
    UUID early = Uuid8.timed(1_773_144_000_000L, 0xFFF, -1);
    UUID late = Uuid8.timed(1_773_144_000_001L, 0, 0);
    assertThat(List.of(early, late)).allMatch(id -> id.version() == 8 && id.variant() == 2);
    assertThat(Uuid8.millis(early)).isEqualTo(1_773_144_000_000L);
    assertThat(Uuid8.millis(late)).isEqualTo(1_773_144_000_001L);
    assertThat(early.toString()).isLessThan(late.toString());
    assertThat(Digest.of("x").uuid().version()).isEqualTo(8);
  }

  @Test
  void a_ksuid_is_of_27_characters_and_carries_its_second() {
    var time = Instant.parse("2026-03-10T12:00:00.999Z");
    String id = Ksuid.of(time, Digest.of("x"));
    assertThat(id).hasSize(27).matches("[0-9A-Za-z]{27}");
    assertThat(Ksuid.isValid(id)).isTrue();
    assertThat(Ksuid.time(id)).isEqualTo(Instant.parse("2026-03-10T12:00:00Z"));
    assertThat(Ksuid.of(time, Digest.of("x"))).isEqualTo(id);
    assertThat(Ksuid.of(time, Digest.of("y"))).isNotEqualTo(id);
  }

  /** An id published with the specification of KSUIDs. */
  @Test
  void the_form_is_that_of_the_specification() {
    assertThat(Ksuid.time("0ujtsYcgvSTl8PAuAdqWYSMnLOv"))
        .isEqualTo(Instant.ofEpochSecond(1_400_000_000L + 107_608_047));
    assertThat(Ksuid.lastByte("0ujtsYcgvSTl8PAuAdqWYSMnLOv")).isEqualTo(0x35);
  }

  @Test
  void times_out_of_range_are_the_nearest_in_it() {
    assertThat(Ksuid.time(Ksuid.of(Instant.EPOCH, Digest.of("x"))))
        .isEqualTo(Instant.ofEpochSecond(1_400_000_000L));
    String last = Ksuid.of(Instant.parse("9999-01-01T00:00:00Z"), Digest.of("x"));
    assertThat(Ksuid.isValid(last)).isTrue();
    assertThat(Ksuid.time(last)).isEqualTo(Instant.ofEpochSecond(1_400_000_000L + 0xFFFF_FFFFL));
  }

  @Test
  void ksuids_sort_by_time() {
    var start = Instant.parse("2026-03-10T12:00:00Z");
    var ids =
        IntStream.range(0, 2_000)
            .mapToObj(i -> Ksuid.of(start.plusSeconds(i), Digest.of("x" + i)))
            .toList();
    assertThat(ids).isSorted();
  }

  @Test
  void ksuids_of_one_second_are_spread_evenly_over_16_shards() {
    var counts = new int[16];
    var seen = new HashSet<String>();
    for (int i = 0; i < 16_000; i++) {
      String id = Ksuid.of(Instant.parse("2026-03-10T12:00:00Z"), Digest.of("x" + i));
      counts[Ksuid.lastByte(id) & 0xF]++;
      seen.add(id);
    }
    assertThat(seen).hasSize(16_000);
    assertThat(IntStream.of(counts).boxed()).allMatch(count -> count > 850 && count < 1_150);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "0ujtsYcgvSTl8PAuAdqWYSMnLO", "0ujtsYcgvSTl8PAuAdqWYSMnLOvv",
        "0ujtsYcgvSTl8PAuAdqWYSMnLO-", "0ujtsYcgvSTl8PAuAdqWYSMnLO\n",
            "zzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "aWgEPTl1tmebfsQzFP4bxwgy80W", "٠ujtsYcgvSTl8PAuAdqWYSMnLOv"
      })
  void anything_else_is_no_ksuid(String text) {
    assertThat(Ksuid.isValid(text)).isFalse();
  }

  @Test
  void the_greatest_ksuid_is_valid() {
    assertThat(Ksuid.isValid("aWgEPTl1tmebfsQzFP4bxwgy80V")).isTrue();
    assertThat(Ksuid.isValid("0".repeat(27))).isTrue();
  }
}
