package dev.carillon.functions.wake;

import dev.carillon.page.Page;
import dev.carillon.runtime.Log;
import dev.carillon.task.Tasks;
import dev.carillon.task.WakeTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.SweepWindow;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Finds waits whose wake was lost and wakes them. Every minute it walks the minutes since its last
 * walk and ten before them, up to two minutes ago; what is still listed there should have been
 * gone. A wait it wakes is listed anew under the present minute before it is taken from the old
 * one, so it is looked at again should this wake be lost too, and the watermark can pass. What a
 * day of waking did not move is named in the log, for people, and woken once an hour from then on:
 * nothing is ever given up.
 */
final class SweepOverdue {
  /** Minutes that hold anything, per task: a sweep stays within the function's time. */
  private static final int MOST_MINUTES = 60;

  private final Timers timers;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  SweepOverdue(Timers timers, Tasks tasks, InstantSource clock, Log log) {
    this.timers = timers;
    this.tasks = tasks;
    this.clock = clock;
    this.log = log;
  }

  void handle() {
    Instant now = clock.instant();
    long last = SweepWindow.last(now);
    long first = SweepWindow.first(timers.watermark(), now);
    List<Long> minutes = timers.minutes(first, last, MOST_MINUTES);
    long end = minutes.size() < MOST_MINUTES ? last : minutes.getLast();
    int woken = 0;
    for (long minute : minutes) {
      for (int shard = 0; shard < Timers.SHARDS; shard++) {
        woken += sweep(minute, shard, now);
      }
    }
    timers.raiseWatermark(end);
    if (end < last) {
      tasks.send(new WakeTask.Sweep());
    }
    if (woken > 0) {
      log.decision("waits.swept", "from", first, "to", end, "woken", woken);
    }
  }

  private int sweep(long minute, int shard, Instant now) {
    int count = 0;
    Optional<String> cursor = Optional.empty();
    do {
      Page<Timer> page = timers.page(minute, shard, cursor);
      for (Timer item : page.items()) {
        wakeAgain(item, now);
        count++;
      }
      cursor = page.next();
    } while (cursor.isPresent());
    return count;
  }

  /**
   * After a day of waking it in vain. Under its own minute it was never woken from here, however
   * long ago it was due: everything stood still.
   */
  private static boolean isStuck(Timer item, Instant now) {
    return item.dueAt().isBefore(now.minus(SweepWindow.STUCK_AFTER))
        && item.minute() > Minutes.of(item.dueAt());
  }

  private void wakeAgain(Timer item, Instant now) {
    boolean stuck = isStuck(item, now);
    Timer moved = item.listedAt(Minutes.of(now) + (stuck ? SweepWindow.STUCK_EVERY_MINUTES : 0));
    timers.put(moved);
    tasks.send(List.of(DrainMinute.wake(moved, now)));
    timers.remove(item);
    if (stuck) {
      log.decision(
          "wait.stuck",
          "environment",
          item.environment().value(),
          "what",
          item.name(),
          "due",
          item.dueAt());
    }
  }
}
