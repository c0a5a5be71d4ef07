package dev.carillon.run;

import dev.carillon.json.Json;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of a run's log: what happened and why.
 *
 * @param ok whether it went as it should; a failed step is not ok, a skipped one is
 * @param step the step it is about; empty for what concerns the whole run
 * @param stepType the kind of that step, or empty text
 * @param attempt which try of the step, from 1
 * @param data details for those who ask why: reasons, values compared, ids; never secrets
 */
public record LogEntry(
    Instant at,
    RunEvent event,
    boolean ok,
    Optional<StepRef> step,
    String stepType,
    int attempt,
    Json.Obj data) {

  /** Where the data of a failure says what failed. */
  public static final String ERROR = "error";

  /** Where the data says how long it took. */
  public static final String DURATION = "duration_ms";

  private static final String REASON = "reason";

  /** About a step. */
  public static LogEntry ofStep(
      Step step, Instant at, RunEvent event, boolean ok, int attempt, Json.Obj data) {
    return new LogEntry(at, event, ok, Optional.of(step.ref()), step.type(), attempt, data);
  }

  /** About the whole run. */
  public static LogEntry ofRun(Instant at, RunEvent event, boolean ok, Json.Obj data) {
    return new LogEntry(at, event, ok, Optional.empty(), "", 1, data);
  }

  /** Why a step was skipped; {@link SkipReason#UNKNOWN} of what is no skipped step. */
  public SkipReason skipReason() {
    return SkipReason.named(data.text(REASON).orElse(""));
  }

  /** How long it took; zero where the data does not say. */
  public Duration took() {
    return data.get(DURATION).orElse(Json.NULL) instanceof Json.Num(var millis)
        ? Duration.ofMillis(millis.longValue())
        : Duration.ZERO;
  }

  /** Why the run ended here; {@link HaltReason#UNKNOWN} of what did not end it. */
  public HaltReason haltReason() {
    return HaltReason.named(data.text(REASON).orElse(""));
  }

  /** The data of an entry with that reason. */
  public static Json.Obj because(SkipReason reason) {
    return Json.object().with(REASON, reason.wireName());
  }

  /** The data of an entry with that reason. */
  public static Json.Obj because(HaltReason reason) {
    return Json.object().with(REASON, reason.wireName());
  }
}
