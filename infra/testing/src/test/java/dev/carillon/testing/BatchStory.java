package dev.carillon.testing;

import static dev.carillon.testing.GuideEngine.mail;
import static dev.carillon.testing.GuideEngine.step;

import dev.carillon.trigger.TriggerId;

/** Comments for Elmo, batched; what the guide to batches tells. */
abstract class BatchStory {
  static final String MINUTES_5 = "'batch_window': {'unit': 'minutes', 'value': 5}";
  static final String COUNT =
      mail("{{total_activities}} by {{total_actors}}: {{#each activities}}{{this.n}} {{/each}}");

  final GuideEngine scene = GuideEngine.open().users("elmo", "ann", "ben", "cid");

  final void batched(String settings, String... after) {
    var steps = new String[after.length + 1];
    steps[0] = step("batch", settings);
    System.arraycopy(after, 0, steps, 1, after.length);
    scene.workflow("new-comment", steps);
  }

  final TriggerId comment(int n) {
    return comment("'n': " + n);
  }

  final TriggerId comment(String data) {
    return comment("ann", data);
  }

  final TriggerId comment(String actor, String data) {
    return scene.trigger(
        "new-comment",
        "{'recipients': ['elmo'], 'actor': '%s', 'data': {%s}}".formatted(actor, data));
  }
}
