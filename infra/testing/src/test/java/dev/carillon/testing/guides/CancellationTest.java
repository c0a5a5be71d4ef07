package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.subscription.Subscription;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.trigger.TriggerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Cancelling by key: what waits, what is in a batch, and what has not even begun. */
class CancellationTest {
  private static final String HOUR = "{'unit': 'hours', 'value': 1}";
  private static final String BATCH = step("batch", "'batch_window': " + HOUR);
  private static final String DELAY = step("delay", "'delay_for': " + HOUR);

  private final GuideEngine scene = GuideEngine.open().users("elmo", "ann", "ben");

  private TriggerId trigger(String actor, String key) {
    TriggerId trigger =
        scene.trigger(
            "flow",
            "{'recipients': ['elmo'], 'actor': '%s', 'cancellation_key': '%s', 'data': {'n': '%s'}}"
                .formatted(actor, key, key));
    // Activities of one second have no order.
    scene.pass("PT2S");
    return trigger;
  }

  private void cancel(String key) {
    scene.cancel("flow", "{'cancellation_key': '" + key + "'}");
  }

  @Nested
  class Batches {
    private static final String COUNT =
        mail(
            "{{total_activities}} by {{actor.name}} and {{total_actors}}:"
                + " {{#each activities}}{{this.n}}{{/each}}");

    @Test
    void a_cancelled_item_leaves_the_batch() {
      scene.workflow("flow", BATCH, COUNT);
      trigger("ann", "a");
      trigger("ben", "b");
      trigger("ann", "c");
      cancel("b");
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: 2 by ann and 1: ac");
    }

    @Test
    void a_member_that_is_cancelled_is_cancelled_and_one_that_is_not_is_told_of_the_holder() {
      scene.workflow("flow", BATCH, COUNT);
      TriggerId holder = trigger("ann", "a");
      TriggerId member = trigger("ben", "b");
      TriggerId stays = trigger("ann", "c");
      cancel("b");
      scene.pass("PT1S");
      assertThat(scene.run(member, "elmo").status()).isEqualTo("cancelled");
      assertThat(scene.run(stays, "elmo").status()).isEqualTo("completed");
      assertThat(answer(member)).isEqualTo("No. The run was cancelled by its cancellation key.");
      assertThat(answer(stays))
          .startsWith("No. At the step batch: It joined a batch that closes at ")
          .contains(
              " What became of that run: Not yet. It collects at the step batch until ",
              "; the batch holds 2 by now.");
      scene.pass("PT2H");
      assertThat(answer(stays)).contains(" What became of that run: Yes. On ");
      assertThat(answer(member)).isEqualTo("No. The run was cancelled by its cancellation key.");
      assertThat(scene.run(holder, "elmo").status()).isEqualTo("completed");
      // What is over is not changed by a cancellation.
      cancel("c");
      scene.pass("PT1S");
      assertThat(scene.run(stays, "elmo").status()).isEqualTo("completed");
    }

    private String answer(TriggerId trigger) {
      String run = scene.run(trigger, "elmo").id().toString();
      return scene.engine.call(Call.get("/v1/explain?recipient=elmo")).body().list("items").stream()
          .map(Json.Obj.class::cast)
          .filter(item -> item.text("id").equals(Optional.of(run)))
          .findFirst()
          .flatMap(item -> item.text("answer"))
          .orElseThrow();
    }

    @Test
    void cancelling_what_opened_a_batch_leaves_it_open_and_the_others_go_on() {
      scene.workflow("flow", BATCH, COUNT);
      trigger("ann", "a");
      trigger("ben", "b");
      cancel("a");
      scene.pass("PT30M");
      trigger("ben", "c");
      scene.pass("PT30M");
      assertThat(scene.mails()).containsExactly("elmo: 2 by ben and 1: bc");
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T10:00:00Z");
    }

    @Test
    void what_comes_after_the_only_item_was_cancelled_is_in_the_same_batch() {
      scene.workflow("flow", BATCH, COUNT);
      trigger("ann", "a");
      cancel("a");
      scene.pass("PT30M");
      trigger("ben", "b");
      scene.pass("PT30M");
      assertThat(scene.mails()).containsExactly("elmo: 1 by ben and 1: b");
    }

    @Test
    void a_batch_of_which_all_was_cancelled_sends_nothing() {
      scene.workflow("flow", BATCH, COUNT, GuideEngine.feed("x"));
      trigger("ann", "a");
      trigger("ben", "b");
      cancel("b");
      cancel("a");
      scene.pass("PT2H");
      assertThat(scene.messages()).isEmpty();
      assertThat(Scenarios.runs(scene.engine)).extracting(Run::status).contains("cancelled");
    }

    @Test
    void one_key_of_many_triggers_cancels_all_of_them() {
      scene.workflow("flow", BATCH, COUNT);
      trigger("ann", "a");
      trigger("ben", "a");
      trigger("ann", "b");
      cancel("a");
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: 1 by ann and 1: b");
    }

    @Test
    void after_the_close_the_openers_key_cancels_the_run() {
      scene.workflow("flow", BATCH, DELAY, COUNT);
      trigger("ann", "a");
      trigger("ben", "b");
      scene.pass("PT1H30M");
      cancel("a");
      scene.pass("PT1H");
      assertThat(scene.mails()).isEmpty();
    }

