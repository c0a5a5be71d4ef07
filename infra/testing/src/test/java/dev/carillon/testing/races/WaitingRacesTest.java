package dev.carillon.testing.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ending what waits, whatever the order in which others who are at work on it call their ports. */
class WaitingRacesTest {
  private static final int AT_ONCE = 1;
  private static final int BY_CHANCE = 300;

  static Stream<Race> races() {
    return Stream.of(
        WaitingRaces.sendNowTwice(),
        WaitingRaces.sendNowAgainstCancel(),
        WaitingRaces.sendNowAgainstWake(),
        WaitingRaces.cancelWithoutKeyAgainstWake(),
        WaitingRaces.cancelTwiceWithoutKey(),
        WaitingRaces.flushTwice(),
        WaitingRaces.flushAgainstJoin(),
        WaitingRaces.flushAgainstClose(),
        WaitingRaces.flushAgainstCloseAndJoin(),
        WaitingRaces.flushAgainstCancel(""),
        WaitingRaces.flushAgainstCancel("key"));
  }

  @ParameterizedTest
  @MethodSource("races")
  void nothing_is_sent_twice_or_lost_in_any_order(Race race) {
    var interleavings = new Interleavings(race);
    holds(interleavings.all(AT_ONCE));
    holds(interleavings.random(BY_CHANCE, 1, AT_ONCE));
  }

  private static void holds(Interleavings.Report report) {
    System.out.printf(
        "interleavings: %-40s %-22s %6d orders of up to %3d calls, for %,.0f%n",
        report.race(), report.kind(), report.tried(), report.longest(), report.standFor());
    assertThat(report.failures()).isEmpty();
  }
}
