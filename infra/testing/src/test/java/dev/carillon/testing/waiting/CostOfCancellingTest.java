package dev.carillon.testing.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.calls.PortCall;
import dev.carillon.testing.calls.WarmHandlers;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a cancellation costs goes by what waits, not by how often its key was used. */
class CostOfCancellingTest {
  private static final Json.Obj KEY = Json.object().with("cancellation_key", "order-7");

  private final List<String> calls = new ArrayList<>();
  private final WarmHandlers warm = new WarmHandlers(ports -> ports, this::counted);

  private Object counted(PortCall call) throws Throwable {
    calls.add(call.name());
    return call.make();
  }

  @Test
  void a_key_that_was_used_a_thousand_times_costs_what_its_three_waits_do() {
    Map<String, Integer> fresh = cancelled(0, false);
    assertThat(cancelled(1_000, false)).isEqualTo(fresh);
    assertThat(cancelled(1_000, true)).isEqualTo(cancelled(0, true));
    assertThat(fresh)
        .containsEntry("Triggers.cancelUnder", 1)
        .containsEntry("Triggers.waitsUnder", 1);
  }

  /** The calls that cancelling makes, with what follows from it. */
  private Map<String, Integer> cancelled(int ended, boolean one) {
    var engine = new InProcessEngine(EngineFixtures.MONDAY, warm::on, 10);
    engine.workflow("later", Scenarios.delayed("hours", 2));
    trigger(engine, ended);
    engine.advance(Duration.ofHours(3));
    trigger(engine, 3);
    calls.clear();
    engine.call(
        Call.cancel("later", one ? KEY.with("recipients", Json.texts(List.of("ana"))) : KEY));
    engine.settle();

    var counts = new TreeMap<String, Integer>();
    calls.forEach(call -> counts.merge(call, 1, Integer::sum));
    engine.advance(Duration.ofHours(3));
    assertThat(engine.email().accepted()).hasSize(ended);
    return counts;
  }

  private static void trigger(InProcessEngine engine, int times) {
    for (int i = 0; i < times; i++) {
      engine.call(
          Call.trigger(
              "later",
              KEY.with(
                  "recipients",
                  Json.array(
                      List.of(Json.object().with("id", "ana").with("email", "ana@example.com"))))));
    }
    engine.settle();
  }
}
