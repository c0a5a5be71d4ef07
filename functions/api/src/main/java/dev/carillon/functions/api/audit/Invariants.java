package dev.carillon.functions.api.audit;

import dev.carillon.environment.Retention;
import dev.carillon.functions.api.outcome.RecipientOutcome;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunMessages;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What must hold of a run and its messages, whatever became of them. Pure. */
final class Invariants {
  /** The sweeper wakes within five minutes what was to be woken and was not. */
  private static final Duration OVERDUE = Duration.ofMinutes(5);

  /**
   * A queue holds a task for a quarter of an hour at most and tries it again for about as long;
   * what has not moved for an hour is in a dead-letter queue or nowhere.
   */
  private static final Duration STALLED = Duration.ofHours(1);

  private final Instant now;
  private final Retention retention;
  private final Predicate<Timer> listed;

  /**
   * @param retention for how long runs and messages are surely kept
   * @param listed whether the hint is where it should be, or where a sweeper put it
   */
  Invariants(Instant now, Retention retention, Predicate<Timer> listed) {
    this.now = now;
    this.retention = retention;
    this.listed = listed;
  }

  /**
   * @param messages those of the run that are stored
   */
  List<Violation> broken(Run run, Collection<Message> messages) {
    var broken = new ArrayList<Violation>();
    if (run.state() instanceof State.Waiting(var wait)) {
      waits(run, wait.timer(run), "The run", broken);
    }
    for (Message message : messages) {
      if (message.held()) {
        waits(run, hint(message), "The message " + message.id(), broken);
      }
    }
    if (RecipientOutcome.of(run, messages) instanceof RecipientOutcome.OnItsWay(_, var since)) {
      stalled(run, since).ifPresent(broken::add);
    }
    missing(run, messages)
        .forEach(
            id ->
                broken.add(
                    violation(run, "message_missing", "The message " + id + " is not there.")));
    return broken;
  }

  /** Of a recipient that has no run: on its way, or, after a long time, past its keeping. */
  RecipientOutcome ofNoRun(Instant accepted) {
    return isLongAgo(accepted)
        ? new RecipientOutcome.Skipped("no_longer_kept")
        : new RecipientOutcome.OnItsWay("not_started", accepted);
  }

  boolean isStalled(Instant since) {
    return since.isBefore(now.minus(STALLED)) && !isLongAgo(since);
  }

  private boolean isLongAgo(Instant instant) {
    return retention.isOver(instant, now);
  }

  private void waits(Run run, Timer hint, String what, List<Violation> broken) {
    if (!listed.test(hint)) {
      broken.add(
          violation(
              run,
              "not_listed",
              what + " waits until " + hint.dueAt() + ", but nothing would wake it."));
    }
    if (hint.dueAt().plus(OVERDUE).isBefore(now)) {
      broken.add(violation(run, "overdue", what + " was to go on at " + hint.dueAt() + "."));
    }
  }

  private Optional<Violation> stalled(Run run, Instant since) {
    return isStalled(since)
        ? Optional.of(
            violation(run, "stalled", "It is on its way, but has not moved since " + since + "."))
        : Optional.empty();
  }

  private Set<MessageId> missing(Run run, Collection<Message> messages) {
    var missing = new HashSet<>(RunMessages.ids(run));
    messages.forEach(message -> missing.remove(message.id()));
    missing.removeIf(id -> isLongAgo(id.time()));
    return missing;
  }

  private static Violation violation(Run run, String code, String sentence) {
    return new Violation(code, run.trigger(), Optional.of(run.recipient()), sentence);
  }

  private static Timer hint(Message message) {
    Instant opens = message.scheduledAt().orElseThrow();
    return new Timer(
        message.environment(),
        new Timer.Subject.OfMessage(message.id(), message.tenant(), Optional.empty()),
        0,
        opens,
        Minutes.of(opens));
  }
}
