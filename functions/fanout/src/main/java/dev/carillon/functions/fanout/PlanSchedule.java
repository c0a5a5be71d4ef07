package dev.carillon.functions.fanout;

import dev.carillon.schedule.Planning;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes a schedule that a bulk call asks for, in the order in which a crash loses nothing: it is
 * listed among what is due before it is stored, and its timer is set after that.
 */
final class PlanSchedule {
  private final Schedules schedules;
  private final Planning planning;
  private final TimerScheduler timers;
  private final InstantSource clock;

  PlanSchedule(Schedules schedules, Planning planning, TimerScheduler timers, InstantSource clock) {
    this.schedules = schedules;
    this.planning = planning;
    this.timers = timers;
    this.clock = clock;
  }

  /** Safe to repeat: one that is there already stays as it is by now. */
  void plan(Schedule schedule) {
    Schedule planned = schedule.planned(planning.first(schedule, schedule.insertedAt()));
    Timer.ofSchedule(planned.stored()).ifPresent(timers::listBeforeStoring);
    Optional<Schedule> stored =
        schedules.save(planned)
            ? Optional.of(planned.stored())
            : schedules.find(schedule.environment(), schedule.id());
    List<Timer> due = stored.flatMap(Timer::ofSchedule).stream().toList();
    timers.wakeAfterStoring(due, clock.instant());
  }
}
