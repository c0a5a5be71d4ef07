package dev.carillon.timer;

import dev.carillon.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Sees to it that what is due some time is taken up then. First it is listed, where a sweeper finds
 * it whatever else is lost; once what it is about is stored, an alarm is set: up to a quarter of an
 * hour by the queue's own delay, which is exact to the second, beyond that by the one schedule of
 * its minute, which starts a drain five minutes early that ends with the queue's delay too.
 *
 * <p>All of it may be done twice: whoever is woken once too often finds nothing to do.
 */
public final class ScheduleTimers {
  private final Timers dues;
  private final MinuteSchedules schedules;
  private final Tasks tasks;

  public ScheduleTimers(Timers dues, MinuteSchedules schedules, Tasks tasks) {
    this.dues = dues;
    this.schedules = schedules;
    this.tasks = tasks;
  }

  /** Whether a queue alone can hold back what is due then. */
  public static boolean isSoon(Timer item, Instant now) {
    return Duration.between(now, item.dueAt()).compareTo(Tasks.MAX_DELAY) <= 0;
  }

  /** Lists the hint; to be done before what it is about is stored. */
  public void list(Timer item) {
    dues.put(item);
  }

  /** Takes the hint off the list; to be done last. */
  public void unlist(Timer item) {
    dues.remove(item);
  }

  /** Sets the alarms; to be done after what the hints are about is stored. */
  public void set(List<Timer> items, Instant now) {
    SortedSet<Long> minutes = new TreeSet<>();
    var sendings = new ArrayList<Tasks.Sending>();
    for (Timer item : items) {
      if (isSoon(item, now)) {
        Duration remaining = Duration.between(now, item.dueAt());
        sendings.add(
            new Tasks.Sending(item.task(), remaining.isNegative() ? Duration.ZERO : remaining));
      } else {
        minutes.add(item.minute());
      }
    }
    minutes.forEach(schedules::ensure);
    if (!sendings.isEmpty()) {
      tasks.send(List.copyOf(sendings));
    }
  }
}