    @Test
    void after_the_close_the_key_of_another_item_cancels_nothing() {
      scene.workflow("flow", BATCH, DELAY, COUNT);
      trigger("ann", "a");
      trigger("ben", "b");
      scene.pass("PT1H30M");
      cancel("b");
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: 2 by ann and 2: ab");
    }

    @Test
    void an_item_cancelled_in_a_batch_of_two_months_does_not_count() {
      scene.workflow("flow", step("batch", "'batch_window': {'unit': 'days', 'value': 60}"), COUNT);
      trigger("ann", "a");
      trigger("ben", "b");
      cancel("b");
      scene.pass("P60D");
      assertThat(scene.mails()).containsExactly("elmo: 1 by ann and 1: a");
    }

    @Test
    void a_leading_item_that_is_cancelled_later_does_not_touch_the_batch() {
      scene.workflow(
          "flow",
          step("batch", "'batch_window': " + HOUR + ", 'batch_execution_mode': 'flush_leading'"),
          COUNT);
      trigger("ann", "a");
      trigger("ben", "b");
      cancel("a");
      scene.pass("PT1H");
      assertThat(scene.mails())
          .containsExactly("elmo: 1 by ann and 1: a", "elmo: 1 by ben and 1: b");
    }

    @Test
    void the_log_of_the_close_counts_what_is_left() {
      scene.workflow("flow", BATCH, COUNT);
      var opener = trigger("ann", "a");
      trigger("ben", "b");
      cancel("b");
      scene.pass("PT1H");
      assertThat(said(scene.run(opener, "elmo"), "batch_closed").fields())
          .containsEntry("total_activities", Json.of(1));
    }
  }

  @Nested
  class Subscribers {
    private final RecipientId project = new RecipientId("projects", "apollo");

    private void subscribed() {
      scene.identify(
          project, new Identification(Json.object(), Optional.empty(), Map.of(), Map.of()));
      for (String user : List.of("elmo", "ann", "ben")) {
        scene
            .engine
            .ports()
            .subscriptions()
            .put(
                InProcessEngine.ENVIRONMENT,
                new Subscription(project, RecipientId.user(user), Json.Obj.EMPTY));
      }
    }

    private static final String TRIGGER =
        """
        {'recipients': [{'collection': 'projects', 'id': 'apollo'}], 'cancellation_key': 'k'}
        """;

    @Test
    void a_cancellation_narrowed_to_a_subscriber_reaches_it_and_nobody_else() {
      scene.workflow("flow", DELAY, mail("x"));
      subscribed();
      scene.trigger("flow", TRIGGER);
      scene.cancel("flow", "{'cancellation_key': 'k', 'recipients': ['ann']}");
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: x", "ben: x");
    }

    @Test
    void a_cancellation_of_the_object_alone_leaves_its_subscribers() {
      scene.workflow("flow", DELAY, mail("x"));
      subscribed();
      scene.trigger("flow", TRIGGER);
      scene.cancel(
          "flow",
          "{'cancellation_key': 'k', 'recipients': [{'collection': 'projects', 'id': 'apollo'}]}");
      scene.pass("PT1H");
      assertThat(scene.mails()).hasSize(3);
      assertThat(scene.run(firstTrigger(), project).status()).isEqualTo("cancelled");
    }

    private TriggerId firstTrigger() {
      return Scenarios.runs(scene.engine).getFirst().trigger();
    }

    @Test
    void a_cancellation_wins_over_a_trigger_that_is_still_being_fanned_out() {
      scene.workflow("flow", DELAY, mail("x"));
      subscribed();
      scene.must(Call.trigger("flow", GuideEngine.json(TRIGGER)));
      scene.must(Call.cancel("flow", GuideEngine.json("{'cancellation_key': 'k'}")));
      scene.engine.settle();
      scene.pass("PT2H");
      assertThat(scene.mails()).isEmpty();
      assertThat(Scenarios.runs(scene.engine))
          .extracting(Run::status)
          .containsOnly("cancelled")
          .hasSize(4);
    }

    @Test
    void so_does_one_that_is_narrowed() {
      scene.workflow("flow", DELAY, mail("x"));
      subscribed();
      scene.must(Call.trigger("flow", GuideEngine.json(TRIGGER)));
      scene.must(
          Call.cancel(
              "flow", GuideEngine.json("{'cancellation_key': 'k', 'recipients': ['ben']}")));
      scene.engine.settle();
      scene.pass("PT2H");
      assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: x", "ann: x");
    }
  }

  @Test
  void a_throttle_does_not_wait_and_cannot_be_cancelled() {
    scene.workflow("flow", step("throttle", "'throttle_window': " + HOUR), mail("x"));
    trigger("ann", "a");
    cancel("a");
    trigger("ann", "b");
    assertThat(scene.mails()).containsExactly("elmo: x");
  }

  @Test
  void a_run_without_a_key_is_cancelled_by_none() {
    scene.workflow("flow", DELAY, mail("x"));
    scene.trigger("flow", "{'recipients': ['elmo']}");
    cancel("a");
    scene.pass("PT1H");
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void a_cancelled_run_says_so_in_its_log() {
    scene.workflow("flow", DELAY, mail("x"));
    var trigger = trigger("ann", "a");
    cancel("a");
    assertThat(GuideEngine.log(scene.run(trigger, "elmo")))
        .containsExactly("delay delay_started", "run run_cancelled");
  }
}
