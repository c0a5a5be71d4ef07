package dev.carillon.functions.api.audit;

import dev.carillon.functions.api.outcome.RecipientOutcome;
import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many recipients had which outcome, and for which reasons.
 *
 * @param triggers how many triggers they are of
 * @param accepted how many recipients those triggers have, whatever became of them
 * @param onTheirWay how many of those who wait are in a queue or at work, without a time
 * @param reasons how many there are of each kind of outcome, by reason
 * @param violations how many of the rules that must never be broken were
 */
record OutcomeCounts(
    long triggers,
    long accepted,
    long onTheirWay,
    Map<Kind, Map<String, Long>> reasons,
    long violations) {

  /** In the order in which they are shown. */
  enum Kind {
    DELIVERED,
    SKIPPED,
    FAILED,
    WAITING;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(RecipientOutcome outcome) {
      return switch (outcome) {
        case RecipientOutcome.Waiting _, RecipientOutcome.OnItsWay _ -> WAITING;
        case RecipientOutcome.Delivered _ -> DELIVERED;
        case RecipientOutcome.Skipped _ -> SKIPPED;
        case RecipientOutcome.Failed _ -> FAILED;
      };
    }
  }

  static final OutcomeCounts NOTHING = new OutcomeCounts(0, 0, 0, Map.of(), 0);

  /** One trigger with so many recipients, of whom nothing is told yet. */
  static OutcomeCounts ofTrigger(long accepted) {
    return new OutcomeCounts(1, accepted, 0, Map.of(), 0);
  }

  /** With the outcome of one more recipient. */
  OutcomeCounts with(RecipientOutcome outcome) {
    boolean onItsWay = outcome instanceof RecipientOutcome.OnItsWay;
    return new OutcomeCounts(
        triggers,
        accepted,
        onTheirWay + (onItsWay ? 1 : 0),
        plus(reasons, Map.of(Kind.of(outcome), Map.of(outcome.reason(), 1L))),
        violations);
  }

  OutcomeCounts withViolations(long more) {
    return new OutcomeCounts(triggers, accepted, onTheirWay, reasons, violations + more);
  }

  OutcomeCounts and(OutcomeCounts other) {
    return new OutcomeCounts(
        triggers + other.triggers,
        accepted + other.accepted,
        onTheirWay + other.onTheirWay,
        plus(reasons, other.reasons),
        violations + other.violations);
  }

  long count(Kind kind) {
    return reasons.getOrDefault(kind, Map.of()).values().stream().mapToLong(it -> it).sum();
  }

  /** Whether everybody who was accepted has one outcome, and no rule is broken. */
  boolean isBalanced() {
    long told = 0;
    for (Kind kind : Kind.values()) {
      told += count(kind);
    }
    return told == accepted && violations == 0;
  }

  private static Map<Kind, Map<String, Long>> plus(
      Map<Kind, Map<String, Long>> one, Map<Kind, Map<String, Long>> other) {
    var sum = new EnumMap<Kind, Map<String, Long>>(Kind.class);
    one.forEach((kind, reasons) -> sum.put(kind, new TreeMap<>(reasons)));
    other.forEach(
        (kind, reasons) ->
            reasons.forEach(
                (reason, count) ->
                    sum.computeIfAbsent(kind, _ -> new TreeMap<>())
                        .merge(reason, count, Long::sum)));
    return sum;
  }

  /** As answers show it. */
  Json.Obj json() {
    Json.Obj counts = Json.object().with("accepted", Json.of(accepted));
    Json.Obj because = Json.object();
    for (Kind kind : Kind.values()) {
      counts = counts.with(kind.wireName(), Json.of(count(kind)));
      because = because.with(kind.wireName(), numbers(reasons.getOrDefault(kind, Map.of())));
    }
    return Json.object()
        .with("triggers", Json.of(triggers))
        .with("counts", counts)
        .with("in_progress", Json.of(onTheirWay))
        .with("reasons", because)
        .with("balanced", Json.of(isBalanced()))
        .with("violation_count", Json.of(violations));
  }

  private static Json.Obj numbers(Map<String, Long> counts) {
    Json.Obj numbers = Json.object();
    for (var entry : counts.entrySet()) {
      numbers = numbers.with(entry.getKey(), Json.of(entry.getValue()));
    }
    return numbers;
  }

  /** What {@link #json} gave, read again: a cursor carries the sum so far. */
  static OutcomeCounts parse(Json.Obj json) {
    var reasons = new EnumMap<Kind, Map<String, Long>>(Kind.class);
    Json.Obj because = json.object("reasons");
    for (Kind kind : Kind.values()) {
      Json.Obj counts = because.object(kind.wireName());
      var numbers = new TreeMap<String, Long>();
      counts.fields().keySet().forEach(reason -> numbers.put(reason, number(counts, reason)));
      if (!numbers.isEmpty()) {
        reasons.put(kind, numbers);
      }
    }
    return new OutcomeCounts(
        number(json, "triggers"),
        number(json.object("counts"), "accepted"),
        number(json, "in_progress"),
        reasons,
        number(json, "violation_count"));
  }

  private static long number(Json.Obj json, String key) {
    return json.fields().get(key) instanceof Json.Num(BigDecimal value) ? value.longValue() : 0;
  }
}
