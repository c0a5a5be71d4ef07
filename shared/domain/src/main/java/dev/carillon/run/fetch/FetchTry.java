package dev.carillon.run.fetch;

import dev.carillon.json.Json;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.workflow.StepRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request that a fetch step made, as its run's log tells of it.
 *
 * @param attempt from 1
 * @param took from the step's beginning until the answer was read
 * @param method of the request; empty where the log keeps no room for it
 * @param status of the answer, in digits; empty when there was none
 * @param error why it was no use; empty when it was
 */
public record FetchTry(
    StepRef step,
    int attempt,
    Instant at,
    Duration took,
    Optional<String> method,
    Optional<String> status,
    Optional<String> error) {
  /** Where an entry has the request; no other step's has one. */
  public static final String REQUEST = "request";

  /** The request's method. */
  public static final String METHOD = "method";

  /** Where an entry has the answer. */
  public static final String RESPONSE = "response";

  /** The answer's status, a number. */
  public static final String STATUS = "status";

  /** All of the run, oldest first, that its log has. */
  public static List<FetchTry> in(Run run) {
    return run.history().entries().stream().flatMap(FetchTry::of).toList();
  }

  private static Stream<FetchTry> of(LogEntry entry) {
    boolean requested = entry.data().get(REQUEST).isPresent();
    return entry.step().filter(_ -> requested).map(step -> of(entry, step)).stream();
  }

  private static FetchTry of(LogEntry entry, StepRef step) {
    return new FetchTry(
        step,
        entry.attempt(),
        entry.at(),
        entry.took(),
        entry.data().object(REQUEST).text(METHOD),
        entry.data().object(RESPONSE).get(STATUS).map(Json::toString),
        entry.ok() ? Optional.empty() : entry.data().text(LogEntry.ERROR));
  }

  /** The id of its span, which the request bore. */
  public String span(RunId run) {
    return span(run, step, attempt);
  }

  /** The id of the span of the request that a step makes at that attempt, made again the same. */
  public static String span(RunId run, StepRef step, int attempt) {
    return TraceContext.span("fetch", run.toString(), step.value(), Integer.toString(attempt));
  }
}
