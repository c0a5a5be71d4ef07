package dev.carillon.functions.api.schedules;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Planning;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.schedule.Schedules;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes, changes and deletes schedules. Each is listed among what is due before it is stored, and
 * timers are set once all are stored; should the function die in between, a repeated call sets
 * them, and if there is none, the sweeper finds the hint.
 */
public final class KeepSchedules {
  /** A schedule has few writers: the callers that change it, and its occurrences. */
  private static final int TRIES = 12;

  private final Schedules schedules;
  private final Planning planning;
  private final TimerScheduler timers;
  private final InstantSource clock;
  private final Log log;

  KeepSchedules(
      Schedules schedules, Planning planning, TimerScheduler timers, InstantSource clock, Log log) {
    this.schedules = schedules;
    this.planning = planning;
    this.timers = timers;
    this.clock = clock;
    this.log = log;
  }

  /** On these ports. */
  public static KeepSchedules on(Ports ports) {
    return new KeepSchedules(
        ports.schedules(),
        new Planning(ports.recipients(), ports.environments()),
        new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
        ports.clock(),
        ports.log());
  }

  /** Those of the ids that have a schedule, in the same order. */
  List<Schedule> find(EnvironmentId environment, List<ScheduleId> ids) {
    var found = schedules.findAll(environment, ids);
    return ids.stream().filter(found::containsKey).map(found::get).toList();
  }

  /**
   * Plans and stores them. Safe to repeat: those that are there already stay as they are by now.
   *
   * @param wanted new ones
   * @return as they are stored, in the same order
   */
  List<Schedule> make(List<Schedule> wanted) {
    var made = new ArrayList<Schedule>();
    for (Schedule schedule : wanted) {
      Schedule planned = schedule.planned(planning.first(schedule, schedule.insertedAt()));
      store(planned)
          .or(() -> schedules.find(schedule.environment(), schedule.id()))
          .ifPresent(made::add);
    }
    arm(made);
    log.decision("schedules.made", "count", made.size());
    return made;
  }

  /**
   * @param now as they are stored by now, without those that were deleted meanwhile
   * @param contended whether others kept changing one of them; it and what follows is not changed
   */
  record Changed(List<Schedule> now, boolean contended) {}

  /**
   * Changes each of them, beside others who do. Safe to repeat.
   *
   * @param change may be asked several times
   */
  Changed change(List<Schedule> found, UnaryOperator<Schedule> change) {
    var now = new ArrayList<Schedule>();
    boolean contended = false;
    for (Schedule schedule : found) {
      Optional<Schedule> before = Optional.of(schedule);
      Optional<Schedule> after = Optional.empty();
      for (int tries = 0; after.isEmpty() && before.isPresent() && tries < TRIES; tries++) {
        after = changed(before.get(), change);
        if (after.isEmpty()) {
          before = schedules.find(schedule.environment(), schedule.id());
        }
      }
      contended = after.isEmpty() && before.isPresent();
      if (contended) {
        break;
      }
      after.ifPresent(now::add);
    }
    arm(now);
    log.decision("schedules.changed", "count", now.size(), "contended", contended);
    return new Changed(now, contended);
  }

  /** Empty when somebody else was first. */
  private Optional<Schedule> changed(Schedule before, UnaryOperator<Schedule> change) {
    Schedule after = change.apply(before);
    if (after.equals(before)) {
      return Optional.of(before);
    }
    Instant now = clock.instant();
    Optional<Instant> next = after.timedAs(before) ? before.next() : next(before, after, now);
    Optional<Schedule> stored = store(after.updated(now).planned(next));
    if (stored.isPresent()) {
      Timer.ofSchedule(before).ifPresent(timers::unlist);
    }
    return stored;
  }

  /** An occurrence that is due just now stays when the new times have it too. */
  private Optional<Instant> next(Schedule before, Schedule after, Instant now) {
    return before
        .next()
        .filter(pending -> !pending.isAfter(now))
        .filter(pending -> planning.first(after, pending).equals(Optional.of(pending)))
        .or(() -> planning.first(after, now));
  }

  /**
   * Deletes them. What was set for them is stale from now on: it finds them gone. Safe to repeat.
   */
  void delete(List<Schedule> found) {
    for (Schedule schedule : found) {
      schedules.delete(schedule);
      Timer.ofSchedule(schedule).ifPresent(timers::unlist);
    }
    log.decision("schedules.deleted", "count", found.size());
  }

  /**
   * Leaves out the occurrence that is next, as the schedule says.
   *
   * @return false when somebody else changed the schedule first; nothing is changed
   */
  public boolean skipNext(Schedule schedule) {
    Optional<Instant> then =
        schedule.next().flatMap(occurrence -> planning.next(schedule, occurrence));
    Optional<Schedule> stored = store(schedule.updated(clock.instant()).planned(then));
    if (stored.isPresent()) {
      arm(stored.stream().toList());
      Timer.ofSchedule(schedule).ifPresent(timers::unlist);
    }
    log.decision("schedule.occurrence_skipped", "schedule", schedule.id(), "next", then);
    return stored.isPresent();
  }

  private Optional<Schedule> store(Schedule planned) {
    Timer.ofSchedule(planned.stored()).ifPresent(timers::listBeforeStoring);
    return schedules.save(planned) ? Optional.of(planned.stored()) : Optional.empty();
  }

  private void arm(List<Schedule> stored) {
    timers.wakeAfterStoring(
        stored.stream().flatMap(it -> Timer.ofSchedule(it).stream()).toList(), clock.instant());
  }
}
