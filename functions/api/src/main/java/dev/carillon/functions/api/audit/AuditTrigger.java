package dev.carillon.functions.api.audit;

import dev.carillon.environment.Retention;
import dev.carillon.functions.api.outcome.RecipientOutcome;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunMessages;
import dev.carillon.run.Runs;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.SweepWindow;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what a trigger accepted against what became of it: every recipient that it names or reaches
 * has one outcome. What it reads at one instant others may change at the next, so what looks wrong
 * is looked at once more.
 */
final class AuditTrigger {
  /** Whom one call looks at; of a trigger that reaches more the rest is not told. */
  static final int MOST_RECIPIENTS = 20_000;

  /**
   * Where a sweep may have put what is overdue: twice as far back as it looks again, and as far
   * ahead as the time that it leaves between its tries once it has tried for a day.
   */
  private static final int SWEPT_MINUTES_BACK = 2 * SweepWindow.LOOK_BACK_MINUTES;

  private static final int SWEPT_MINUTES_AHEAD = SweepWindow.STUCK_EVERY_MINUTES + 5;

  private static final int SWEPT_MINUTES = SWEPT_MINUTES_BACK + 1 + SWEPT_MINUTES_AHEAD;

  private final Triggers triggers;
  private final FanoutPages fanoutPages;
  private final Runs runs;
  private final Messages messages;
  private final Timers timers;
  private final Retention retention;
  private final InstantSource clock;

  AuditTrigger(
      Triggers triggers,
      FanoutPages fanoutPages,
      Runs runs,
      Messages messages,
      Timers timers,
      Retention retention,
      InstantSource clock) {
    this.triggers = triggers;
    this.fanoutPages = fanoutPages;
    this.runs = runs;
    this.messages = messages;
    this.timers = timers;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * @param fannedOut whether all whom it reaches are known by now
   * @param complete whether all whom it reaches were looked at
   */
  record Result(
      OutcomeCounts counts, List<Violation> violations, boolean fannedOut, boolean complete) {}

  Result audit(Trigger trigger) {
    Instant now = clock.instant();
    var invariants = new Invariants(now, retention, item -> isListed(item, now));
    // Asked first: who is added to the fan-out pages later is not missed then.
    boolean fannedOut = triggers.fannedOut(trigger.environment(), trigger.id());
    Map<RunId, RecipientId> accepted = accepted(trigger);
    boolean complete = accepted.size() <= MOST_RECIPIENTS;
    OutcomeCounts counts = OutcomeCounts.ofTrigger(accepted.size());
    var violations = new ArrayList<Violation>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Run> page = runs.ofTrigger(trigger.environment(), trigger.id(), cursor);
      var made = RunMessages.by(page.items(), trigger.environment(), messages);
      for (Run run : page.items()) {
        if (accepted.remove(run.id()) != null) {
          List<Message> own = RunMessages.of(run, made);
          counts = counts.with(RecipientOutcome.of(run, own));
          violations.addAll(broken(invariants, run, own));
        } else if (complete && fannedOut) {
          violations.add(
              new Violation(
                  "not_accepted",
                  trigger.id(),
                  Optional.of(run.recipient()),
                  "The trigger does not reach this recipient, yet there is a run."));
        }
      }
      cursor = page.next();
    } while (cursor.isPresent());
    for (RecipientId recipient : accepted.values()) {
      counts = counts.with(invariants.ofNoRun(trigger.id().time()));
      if (invariants.isStalled(trigger.id().time())) {
        violations.add(
            new Violation(
                "stalled",
                trigger.id(),
                Optional.of(recipient),
                "It was accepted at " + trigger.id().time() + ", but there is no run yet."));
      }
    }
    if (!fannedOut && invariants.isStalled(trigger.id().time())) {
      violations.add(
          new Violation(
              "stalled",
              trigger.id(),
              Optional.empty(),
              "It was accepted at " + trigger.id().time() + ", but not all runs are started yet."));
    }
    return new Result(counts.withViolations(violations.size()), violations, fannedOut, complete);
  }

  private List<Violation> broken(Invariants invariants, Run run, List<Message> own) {
    List<Violation> broken = invariants.broken(run, own);
    if (broken.isEmpty()) {
      return broken;
    }
    return runs.find(run.environment(), run.id())
        .map(
            again ->
                invariants.broken(
                    again,
                    RunMessages.of(
                        again, RunMessages.by(List.of(again), run.environment(), messages))))
        .orElse(List.of());
  }

  /** Whom the trigger names, and whom it reaches through subscriptions; each once. */
  private Map<RunId, RecipientId> accepted(Trigger trigger) {
    var accepted = new LinkedHashMap<RunId, RecipientId>();
    trigger
        .recipients()
        .forEach(named -> accepted.put(RunId.of(trigger.id(), named.id()), named.id()));
    Optional<String> cursor = Optional.empty();
    do {
      var page = fanoutPages.roster(trigger.environment(), trigger.id(), cursor);
      page.items()
          .forEach(one -> accepted.put(RunId.of(trigger.id(), one.recipient()), one.recipient()));
      cursor = page.next();
    } while (cursor.isPresent() && accepted.size() <= MOST_RECIPIENTS);
    return accepted;
  }

  private boolean isListed(Timer item, Instant now) {
    if (timers.lists(item)) {
      return true;
    }
    long present = Minutes.of(now);
    return item.minute() <= present
        && timers
            .minutes(present - SWEPT_MINUTES_BACK, present + SWEPT_MINUTES_AHEAD, SWEPT_MINUTES)
            .stream()
            .anyMatch(minute -> timers.lists(item.listedAt(minute)));
  }
}
