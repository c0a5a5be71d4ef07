package dev.carillon.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("development");
  private static final TriggerId TRIGGER = TriggerId.of(NOON, "a request");
  private static final RecipientId MIRA = RecipientId.user("mira");
  private static final StepRef STEP = new StepRef("delay_1");

  @Test
  void the_log_counts_what_went_wrong() {
    Run run = run().logged(entry(1, true)).logged(entry(2, false)).logged(entry(3, false));
    assertThat(run.log()).hasSize(3);
    assertThat(run.errors()).isEqualTo(2);
    assertThat(run.updatedAt()).isEqualTo(NOON.plusSeconds(3));
    assertThat(run.insertedAt()).isEqualTo(NOON);
  }

  @Test
  void of_a_log_that_grows_too_long_the_middle_is_left_out_and_counted() {
    Run run = run();
    for (int i = 1; i <= RunLog.LONGEST; i++) {
      run = run.logged(entry(i, true));
    }
    assertThat(run.log()).hasSize(RunLog.LONGEST);
    assertThat(run.log()).noneMatch(it -> it.event() == RunEvent.LOG_SHORTENED);
    for (int i = 1; i <= 500; i++) {
      run = run.logged(entry(RunLog.LONGEST + i, i != 3));
    }
    assertThat(run.log()).hasSize(RunLog.LONGEST);
    assertThat(run.log().getFirst().at()).isEqualTo(NOON.plusSeconds(1));
    assertThat(run.log().getLast().at()).isEqualTo(NOON.plusSeconds(RunLog.LONGEST + 500));
    List<LogEntry> marks =
        run.log().stream().filter(it -> it.event() == RunEvent.LOG_SHORTENED).toList();
    assertThat(marks).hasSize(1);
    assertThat(marks.getFirst().data()).isEqualTo(Json.object().with("entries", Json.of(501)));
    assertThat(run.log().indexOf(marks.getFirst())).isEqualTo(RunLog.LONGEST / 2);
    assertThat(run.errors()).isOne();
  }

  @Test
  void the_outline_is_all_but_log_outcomes_and_what_the_run_carries() {
    Run bare = run().in(new Run.State.Completed(), NOON);
    Run full =
        bare.logged(entry(0, false))
            .with(STEP, new StepOutcome.Done())
            .carrying(RunState.NOTHING.withData(Json.object().with("a", "b")));
    assertThat(full.outline().errors()).isOne();
    assertThat(full.outline().log()).isEmpty();
    assertThat(full.outline().outcomes()).isEmpty();
    assertThat(full.outline().carried()).isEqualTo(RunState.NOTHING);
    assertThat(full.outline().status()).isEqualTo("completed");
    assertThat(bare.outline()).isEqualTo(bare);
  }

  @Test
  void outcomes_keep_the_order_of_the_steps_and_the_last_word_on_each() {
    Run run =
        run()
            .with(new StepRef("b"), new StepOutcome.Done())
            .with(new StepRef("a"), new StepOutcome.Skipped(SkipReason.OPTED_OUT))
            .with(new StepRef("b"), new StepOutcome.Sent(List.of()));
    assertThat(run.outcomes().keySet()).containsExactly(new StepRef("b"), new StepRef("a"));
    assertThat(run.outcomes()).containsEntry(new StepRef("b"), new StepOutcome.Sent(List.of()));
  }

  @Test
  void the_status_is_named_as_in_the_api() {
    var wait = new Wait("w", 0, STEP, NOON, Minutes.of(NOON), new Wait.Kind.Elapse());
    assertThat(run().status()).isEqualTo("processing");
    assertThat(run().in(new Run.State.Waiting(wait), NOON).status()).isEqualTo("paused");
    assertThat(run().in(new Run.State.Completed(), NOON).status()).isEqualTo("completed");
    assertThat(run().in(new Run.State.Cancelled(), NOON).status()).isEqualTo("cancelled");
  }

  @Test
  void storing_counts_the_revision_and_moving_on_does_not() {
    Run stored = run().stored();
    assertThat(stored.revision()).isEqualTo(1);
    assertThat(stored.effectiveAt(NOON.plusSeconds(9)).revision()).isEqualTo(1);
    assertThat(stored.effectiveAt(NOON.plusSeconds(9)).effectiveAt())
        .isEqualTo(NOON.plusSeconds(9));
    assertThat(stored.stored().revision()).isEqualTo(2);
  }

  @Test
  void a_minute_begins_with_its_first_second() {
    assertThat(Minutes.start(Minutes.of(Instant.parse("2026-03-10T12:00:59.999Z"))))
        .isEqualTo(NOON);
    assertThat(Minutes.of(NOON.minusNanos(1))).isEqualTo(Minutes.of(NOON) - 1);
    assertThat(Minutes.of(Instant.EPOCH.minusMillis(1))).isEqualTo(-1);
  }

  @Test
  void a_due_item_names_its_run_under_any_minute() {
    var item = Timer.ofRun(ENVIRONMENT, TRIGGER, MIRA, Optional.empty(), "w", 0, NOON, 5);
    assertThat(item.name()).isEqualTo(RunId.of(TRIGGER, MIRA) + "#w");
    assertThat(item.listedAt(6))
        .isEqualTo(Timer.ofRun(ENVIRONMENT, TRIGGER, MIRA, Optional.empty(), "w", 0, NOON, 6));
  }

  private static LogEntry entry(int second, boolean ok) {
    return new LogEntry(
        NOON.plusSeconds(second),
        RunEvent.DELAY_STARTED,
        ok,
        Optional.of(STEP),
        "delay",
        1,
        Json.object());
  }

  private static Run run() {
    return new Run(
        new RunOrigin(
            ENVIRONMENT,
            RunId.of(TRIGGER, MIRA),
            TRIGGER,
            new WorkflowKey("hello"),
            new VersionId(new UUID(0, 1)),
            MIRA,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NOON),
        new Run.State.Processing(),
        NOON);
  }
}
