package dev.carillon.testing.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.run.Run;
import dev.carillon.run.RunOrigin;
import dev.carillon.runtime.Ports;
import dev.carillon.testing.calls.PortCall;
import dev.carillon.testing.calls.WarmHandlers;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand runs that ended under a key cost nothing when a hundred that wait under it are
 * cancelled, or a page of what waits is shown.
 */
class CostOfHistoryTest {
  private static final int ENDED = 10_000;
  private static final int WAITING = 100;
  private static final int PAGE = 50;
  private static final Json.Obj KEY = Json.object().with("cancellation_key", "order-7");

  /** What a warm function asks for once in a while. */
  private static final Set<String> REMEMBERED = Set.of("ApiKeys.find", "Variables.values");

  private final List<String> calls = new ArrayList<>();
  private final WarmHandlers warm = new WarmHandlers(ports -> ports, this::counted);

  private Object counted(PortCall call) throws Throwable {
    calls.add(call.name());
    return call.make();
  }

  /**
   * What was asked of the ports for a page of what waits, and for the cancellation of all of it.
   */
  private record Cost(Map<String, Integer> page, Map<String, Integer> cancellation) {}

  @Test
  void what_has_ended_costs_neither_a_page_of_what_waits_nor_a_cancellation_anything() {
    Cost fresh = cost(0);
    assertThat(cost(ENDED)).isEqualTo(fresh);
    // A run for each that is shown, and a look at where they are listed.
    assertThat(fresh.page().get("Runs.find")).isEqualTo(PAGE);
    assertThat(sum(fresh.page())).isLessThanOrEqualTo(PAGE + 15);
    assertThat(fresh.cancellation())
        .containsEntry("Triggers.cancelUnder", 1)
        .containsEntry("Triggers.waitsUnder", 1);
    assertThat(sum(fresh.cancellation())).isLessThanOrEqualTo(20 * WAITING);
  }

  private Cost cost(int ended) {
    var engine = new InProcessEngine(EngineFixtures.MONDAY, warm::on, 10);
    engine.workflow("later", Scenarios.delayed("hours", 2));
    trigger(engine, 1);
    engine.advance(Duration.ofHours(3));
    Run first = Scenarios.runs(engine).getFirst();
    assertThat(first.state()).isInstanceOf(Run.State.Completed.class);
    for (int i = 0; i < ended; i++) {
      again(engine, first, i);
    }
    trigger(engine, WAITING);

    calls.clear();
    Json.Obj page = engine.call(Call.get("/v1/waiting?page_size=" + PAGE)).body();
    assertThat(page.list("items")).hasSize(PAGE);
    Map<String, Integer> shown = counts();

    calls.clear();
    engine.call(Call.cancel("later", KEY));
    engine.settle();
    Map<String, Integer> cancelled = counts();
    assertThat(Scenarios.runs(engine))
        .filteredOn(it -> it.state() instanceof Run.State.Cancelled)
        .hasSize(WAITING);
    return new Cost(shown, cancelled);
  }

  /** Leaves what such a run leaves that came to its end. */
  private static void again(InProcessEngine engine, Run run, int number) {
    Ports ports = engine.ports();
    Trigger trigger =
        ports.triggers().find(InProcessEngine.ENVIRONMENT, run.trigger()).orElseThrow();
    TriggerId id = TriggerId.of(EngineFixtures.MONDAY, "ended " + number);
    ports
        .triggers()
        .accept(
            new Trigger(
                trigger.environment(),
                id,
                trigger.workflow(),
                trigger.version(),
                trigger.recipients(),
                trigger.actor(),
                trigger.tenant(),
                trigger.data(),
                trigger.cancellationKey(),
                trigger.settings(),
                trigger.source()),
            Optional.empty(),
            EngineFixtures.MONDAY);
    RunOrigin origin = run.origin();
    assertThat(
            ports
                .runs()
                .save(
                    new Run(
                        new RunOrigin(
                            origin.environment(),
                            RunId.of(id, origin.recipient()),
                            id,
                            origin.workflow(),
                            origin.version(),
                            origin.recipient(),
                            origin.actor(),
                            origin.tenant(),
                            origin.cancellationKey(),
                            origin.insertedAt()),
                        run.state(),
                        run.effectiveAt())))
        .isTrue();
  }

  private static void trigger(InProcessEngine engine, int recipients) {
    engine.call(
        Call.trigger(
            "later",
            KEY.with(
                "recipients",
                Json.array(
                    IntStream.range(0, recipients)
                        .mapToObj(i -> EngineFixtures.person("p" + i))
                        .toList()))));
    engine.settle();
  }

  private Map<String, Integer> counts() {
    var counts = new TreeMap<String, Integer>();
    calls.stream()
        .filter(call -> !REMEMBERED.contains(call))
        .forEach(call -> counts.merge(call, 1, Integer::sum));
    return counts;
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
