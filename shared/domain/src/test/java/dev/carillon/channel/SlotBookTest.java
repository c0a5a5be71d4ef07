package dev.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotBookTest {
  private static final long START = 1_767_600_000L;

  private static final int SECONDS = 300;

  private SlotBook book = SlotBook.EMPTY;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 14, 100})
  void a_tenant_alone_gets_the_whole_rate(int perSecond) {
    for (int i = 0; i < 10 * perSecond; i++) {
      assertThat(take("acme", perSecond, 0)).isEqualTo(START + i / perSecond);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 14, 100})
  void however_many_share_it_no_second_gives_more_than_the_rate(int perSecond) {
    var given = new HashMap<Long, Integer>();
    for (int i = 0; i < 2_000; i++) {
      given.merge(take("tenant " + i % 7, perSecond, i / 50), 1, Integer::sum);
    }
    assertThat(given.values()).allMatch(count -> count <= perSecond);
  }

  @Test
  void who_joins_a_tenant_that_had_all_slots_comes_after_what_is_given_already() {
    for (int i = 0; i < 100; i++) {
      take("acme", 10, 0);
    }
    assertThat(take("globex", 10, 0)).isEqualTo(START + 10);
    assertThat(take("acme", 10, 0)).isGreaterThanOrEqualTo(START + 10);
  }

  @Test
  void a_tenant_that_is_alone_for_a_day_has_all_slots_again() {
    take("globex", 10, 0);
    take("acme", 10, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(take("acme", 10, 2 * 86_400)).isEqualTo(START + 2 * 86_400);
    }
  }

  /** Ten tenants have 6 messages a second together, and one has 75 times that. */
  @Test
  void one_tenant_at_75_times_the_load_of_all_others_keeps_none_of_them_waiting() {
    int perSecond = 50;
    var quiet = waits(perSecond, 0);
    book = SlotBook.EMPTY;
    var noisy = waits(perSecond, 75 * 6);
    System.out.printf(
        "slots at 50 a second, ten tenants with 6 a second: p99 wait %d s, %d s beside one tenant"
            + " with 450 a second; its own last message waits %d s%n",
        p99(quiet.others()), p99(noisy.others()), noisy.own().getLast());
    assertThat(noisy.others()).as("none is lost").hasSameSizeAs(quiet.others());
    // A second in which to be sent is part of the dwell.
    assertThat(1 + p99(noisy.others())).isLessThanOrEqualTo(3 * (1 + p99(quiet.others())) / 2);
    assertThat(noisy.own().getLast())
        .as("four fifths of the rate")
        .isBetween(SECONDS * 450L / 40 - SECONDS - 2, SECONDS * 450L / 40 - SECONDS);
  }

  @Test
  void a_second_tenant_that_floods_the_channel_has_to_wait_in_line_too() {
    take("quiet", 10, -10);
    for (int i = 0; i < 1_000; i++) {
      take("acme", 10, 0);
    }
    for (int i = 0; i < 1_000; i++) {
      take("globex", 10, 1);
    }
    assertThat(take("globex", 10, 1)).isGreaterThan(START + 200);
    assertThat(take("quiet", 10, 1)).as("what they had before they waited").isLessThan(START + 6);
    assertThat(take("quiet", 10, 6)).isEqualTo(START + 6);
  }

  private record Waits(List<Long> others, List<Long> own) {}

  private Waits waits(int perSecond, int noise) {
    var waits = new Waits(new ArrayList<>(), new ArrayList<>());
    take("tenant 0", perSecond, -10);
    take("noisy", perSecond, -10);
    for (int second = 0; second < SECONDS; second++) {
      for (int i = 0; i < noise; i++) {
        waits.own().add(take("noisy", perSecond, second) - START - second);
      }
      for (int i = 0; i < 6; i++) {
        String tenant = "tenant " + (second * 6 + i) % 10;
        waits.others().add(take(tenant, perSecond, second) - START - second);
      }
    }
    return waits;
  }

  private static long p99(List<Long> waits) {
    return waits.stream().sorted().toList().get(waits.size() * 99 / 100);
  }

  private long take(String group, int perSecond, long second) {
    SlotBook.Given given = book.give(group, perSecond, 1, Instant.ofEpochSecond(START + second));
    book = given.book();
    return given.slots().second();
  }
}
