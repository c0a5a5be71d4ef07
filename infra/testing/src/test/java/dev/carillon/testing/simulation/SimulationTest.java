package dev.carillon.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.calls.VirtualThread;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.testing.simulation.Simulation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Months of bad luck, by seed. To see one seed happen: {@code ./carillon test -pl infra/testing -am
 * -Dtest=SimulationTest -Dsurefire.extra="-Dcarillon.simulation.runs=1 -Dcarillon.simulation.seed=7
 * -Dcarillon.simulation.tell=true"}.
 */
class SimulationTest {
  private static final long RUNS = Long.getLong("carillon.simulation.runs", 100_000);
  private static final long FIRST_SEED = Long.getLong("carillon.simulation.seed", 1);
  private static final boolean TELL = Boolean.getBoolean("carillon.simulation.tell");

  @Test
  void whatever_happens_none_is_lost_and_none_is_doubled() {
    var tally = new FaultCounts();
    List<String> wrong = VirtualThread.call(() -> play(tally));
    System.out.println("simulation: " + tally);
    assertThat(wrong).isEmpty();
    assertThat(tally.runs()).isGreaterThanOrEqualTo(RUNS);
  }

  private static List<String> play(FaultCounts tally) {
    var simulation = new Simulation(TestWorkflows.ALL, 12, UnaryOperator.identity());
    if (TELL) {
      simulation.telling(System.out::println);
    }
    var wrong = new ArrayList<String>();
    for (long seed = FIRST_SEED; tally.runs() < RUNS && wrong.isEmpty(); seed++) {
      Outcome outcome = simulation.play(seed);
      tally.add(outcome.tally());
      if (!outcome.wrong().isEmpty()) {
        wrong.add("seed " + seed + ": " + outcome.wrong());
      }
    }
    return wrong;
  }

  @Test
  void a_seed_is_played_again_alike() {
    List<Long> traces =
        VirtualThread.call(() -> traces(new Simulation(TestWorkflows.ALL, 12, it -> it)));
    List<Long> again =
        VirtualThread.call(() -> traces(new Simulation(TestWorkflows.ALL, 12, it -> it)));
    assertThat(again).isEqualTo(traces).doesNotHaveDuplicates();
    System.out.println("simulation: trace of seeds 1 to 100: " + traces.hashCode());
  }

  private static List<Long> traces(Simulation simulation) {
    var traces = new ArrayList<Long>();
    for (long seed = 1; seed <= 100; seed++) {
      traces.add(simulation.play(seed).trace());
    }
    return traces;
  }
}
