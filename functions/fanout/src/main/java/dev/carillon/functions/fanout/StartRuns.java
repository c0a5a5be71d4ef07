package dev.carillon.functions.fanout;

import dev.carillon.event.PublishEvents;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import dev.carillon.runtime.Log;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.FanoutPages.Reached;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a trigger into runs, a page of recipients per task: those that it names, and then those
 * subscribed to the objects among them. Anybody who the call identifies is known before its run
 * starts. A page done twice identifies nobody anew (the trigger is the cause) and starts no second
 * run (a run's id follows from trigger and recipient). A task may come before its trigger exists,
 * as it is enqueued first; then it waits a moment, and looks again for a quarter of an hour.
 */
final class StartRuns {
  /** Recipients per task: a page takes a second or two, well inside the function's time. */
  static final int PAGE = 100;

  /**
   * For how long a trigger that is not there may yet come to exist: a call of the API is answered
   * within 29 seconds (API Gateway), and two clocks, each off by up to five minutes, differ by ten.
   * Also the longest that SQS delays a message.
   */
  private static final Duration ABOUT_TO_EXIST = Duration.ofMinutes(15);

  private final Triggers triggers;
  private final Recipients recipients;
  private final ReachSubscribers subscribers;
  private final Tasks tasks;
  private final PublishEvents tell;
  private final InstantSource clock;
  private final Log log;

  StartRuns(
      Triggers triggers,
      Recipients recipients,
      ReachSubscribers subscribers,
      Tasks tasks,
      PublishEvents tell,
      InstantSource clock,
      Log log) {
    this.triggers = triggers;
    this.recipients = recipients;
    this.subscribers = subscribers;
    this.tasks = tasks;
    this.tell = tell;
    this.clock = clock;
    this.log = log;
  }

  void handle(FanoutTask.Start task) {
    var found = triggers.awaited(task.environment(), task.trigger());
    if (found.isEmpty()) {
      lookAgain(task);
      return;
    }
    Trigger trigger = found.get();
    if (task.place().isPresent()) {
      subscribers.handle(trigger, task);
      return;
    }
    startNamed(trigger, task);
  }

  /** After as long again as the call has taken so far, so that few tasks stand in for one. */
  private void lookAgain(FanoutTask.Start task) {
    Duration age = Duration.between(task.trigger().time(), clock.instant());
    if (age.compareTo(ABOUT_TO_EXIST) > 0) {
      log.decision("fanout.trigger_missing", "trigger", task.trigger());
      return;
    }
    Duration wait = Duration.ofSeconds(Math.max(1, age.toSeconds()));
    tasks.send(task, wait);
  }

  private void startNamed(Trigger trigger, FanoutTask.Start task) {
    if (task.from() == 0) {
      trigger.tenant().ifPresent(it -> identify(trigger, it.id().recipient(), it.identification()));
      trigger.actor().ifPresent(it -> identify(trigger, it));
    }
    int end = Math.min(task.from() + PAGE, trigger.recipients().size());
    var sendings = new ArrayList<Tasks.Sending>();
    for (Trigger.Named named : trigger.recipients().subList(task.from(), end)) {
      identify(trigger, named);
      sendings.add(sending(start(trigger, named.id(), Optional.empty())));
    }
    Optional<FanoutTask.Start> next =
        end < trigger.recipients().size()
            ? Optional.of(
                new FanoutTask.Start(trigger.environment(), trigger.id(), trigger.tenantId(), end))
            : new Route(trigger).start();
    next.ifPresent(it -> sendings.add(sending(it)));
    tasks.send(List.copyOf(sendings));
    if (next.isEmpty()) {
      triggers.markFannedOut(trigger.environment(), trigger.id());
    }
    log.decision(
        "trigger.fanned_out",
        "environment",
        trigger.environment().value(),
        "trigger",
        trigger.id(),
        "trace_id",
        trigger.trace().id(),
        "workflow",
        trigger.workflow().value(),
        "from",
        task.from(),
        "runs",
        end - task.from(),
        "more",
        next.isPresent());
  }

  private void identify(Trigger trigger, Trigger.Named named) {
    named.identification().ifPresent(it -> identify(trigger, named.id(), it));
  }

  private void identify(Trigger trigger, RecipientId id, Identification identification) {
    String cause = trigger.id().toString();
    var identified =
        recipients.identify(trigger.environment(), id, identification, cause, clock.instant());
    switch (identified) {
      case Identified.Merged _ ->
          tell.ofRecipient(trigger.environment(), id, identification, cause);
      // The call is long answered; the run goes on with what was known before.
      case Identified.TooLarge(var bytes) ->
          log.decision(
              "recipient.too_large",
              "trigger",
              trigger.id(),
              "trace_id",
              trigger.trace().id(),
              "collection",
              id.collection(),
              "recipient",
              id.id(),
              "bytes",
              bytes);
    }
  }

  static StepsTask.Advance start(Trigger trigger, Reached reached) {
    return start(trigger, reached.recipient(), Optional.of(reached.via()));
  }

  private static StepsTask.Advance start(
      Trigger trigger, RecipientId recipient, Optional<RecipientId> via) {
    return new StepsTask.Advance(
        trigger.environment(), trigger.id(), recipient, trigger.tenantId(), via, Optional.empty());
  }

  static Tasks.Sending sending(Task task) {
    return new Tasks.Sending(task, Duration.ZERO);
  }
}
