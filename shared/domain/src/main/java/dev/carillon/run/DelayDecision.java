package dev.carillon.run;

import dev.carillon.condition.Facts;
import dev.carillon.json.Json;
import dev.carillon.time.IsoTimestamp;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.Period;
import dev.carillon.workflow.Step.Until;
import dev.carillon.workflow.TimeUnit;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A delay step, and the windows of other steps. */
final class DelayDecision {
  /** Knock's limit on a delay is 365 days; twelve months that hold a 29 February count as well. */
  private static final int MAX_DELAY_MONTHS = 12;

  private DelayDecision() {}

  static Move of(Step.Delay step, Situation situation) {
    return switch (close(step.until(), situation, "delay")) {
      case Closing.At(var dueAt, var why) -> new Move.WaitUntil(dueAt, why);
      case Closing.Not(var skip) -> skip;
    };
  }

  /** When a window closes. */
  sealed interface Closing {
    /** Later than now. */
    record At(Instant at, Json.Obj why) implements Closing {}

    /** It does not open: the step is skipped. */
    record Not(Move.Skip skip) implements Closing {}
  }

  /**
   * @param kind what the window is called in reasons
   */
  static Closing close(Until until, Situation situation, String kind) {
    Facts facts = situation.facts();
    Instant now = facts.now();
    return switch (until) {
      case Until.For(var period) -> until(after(now, period), now, kind);
      case Until.Relative(var offset, var path) ->
          timestamp(path, facts)
              .map(base -> until(after(base, offset), now, kind))
              .orElseGet(() -> invalid(kind, path, "no ISO timestamp"));
      case Until.Field(var path) -> {
        Optional<Json> value = facts.at(path);
        yield value
            .flatMap(Period::of)
            .map(period -> after(now, period))
            .or(() -> timestamp(path, facts).map(Optional::of))
            .map(due -> until(due, now, kind))
            .orElseGet(
                () ->
                    invalid(
                        kind,
                        path,
                        value.isEmpty() ? "nothing there" : "no timestamp and no period"));
      }
    };
  }

  private static Optional<Instant> timestamp(String path, Facts facts) {
    return facts
        .at(path)
        .flatMap(
            value ->
                value instanceof Json.Str(var text) ? IsoTimestamp.parse(text) : Optional.empty());
  }

  private static Optional<Instant> after(Instant start, Period period) {
    try {
      return Optional.of(period.unit().after(start, period.value()));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Closing until(Optional<Instant> due, Instant now, String kind) {
    if (due.isEmpty() || due.get().isAfter(TimeUnit.MONTHS.after(now, MAX_DELAY_MONTHS))) {
      return new Closing.Not(
          new Move.Skip(
              kind + "_too_long",
              false,
              Json.object().with("limit", MAX_DELAY_MONTHS + " months")));
    }
    if (due.get().isAfter(now)) {
      return new Closing.At(due.get(), Json.object().with("until", due.get().toString()));
    }
    boolean empty = due.get().equals(now);
    return new Closing.Not(
        new Move.Skip(
            kind + (empty ? "_is_empty" : "_in_the_past"),
            empty,
            Json.object().with("until", due.get().toString())));
  }

  private static Closing invalid(String kind, String path, String why) {
    return new Closing.Not(
        new Move.Skip(
            kind + "_invalid", false, Json.object().with("path", path).with("problem", why)));
  }
}
