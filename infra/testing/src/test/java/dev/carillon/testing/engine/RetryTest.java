package dev.carillon.testing.engine;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.Message;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.task.StepsTask;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.TriggerId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Steps that fail, and tasks that come twice. */
class RetryTest {
  /** Fails for as long as the name is not a text that can be taken apart. */
  private static final String FRAGILE = mail("fragile", "{{truncate recipient.name recipient.n}}");

  private final GuideEngine scene =
      GuideEngine.open().user("elmo", "'name': 'Elmo', 'n': 'no number'");

  private TriggerId trigger() {
    return scene.trigger("flow", "{'recipients': ['elmo']}");
  }

  @Test
  void a_failing_step_is_tried_three_times_and_then_the_run_ends_with_its_error() {
    scene.workflow("flow", FRAGILE, mail("after", "never"));
    var trigger = trigger();
    scene.pass("PT1H");
    Run run = scene.run(trigger, "elmo");
    assertThat(GuideEngine.log(run))
        .containsExactly(
            "fragile step_failed",
            "fragile step_failed",
            "fragile step_failed",
            "run run_halted",
            "run run_completed");
    assertThat(run.log()).extracting(LogEntry::attempt).startsWith(1, 2, 3);
    assertThat(run.log().getFirst().data().text("error").orElseThrow()).contains("subject");
    assertThat(said(run, "run_halted").text("reason")).contains("step_failed");
    assertThat(run.status()).isEqualTo("completed");
    assertThat(run.errors()).isEqualTo(3);
    assertThat(scene.messages()).isEmpty();
  }

  @Test
  void a_step_that_succeeds_on_its_second_try_lets_the_run_go_on() {
    scene.workflow("flow", FRAGILE, mail("after", "on it goes"));
    var trigger = trigger();
    scene.user("elmo", "'name': 'Elmo', 'n': 2");
    scene.pass("PT5S");
    assertThat(scene.mails()).hasSize(2).endsWith("elmo: on it goes");
    assertThat(GuideEngine.log(scene.run(trigger, "elmo")))
        .containsExactly(
            "fragile step_failed",
            "fragile message_enqueued",
            "after message_enqueued",
            "run run_completed");
  }

  @Test
  void the_tries_are_five_and_ten_seconds_apart() {
    scene.workflow("flow", FRAGILE);
    var trigger = trigger();
    scene.pass("PT1M");
    assertThat(scene.run(trigger, "elmo").log())
        .extracting(entry -> entry.at().toString())
        .startsWith("2026-01-05T09:00:00Z", "2026-01-05T09:00:05Z", "2026-01-05T09:00:15Z");
  }

  @Test
  void a_step_that_failed_before_another_kind_of_wait_has_three_tries_of_its_own() {
    scene.workflow("flow", FRAGILE, FRAGILE.replace("'fragile'", "'second'"));
    var trigger = trigger();
    scene.user("elmo", "'name': 'Elmo', 'n': 2");
    scene.pass("PT5S");
    assertThat(scene.mails()).hasSize(2);
    assertThat(scene.run(trigger, "elmo").errors()).isEqualTo(1);
  }

  @Test
  void a_run_can_be_cancelled_between_tries() {
    scene.workflow("flow", FRAGILE);
    scene.trigger("flow", "{'recipients': ['elmo'], 'cancellation_key': 'k'}");
    scene.cancel("flow", "{'cancellation_key': 'k'}");
    scene.user("elmo", "'name': 'Elmo', 'n': 2");
    scene.pass("PT1M");
    assertThat(scene.mails()).isEmpty();
  }

  @Test
  void a_task_that_comes_twice_sends_once() {
    scene.workflow("flow", mail("one", "one"), mail("two", "two"));
    var trigger = trigger();
    var again =
        new StepsTask.Advance(
            InProcessEngine.ENVIRONMENT,
            trigger,
            RecipientId.user("elmo"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    for (int i = 0; i < 3; i++) {
      scene.engine.ports().tasks().send(again);
      scene.engine.settle();
    }
    assertThat(scene.mails()).containsExactly("elmo: one", "elmo: two");
    List<Message> messages = scene.messages();
    assertThat(messages).hasSize(2);
  }
}
