package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.runtime.Ports;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The sweep notices when a condition is missing that the design rests on. */
class PlantedBugsTest {

  @Test
  void a_message_that_is_written_over_is_noticed() {
    notices(Broken.createOverwrites(), EnumSet.of(Fault.HANGS));
  }

  @Test
  void an_attempt_that_two_can_claim_is_noticed() {
    notices(Broken.messagesLastWriterWins(), EnumSet.of(Fault.OVERTAKEN));
  }

  @Test
  void a_run_that_two_can_move_is_noticed() {
    notices(Broken.runsLastWriterWins(), EnumSet.of(Fault.HANGS));
  }

  @Test
  void a_forgotten_idempotency_key_is_noticed() {
    notices(Broken.everyCallIsNew(), EnumSet.of(Fault.CRASH_AFTER));
  }

  @Test
  void a_trigger_marked_as_fanned_out_too_early_is_noticed() {
    notices(Broken.fannedOutAtOnce(), EnumSet.of(Fault.CRASH_BEFORE));
  }

  @Test
  void an_identification_that_is_applied_again_is_noticed() {
    notices(Broken.everyCauseIsNew(), EnumSet.of(Fault.CRASH_AFTER));
  }

  @Test
  void a_schedule_that_two_can_move_on_is_noticed() {
    notices(Scenarios.scheduled(), Broken.schedulesLastWriterWins(), EnumSet.of(Fault.OVERTAKEN));
  }

  private static void notices(UnaryOperator<Ports> bug, Set<Fault> faults) {
    notices(Scenarios.comments(), bug, faults);
  }

  private static void notices(Scenario scenario, UnaryOperator<Ports> bug, Set<Fault> faults) {
    var report = new Sweep(scenario, bug).run(faults, 1);
    assertThat(report.failures()).isNotEmpty();
    System.out.printf(
        "planted bug noticed after %d positions: %.300s%n",
        report.tried(), report.failures().getFirst());
  }
}
