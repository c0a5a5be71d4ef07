package dev.carillon.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.calls.VirtualThread;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.testing.simulation.Simulation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Months of bad luck, by seed. To see one seed happen: {@code ./carillon test -pl infra/testing -am
 * -Dtest=SimulationTest -Dsurefire.extra="-Dcarillon.simulation.runs=1 -Dcarillon.simulation.seed=7
 * -Dcarillon.simulation.tell=true"}.
 */
class SimulationTest {
  private static final long RUNS = Long.getLong("carillon.simulation.runs", 100_100);
  private static final long FIRST_SEED = Long.getLong("carillon.simulation.seed", 1);
  private static final boolean TELL = Boolean.getBoolean("carillon.simulation.tell");

  /** How many seeds are played a second time, by other handlers. */
  private static final int AGAIN = 100;

  @Test
  void whatever_happens_none_is_lost_and_none_is_doubled_and_a_seed_is_played_again_alike() {
    var tally = new FaultCounts();
    List<Outcome> outcomes = VirtualThread.call(() -> play(tally));
    System.out.println("simulation: " + tally);
    assertThat(outcomes).filteredOn(it -> !it.wrong().isEmpty()).isEmpty();
    assertThat(tally.runs()).isGreaterThanOrEqualTo(RUNS);

    List<Long> traces = outcomes.stream().map(Outcome::trace).limit(AGAIN).toList();
    List<Long> again = VirtualThread.call(() -> traces(traces.size()));
    assertThat(again).isEqualTo(traces).doesNotHaveDuplicates();
    System.out.println("simulation: trace of the first " + AGAIN + ": " + traces.hashCode());
  }

  private static List<Outcome> play(FaultCounts tally) {
    var simulation = simulation();
    if (TELL) {
      simulation.telling(System.out::println);
    }
    var outcomes = new ArrayList<Outcome>();
    boolean wrong = false;
    for (long seed = FIRST_SEED; tally.runs() < RUNS && !wrong; seed++) {
      Outcome outcome = simulation.play(seed);
      tally.add(outcome.tally());
      outcomes.add(outcome);
      wrong = !outcome.wrong().isEmpty();
    }
    return outcomes;
  }

  private static List<Long> traces(int count) {
    var simulation = simulation();
    return LongStream.range(FIRST_SEED, FIRST_SEED + count)
        .mapToObj(seed -> simulation.play(seed).trace())
        .toList();
  }

  private static Simulation simulation() {
    return new Simulation(TestWorkflows.SIMULATED, 12, UnaryOperator.identity());
  }
}
