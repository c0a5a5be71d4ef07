package dev.carillon.testing.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.runtime.Ports;
import dev.carillon.testing.calls.VirtualThread;
import dev.carillon.testing.faults.Fault;
import dev.carillon.testing.faults.FaultSweep;
import dev.carillon.testing.scenarios.AudienceScenarios;
import dev.carillon.testing.scenarios.DeliveryScenarios;
import dev.carillon.testing.scenarios.Scenario;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.scenarios.ScheduleScenarios;
import dev.carillon.testing.scenarios.TrackingScenarios;
import dev.carillon.testing.simulation.Simulation;
import dev.carillon.testing.simulation.Simulation.Outcome;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sweep and simulation notice when a condition is missing that the design rests on. */
class PlantedBugsTest {
  private static final int SEEDS = 1_000;

  @Test
  void a_message_that_is_written_over_is_noticed() {
    notices(PlantedBugPorts.createOverwrites(), EnumSet.of(Fault.HANGS));
  }

  @Test
  void an_attempt_that_two_can_claim_is_noticed() {
    notices(PlantedBugPorts.messagesLastWriterWins(), EnumSet.of(Fault.OVERTAKEN));
  }

  @Test
  void a_run_that_two_can_move_is_noticed() {
    notices(PlantedBugPorts.runsLastWriterWins(), EnumSet.of(Fault.HANGS));
  }

  @Test
  void a_forgotten_idempotency_key_is_noticed() {
    notices(PlantedBugPorts.everyCallIsNew(), EnumSet.of(Fault.CRASH_AFTER));
  }

  @Test
  void an_identification_that_is_applied_again_is_noticed() {
    notices(PlantedBugPorts.everyCauseIsNew(), EnumSet.of(Fault.CRASH_AFTER));
  }

  @Test
  void a_click_that_is_counted_again_is_noticed() {
    notices(
        TrackingScenarios.clicked(),
        PlantedBugPorts.countsAreAddedAgain(),
        EnumSet.of(Fault.OVERTAKEN));
  }

  @Test
  void a_stay_in_an_audience_that_begins_twice_is_noticed() {
    notices(
        AudienceScenarios.entered(),
        PlantedBugPorts.staysBeginAgain(),
        EnumSet.of(Fault.CRASH_AFTER));
  }

  @Test
  void a_schedule_that_two_can_move_on_is_noticed() {
    notices(
        ScheduleScenarios.scheduled(),
        PlantedBugPorts.schedulesLastWriterWins(),
        EnumSet.of(Fault.OVERTAKEN));
  }

  @Test
  void a_dead_token_that_stays_is_noticed() {
    var report =
        new FaultSweep(DeliveryScenarios.tokenGone(), PlantedBugPorts.nobodyChanges())
            .run(EnumSet.noneOf(Fault.class), 1);
    assertThat(report.faultless().lines()).doesNotContain(DeliveryScenarios.ONE_TOKEN_LEFT);
  }

  @TestFactory
  Stream<DynamicTest> whatever_somebody_gets_wrong_is_noticed() {
    return Stream.of(PlantedBug.values())
        .map(
            slip ->
                DynamicTest.dynamicTest(
                    slip.name().toLowerCase(Locale.ROOT).replace('_', ' '), () -> notices(slip)));
  }

  private static void notices(PlantedBug slip) {
    Optional<Outcome> noticed = VirtualThread.call(() -> firstToNotice(slip));
    assertThat(noticed).as("noticed within %d seeds", SEEDS).isPresent();
    System.out.printf(
        "planted bug noticed after %d seeds: %s: %.200s%n",
        noticed.get().seed(), slip, noticed.get().wrong().getFirst());
    Outcome without =
        VirtualThread.call(
            () -> simulation(slip, UnaryOperator.identity()).play(noticed.get().seed()));
    assertThat(without.wrong()).as("wrong without the planted bug, too").isEmpty();
  }

  private static Optional<Outcome> firstToNotice(PlantedBug slip) {
    Simulation simulation = simulation(slip, slip.twins());
    return LongStream.rangeClosed(1, SEEDS)
        .mapToObj(simulation::play)
        .filter(outcome -> !outcome.wrong().isEmpty())
        .findFirst();
  }

  private static Simulation simulation(PlantedBug slip, UnaryOperator<Ports> twins) {
    return new Simulation(slip.workflows(), 12, twins);
  }

  private static void notices(UnaryOperator<Ports> bug, Set<Fault> faults) {
    notices(Scenarios.comments(), bug, faults);
  }

  private static void notices(Scenario scenario, UnaryOperator<Ports> bug, Set<Fault> faults) {
    var report = new FaultSweep(scenario, bug).run(faults, 1);
    assertThat(report.failures()).isNotEmpty();
    System.out.printf(
        "planted bug noticed after %d positions: %.300s%n",
        report.tried(), report.failures().getFirst());
  }
}
