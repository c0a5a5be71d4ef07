package dev.carillon.run;

import dev.carillon.json.Json;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of a run's log: what happened and why.
 *
 * @param event {@code step_skipped}, {@code message_enqueued}, {@code delay_started}, …
 * @param ok whether it went as it should; a failed step is not ok, a skipped one is
 * @param step the step it is about; empty for what concerns the whole run
 * @param stepType the kind of that step, or empty text
 * @param attempt which try of the step, from 1
 * @param data details for whoever asks why: reasons, values compared, ids; never secrets
 */
public record LogEntry(
    Instant at,
    String event,
    boolean ok,
    Optional<StepRef> step,
    String stepType,
    int attempt,
    Json.Obj data) {

  /** About a step. */
  public static LogEntry ofStep(
      Step step, Instant at, String event, boolean ok, int attempt, Json.Obj data) {
    return new LogEntry(at, event, ok, Optional.of(step.ref()), step.type(), attempt, data);
  }

  /** About the whole run. */
  public static LogEntry ofRun(Instant at, String event, boolean ok, Json.Obj data) {
    return new LogEntry(at, event, ok, Optional.empty(), "", 1, data);
  }
}
