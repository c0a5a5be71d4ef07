package dev.carillon.testing.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.task.StepsTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.FakeProvider;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.timer.Minutes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Delays beyond what a queue can hold. */
class LongDelayTest {

  @Test
  void forty_days_pass_by_one_schedule_to_the_second() {
    var engine = EngineFixtures.engine("later", Scenarios.delayed("days", 40));
    engine.call(Call.trigger("later", EngineFixtures.to(EngineFixtures.person("ana"))));
    engine.settle();
    var due = EngineFixtures.MONDAY.plus(Duration.ofDays(40));

    assertThat(engine.ports().minuteSchedules().standing()).containsExactly(Minutes.of(due));
    engine.advance(Duration.ofDays(40).minusSeconds(1));
    assertThat(engine.email().offers()).isEmpty();
    assertThat(engine.ports().minuteSchedules().standing()).isEmpty();
    engine.advance(Duration.ofSeconds(1));

    assertThat(engine.email().accepted()).extracting(FakeProvider.Offer::at).containsExactly(due);
  }

  @Test
  void a_thousand_runs_due_in_one_minute_share_one_schedule() {
    var engine = EngineFixtures.engine("later", Scenarios.delayed("days", 40));
    for (int second = 0; second < 50; second += 10) {
      var recipients =
          EngineFixtures.toMany(200).with("data", Json.object().with("text", "at last"));
      engine.call(Call.trigger("later", recipients));
      engine.advance(Duration.ofSeconds(10));
    }

    assertThat(Scenarios.runs(engine)).hasSize(1_000);
    assertThat(engine.ports().minuteSchedules().standing()).hasSize(1);
    assertThat(engine.advanceUntilIdle(Duration.ofDays(41))).isTrue();
    assertThat(engine.email().accepted()).hasSize(1_000);
    assertThat(engine.email().accepted())
        .extracting(
            offer -> Duration.between(EngineFixtures.MONDAY, offer.at()).minusDays(40).toSeconds())
        .containsOnly(0L, 10L, 20L, 30L, 40L);
  }

  @Test
  void a_run_whose_wakes_are_all_lost_is_found_by_the_sweeper() {
    var engine = EngineFixtures.engine("later", Scenarios.delayed("minutes", 10));
    engine.call(Call.trigger("later", EngineFixtures.to(EngineFixtures.person("ana"))));
    var due = EngineFixtures.MONDAY.plus(Duration.ofMinutes(10));
    engine.lose(
        task ->
            task instanceof StepsTask.Advance(_, _, _, _, _, var wake)
                && wake.isPresent()
                && !engine.now().isAfter(due));
    engine.advance(Duration.ofMinutes(11));
    assertThat(engine.email().offers()).isEmpty();
    engine.advance(Duration.ofMinutes(2));

    assertThat(engine.email().accepted()).hasSize(1);
    assertThat(engine.ports().timers().all()).isEmpty();
  }
}
