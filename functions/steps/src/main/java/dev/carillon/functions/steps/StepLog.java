package dev.carillon.functions.steps;

import dev.carillon.json.Json;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.NamesIgnored;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.variable.SecretValues;
import dev.carillon.workflow.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Writes what a step did into its run's log.
 *
 * @param attempt which try of the step this is, from 1
 * @param now when it began
 * @param why what its conditions compared; part of each entry's data
 * @param secrets what no entry shows
 */
public record StepLog(
    Step step, int attempt, Instant now, Json.Obj why, SecretValues secrets, InstantSource clock) {

  /** For what was decided by an earlier try, whatever the conditions compare now. */
  StepLog withoutWhy() {
    return new StepLog(step, attempt, now, Json.object(), secrets, clock);
  }

  /** With a note on names that were asked for and do not exist. */
  StepLog ignoring(NamesIgnored names) {
    return new StepLog(step, attempt, now, names.noted(why), secrets, clock);
  }

  /** The present, later than {@link #now} by what the step has taken so far. */
  Instant ended() {
    return clock.instant();
  }

  /**
   * The run with this entry; {@code data} comes behind the conditions, the duration behind both.
   */
  public Run note(Run run, RunEvent event, boolean ok, Json.Obj data) {
    Json.Obj whole =
        secrets
            .masked(why.merged(data))
            .with(LogEntry.DURATION, Json.of(Duration.between(now, ended()).toMillis()));
    return run.logged(LogEntry.ofStep(step, now, event, ok, attempt, whole));
  }

  /** The step did what it is for. */
  public Run done(Run run, RunEvent event, Json.Obj data) {
    return note(run.with(step.ref(), new StepOutcome.Done()), event, true, data);
  }

  public StepResult.Continue skipped(Run run, SkipReason reason, boolean ok, Json.Obj data) {
    return new StepResult.Continue(
        note(
            run.with(step.ref(), new StepOutcome.Skipped(reason)),
            RunEvent.STEP_SKIPPED,
            ok,
            LogEntry.because(reason).merged(data)));
  }

  /** The run ends at this step, as it should: {@code reason} says why. */
  Run halted(Run run, HaltReason reason, Json.Obj data) {
    return note(run, RunEvent.RUN_HALTED, true, LogEntry.because(reason).merged(data));
  }
}
