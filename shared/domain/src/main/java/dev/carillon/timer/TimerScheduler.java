package dev.carillon.timer;

import dev.carillon.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Sees to it that what is due some time is taken up then. It is listed, where a sweep finds it
 * whatever else is lost, and its wake is set: up to a quarter of an hour by the queue's own delay,
 * which is exact to the second, beyond that by the one schedule of its minute, which starts a drain
 * five minutes early that ends with the queue's delay too.
 *
 * <p>There are two orders. What must never be stored without being listed is {@linkplain
 * #listBeforeStoring listed first} and its {@linkplain #wakeAfterStoring wake set after} it is
 * stored; where a timer that leads nowhere would be taken off the list, both are done {@linkplain
 * #listAfterStoring after}, by the task that is in its queue until then.
 *
 * <p>All of it may be done twice: what is woken once too often finds nothing to do.
 */
public final class TimerScheduler {
  private final Timers timers;
  private final MinuteSchedules schedules;
  private final Tasks tasks;

  public TimerScheduler(Timers timers, MinuteSchedules schedules, Tasks tasks) {
    this.timers = timers;
    this.schedules = schedules;
    this.tasks = tasks;
  }

  /** Whether a queue alone can hold back what is due then. */
  public static boolean isSoon(Timer timer, Instant now) {
    return Duration.between(now, timer.dueAt()).compareTo(Tasks.MAX_DELAY) <= 0;
  }

  /** Lists the timer; to be done before what it is about is stored. */
  public void listBeforeStoring(Timer timer) {
    timers.put(timer);
  }

  /** Sets the wakes of timers that are listed; to be done after what they are about is stored. */
  public void wakeAfterStoring(List<Timer> listed, Instant now) {
    SortedSet<Long> minutes = new TreeSet<>();
    var sendings = new ArrayList<Tasks.Sending>();
    for (Timer timer : listed) {
      if (isSoon(timer, now)) {
        sendings.add(Tasks.Sending.until(timer.task(), timer.dueAt(), now));
      } else {
        minutes.add(timer.minute());
      }
    }
    minutes.forEach(schedules::ensure);
    if (!sendings.isEmpty()) {
      tasks.send(List.copyOf(sendings));
    }
  }

  /**
   * Lists the timer and sets its wake; to be done once what it is about is stored. It is listed
   * where a sweep still comes, should that be long ago.
   */
  public void listAfterStoring(Timer timer, Instant now) {
    Timer listed = reachable(timer, now);
    timers.put(listed);
    wakeAfterStoring(List.of(listed), now);
  }

  /** The timer under its minute, or under the present one when that has passed. */
  public static Timer reachable(Timer timer, Instant now) {
    Instant from = timer.dueAt().isAfter(now) ? timer.dueAt() : now;
    return timer.listedAt(Math.max(timer.minute(), Minutes.of(from)));
  }

  /** Takes the timer off the list; to be done last. Does nothing when it is not there. */
  public void unlist(Timer timer) {
    timers.remove(timer);
  }
}
