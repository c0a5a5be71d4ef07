package dev.carillon.functions.fanout;

import dev.carillon.runtime.Log;
import dev.carillon.schedule.Planning;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import dev.carillon.task.FanoutTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Lets a schedule occur and sets its next occurrence. In this order: the trigger, the next hint,
 * the schedule, the alarm; the old hint goes last.
 *
 * <p>Two conditions make it safe to die between any two calls and to be done twice. The trigger's
 * id follows from schedule and occurrence, so a worker that comes again triggers nothing new. And
 * the schedule moves on only from the revision that the task was set for: of two that fire it one
 * moves it on, and anybody who changed or deleted it meanwhile wins. Died before it moved on, the
 * task comes again and does all of it again; died after it, the task finds itself stale.
 */
final class FireSchedule {
  private final Schedules schedules;
  private final Planning planning;
  private final TriggerOccurrence trigger;
  private final TimerScheduler timers;
  private final InstantSource clock;
  private final Log log;

  FireSchedule(
      Schedules schedules,
      Planning planning,
      TriggerOccurrence trigger,
      TimerScheduler timers,
      InstantSource clock,
      Log log) {
    this.schedules = schedules;
    this.planning = planning;
    this.trigger = trigger;
    this.timers = timers;
    this.clock = clock;
    this.log = log;
  }

  void handle(FanoutTask.Fire task) {
    Instant now = clock.instant();
    Optional<Schedule> found = schedules.find(task.environment(), task.schedule());
    Optional<Timer> due = found.flatMap(Timer::ofSchedule);
    if (due.filter(it -> it.generation() == task.revision()).isEmpty()) {
      leave(task, due, now);
    } else if (now.isBefore(due.get().dueAt())) {
      timers.wakeAfterStoring(List.of(due.get()), now);
      log.decision("schedule.armed_again", "schedule", task.schedule());
    } else {
      fire(found.get(), due.get(), task, now);
    }
  }

  private void fire(Schedule schedule, Timer due, FanoutTask.Fire task, Instant now) {
    Instant occurrence = due.dueAt();
    boolean triggered = trigger.handle(schedule, occurrence, now);
    // What was missed while everything stood still is made up for once, not one by one.
    Schedule moved = schedule.occurred(occurrence, planning.next(schedule, now));
    Optional<Timer> next = Timer.ofSchedule(moved.stored());
    next.ifPresent(timers::listBeforeStoring);
    boolean stored = schedules.save(moved);
    if (stored) {
      timers.wakeAfterStoring(next.stream().toList(), now);
    }
    timers.unlist(due);
    if (task.minute() != due.minute()) { // where the sweeper moved it
      timers.unlist(hint(task));
    }
    log.decision(
        triggered ? "schedule.occurred" : "schedule.skipped",
        "environment",
        schedule.environment().value(),
        "schedule",
        schedule.id(),
        "workflow",
        schedule.workflow().value(),
        "occurrence",
        occurrence,
        "next",
        moved.next(),
        "overtaken",
        !stored);
  }

  /**
   * The schedule is gone, or moved on since. Perhaps the worker that moved it on died before the
   * alarm was set, so it is set again, unless that would be one task more each time: an alarm that
   * is near is left to the sweeper.
   */
  private void leave(FanoutTask.Fire task, Optional<Timer> due, Instant now) {
    timers.wakeAfterStoring(
        due.filter(it -> !TimerScheduler.isSoon(it, now)).stream().toList(), now);
    timers.unlist(hint(task));
    log.decision("schedule.past", "schedule", task.schedule(), "revision", task.revision());
  }

  private static Timer hint(FanoutTask.Fire task) {
    return new Timer(
        task.environment(),
        new Timer.Subject.OfSchedule(task.schedule()),
        task.revision(),
        Minutes.start(task.minute()),
        task.minute());
  }
}
