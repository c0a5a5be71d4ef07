package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.step;

import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.TriggerId;

/** Comments for Elmo, batched; what the guide to batches tells. */
public abstract class BatchGuide {
  public static final String MINUTES_5 = "'batch_window': {'unit': 'minutes', 'value': 5}";
  public static final String COUNT =
      mail("{{total_activities}} by {{total_actors}}: {{#each activities}}{{this.n}} {{/each}}");

  public final GuideEngine scene = GuideEngine.open().users("elmo", "ann", "ben", "cid");

  public final void batched(String settings, String... after) {
    var steps = new String[after.length + 1];
    steps[0] = step("batch", settings);
    System.arraycopy(after, 0, steps, 1, after.length);
    scene.workflow("new-comment", steps);
  }

  public final TriggerId comment(int n) {
    return comment("'n': " + n);
  }

  public final TriggerId comment(String data) {
    return comment("ann", data);
  }

  public final TriggerId comment(String actor, String data) {
    return scene.trigger(
        "new-comment",
        "{'recipients': ['elmo'], 'actor': '%s', 'data': {%s}}".formatted(actor, data));
  }
}
