package dev.carillon.storage.dynamo.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySpreadTest {

  /** How much of all the largest of four parts has, in percent. */
  private static int largest(IntFunction<String> id) {
    List<String> keys =
        IntStream.range(0, 20_000).mapToObj(i -> "SUB#$users#" + id.apply(i)).sorted().toList();
    List<String> cuts = KeySpread.cuts(keys.subList(0, 25), keys.getLast(), 4);
    assertThat(cuts).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(3);
    assertThat(cuts).allMatch(it -> it.compareTo(keys.getFirst()) > 0);
    assertThat(cuts).allMatch(it -> it.compareTo(keys.getLast()) < 0);
    var sizes = new TreeMap<Long, Integer>();
    for (String key : keys) {
      sizes.merge(cuts.stream().filter(it -> it.compareTo(key) < 0).count(), 1, Integer::sum);
    }
    return sizes.values().stream().mapToInt(it -> it * 100 / keys.size()).max().orElseThrow();
  }

  @Test
  void random_ids_and_ids_that_are_counted_up_are_cut_evenly() {
    var random = new Random(3);
    assertThat(largest(_ -> new UUID(random.nextLong(), random.nextLong()).toString()))
        .isLessThanOrEqualTo(30);
    assertThat(largest(i -> "user_%08d".formatted(i))).isLessThanOrEqualTo(30);
    assertThat(largest(i -> "u" + i)).isLessThanOrEqualTo(60);
    assertThat(largest(_ -> Long.toString(random.nextLong(100_000_000), 36)))
        .isLessThanOrEqualTo(60);
  }

  @Test
  void ids_of_any_kind_are_cut_somewhere_or_not_at_all() {
    assertThat(KeySpread.cuts(List.of("SUB#$users#a"), "SUB#$users#a", 4)).isEmpty();
    assertThat(largest(i -> "ü" + Character.toString(0x1F600 + i % 60) + i)).isLessThan(101);
    assertThat(largest(i -> Character.toString(0x4E00 + i))).isLessThan(101);
    assertThat(largest(i -> "a".repeat(1 + i % 200))).isLessThan(101);
  }
}
