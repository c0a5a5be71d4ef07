package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.scenarios.GuideEngine;
import org.junit.jupiter.api.Test;

/** How often a workflow may run for a recipient. */
class FrequencyTest {
  private final GuideEngine scene = GuideEngine.open().users("elmo", "ann");

  private void workflow(String frequency, String... more) {
    String extra = more.length == 0 ? "" : ", " + more[0];
    scene.with(
        "welcome", "'name': 'w', 'trigger_frequency': '" + frequency + "'" + extra, mail("{{n}}"));
  }

  private void trigger(String to, int n, String more) {
    scene.trigger("welcome", "{'recipients': ['%s'], 'data': {'n': %d}%s}".formatted(to, n, more));
  }

  @Test
  void every_trigger_runs_by_default() {
    scene.workflow("welcome", mail("{{n}}"));
    trigger("elmo", 1, "");
    trigger("elmo", 2, "");
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 2");
  }

  @Test
  void once_per_recipient_runs_once_for_each() {
    workflow("once_per_recipient");
    trigger("elmo", 1, "");
    trigger("elmo", 2, ", 'tenant': 'acme'");
    trigger("ann", 3, "");
    assertThat(scene.mails()).containsExactly("elmo: 1", "ann: 3");
  }

  @Test
  void once_per_recipient_and_tenant_runs_once_for_each_pair() {
    workflow("once_per_recipient_per_tenant");
    trigger("elmo", 1, ", 'tenant': 'acme'");
    trigger("elmo", 2, ", 'tenant': 'ingen'");
    trigger("elmo", 3, ", 'tenant': 'acme'");
    trigger("elmo", 4, "");
    trigger("elmo", 5, "");
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 2", "elmo: 4");
  }

  @Test
  void a_run_that_trigger_conditions_stopped_has_not_used_up_the_one() {
    workflow(
        "once_per_recipient",
        "'conditions': {'all': [" + condition("data.n", "greater_than", "'1'") + "]}");
    trigger("elmo", 1, "");
    trigger("elmo", 2, "");
    trigger("elmo", 3, "");
    assertThat(scene.mails()).containsExactly("elmo: 2");
  }

  @Test
  void a_further_run_ends_at_once_and_says_why() {
    workflow("once_per_recipient");
    trigger("elmo", 1, "");
    var again =
        scene.run(scene.trigger("welcome", "{'recipients': ['elmo'], 'data': {'n': 2}}"), "elmo");
    assertThat(again.status()).isEqualTo("completed");
    assertThat(said(again, "run_halted").text("reason")).contains("not_the_first");
  }

  @Test
  void it_stays_the_one_however_the_workflow_changes_since() {
    workflow("once_per_recipient");
    trigger("elmo", 1, "");
    scene.with(
        "welcome",
        "'name': 'w', 'trigger_frequency': 'once_per_recipient'",
        mail("changed"),
        step("delay", "'delay_for': {'unit': 'seconds', 'value': 1}"));
    trigger("elmo", 2, "");
    assertThat(scene.mails()).containsExactly("elmo: 1");
  }
}
