package dev.carillon.testing.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cancelling by key. */
class CancellingTest {
  private final InProcessEngine engine =
      EngineFixtures.engine("later", Scenarios.delayed("hours", 2));
  private final Json.Obj key = Json.object().with("cancellation_key", "order-7");

  @Test
  void all_who_wait_are_reached_at_once_and_nothing_is_sent() {
    trigger();
    assertThat(engine.call(Call.cancel("later", key)).status()).isEqualTo(204);
    engine.settle();

    assertThat(statuses()).containsExactly("cancelled", "cancelled", "cancelled");
    engine.advance(Duration.ofHours(3));
    assertThat(engine.email().offers()).isEmpty();
    assertThat(engine.ports().timers().all()).isEmpty();
  }

  @Test
  void only_those_named_are_reached() {
    trigger();
    engine.call(Call.cancel("later", key.with("recipients", Json.texts(List.of("ana", "bob")))));
    engine.advance(Duration.ofHours(3));

    assertThat(engine.email().accepted())
        .extracting(offer -> offer.message().recipient().id())
        .containsExactly("carl");
  }

  @Test
  void cancelling_twice_or_what_is_over_is_harmless() {
    trigger();
    engine.call(Call.cancel("later", key.with("recipients", Json.texts(List.of("ana")))));
    engine.call(Call.cancel("later", key.with("recipients", Json.texts(List.of("ana")))));
    engine.advance(Duration.ofHours(3));
    assertThat(engine.email().accepted()).hasSize(2);
    assertThat(engine.call(Call.cancel("later", key)).status()).isEqualTo(204);
    engine.advance(Duration.ofHours(1));

    assertThat(statuses()).containsExactlyInAnyOrder("cancelled", "completed", "completed");
    assertThat(
            engine
                .call(Call.cancel("later", Json.object().with("cancellation_key", "none")))
                .status())
        .isEqualTo(204);
  }

  @Test
  void another_key_is_left_alone() {
    trigger();
    engine.call(Call.cancel("later", Json.object().with("cancellation_key", "order-8")));
    engine.advance(Duration.ofHours(3));

    assertThat(engine.email().accepted()).hasSize(3);
  }

  private void trigger() {
    engine.call(
        Call.trigger(
            "later",
            EngineFixtures.to(
                    EngineFixtures.person("ana"),
                    EngineFixtures.person("bob"),
                    EngineFixtures.person("carl"))
                .with("cancellation_key", "order-7")));
    engine.settle();
  }

  private List<String> statuses() {
    return Scenarios.runs(engine).stream().map(Run::status).toList();
  }
}
