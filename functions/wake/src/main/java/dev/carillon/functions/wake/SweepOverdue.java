package dev.carillon.functions.wake;

import dev.carillon.page.Page;
import dev.carillon.runtime.Log;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.time.Duration;
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
  /** How long a wait may be overdue before the sweeper takes it for lost. */
  private static final int GRACE_MINUTES = 2;

  /**
   * How far behind its last walk a sweep looks all the same: a machine whose clock lags lists what
   * it takes for due now under a minute that one whose clock is ahead has passed. Five minutes each
   * way.
   */
  private static final int LOOK_BACK_MINUTES = 10;

  /** How far back the first sweep of all looks. */
  private static final int FIRST_LOOK_MINUTES = 60;

  /** Minutes that hold anything, per task: a sweep stays within the function's time. */
  private static final int MOST_MINUTES = 60;

  private static final Duration STUCK_AFTER = Duration.ofHours(24);

  /**
   * Something is wrong with a wake that was lost or failed for a day; more of them mend nothing.
   */
  private static final int STUCK_EVERY_MINUTES = 60;

  private final Timers dues;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  SweepOverdue(Timers dues, Tasks tasks, InstantSource clock, Log log) {
    this.dues = dues;
    this.tasks = tasks;
    this.clock = clock;
    this.log = log;
  }

  void handle() {
    Instant now = clock.instant();
    long last = Minutes.of(now) - GRACE_MINUTES;
    long walked = dues.watermark().orElse(last - FIRST_LOOK_MINUTES);
    long first = Math.min(walked, last) + 1 - LOOK_BACK_MINUTES;
    List<Long> minutes = dues.minutes(first, last, MOST_MINUTES);
    long end = minutes.size() < MOST_MINUTES ? last : minutes.getLast();
    int woken = 0;
    for (long minute : minutes) {
      for (int shard = 0; shard < Timers.SHARDS; shard++) {
        woken += sweep(minute, shard, now);
      }
    }
    dues.raiseWatermark(end);
    if (end < last) {
      tasks.send(new Task.Sweep());
    }
    if (woken > 0) {
      log.decision("waits.swept", "from", first, "to", end, "woken", woken);
    }
  }

  private int sweep(long minute, int shard, Instant now) {
    int count = 0;
    Optional<String> cursor = Optional.empty();
    do {
      Page<Timer> page = dues.page(minute, shard, cursor);
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
    return item.dueAt().isBefore(now.minus(STUCK_AFTER))
        && item.minute() > Minutes.of(item.dueAt());
  }

  private void wakeAgain(Timer item, Instant now) {
    boolean stuck = isStuck(item, now);
    Timer moved = item.listedAt(Minutes.of(now) + (stuck ? STUCK_EVERY_MINUTES : 0));
    dues.put(moved);
    tasks.send(List.of(DrainMinute.wake(moved, now)));
    dues.remove(item);
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
