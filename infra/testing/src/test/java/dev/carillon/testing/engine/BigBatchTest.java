package dev.carillon.testing.engine;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.Activity;
import dev.carillon.batch.Batches;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ten thousand activities in one batch; {@link BigBatchCostTest} says what that takes. */
class BigBatchTest {
  private static final int ACTIVITIES = 10_000;

  private final GuideEngine scene = GuideEngine.open().user("elmo");

  @Test
  void a_batch_of_ten_thousand_closes_and_its_run_stays_small() {
    scene.workflow(
        "flow",
        step(
            "batch",
            """
            'batch_window': {'unit': 'hours', 'value': 1}, 'batch_items_render_limit': 100,
            'batch_order': 'desc'\
            """),
        mail("{{total_activities}} by {{total_actors}}, {{length activities}} shown"));
    var opener = scene.trigger("flow", "{'recipients': ['elmo'], 'data': {'n': 0}}");
    fill(scene.run(opener, "elmo"));

    scene.pass("PT1H");

    assertThat(scene.mails()).containsExactly("elmo: 10000 by 500, 100 shown");
    Run run = scene.run(opener, "elmo");
    assertThat(run.carried().batch().orElseThrow().activities()).hasSize(100);
    assertThat(run.carried().batch().orElseThrow().actors()).hasSize(100);
  }

  /** Brings the rest straight into the batch; each with as much data as an activity keeps. */
  private void fill(Run holder) {
    if (!(holder.state() instanceof Run.State.Waiting(var wait))
        || !(wait.kind() instanceof Wait.Kind.Collect(var batch, _))) {
      throw new IllegalStateException("It holds no batch");
    }
    var terms =
        new Batches.Terms(
            wait.dueAt(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE, false);
    Json.Obj data = Json.object().with("text", "x".repeat(256));
    for (int n = 1; n < ACTIVITIES; n++) {
      var trigger = TriggerId.of(EngineFixtures.MONDAY.plusMillis(n), "trigger " + n);
      var run = RunId.of(trigger, holder.recipient());
      scene
          .engine
          .ports()
          .batches()
          .join(
              InProcessEngine.ENVIRONMENT,
              batch,
              new Activity(
                  dev.carillon.run.RunVariables.activityId(trigger, run),
                  run,
                  trigger,
                  holder.recipient(),
                  Optional.of(RecipientId.user("actor" + n % 500)),
                  trigger.time(),
                  true,
                  data.with("n", Json.of(n))),
              terms,
              scene.engine.now());
    }
  }
}
