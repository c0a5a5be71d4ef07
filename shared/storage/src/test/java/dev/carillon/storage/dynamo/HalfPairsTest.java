package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfPairsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\u0000", "\uFFFF", "x\uD83E\uDD8A", "\uD83E\uDD8A\uD83E\uDD8A"})
  void what_utf_8_has_stays_as_it_is(String text) {
    assertThat(Item.stored(text).s()).isEqualTo(text);
  }

  @Test
  void halves_of_pairs_are_replaced_where_they_stand() {
    assertThat(Item.stored("a\uD83E").s()).isEqualTo("a\uFFFD");
    assertThat(Item.stored("\uDD8Ab").s()).isEqualTo("\uFFFDb");
    assertThat(Item.stored("\uD83E\uD83E\uDD8A\uDD8A").s()).isEqualTo("\uFFFD\uD83E\uDD8A\uFFFD");
  }
}
