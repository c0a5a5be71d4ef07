package dev.carillon.functions.wake;

import dev.carillon.runtime.Log;
import dev.carillon.task.Tasks;
import dev.carillon.task.WakeTask;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Wakes what is due in a minute, each at its own second: the minute's schedule starts it five
 * minutes early and the queue holds every wake back for the rest. Drained twice, a run is woken
 * twice, and the second wake finds it past.
 */
final class DrainMinute {
  private final Timers timers;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  DrainMinute(Timers timers, Tasks tasks, InstantSource clock, Log log) {
    this.timers = timers;
    this.tasks = tasks;
    this.clock = clock;
    this.log = log;
  }

  void handle(WakeTask.Drain task) {
    if (task.part().isEmpty()) {
      tasks.send(
          IntStream.range(0, Timers.SHARDS)
              .mapToObj(shard -> part(task.minute(), shard, Optional.empty()))
              .toList());
      return;
    }
    WakeTask.Part part = task.part().get();
    Instant now = clock.instant();
    var page = timers.page(task.minute(), part.shard(), part.cursor());
    var sendings = new ArrayList<Tasks.Sending>();
    page.items().forEach(item -> sendings.add(wake(item, now)));
    page.next()
        .ifPresent(next -> sendings.add(part(task.minute(), part.shard(), Optional.of(next))));
    tasks.send(List.copyOf(sendings));
    if (!page.items().isEmpty()) {
      log.decision(
          "minute.drained",
          "minute",
          task.minute(),
          "shard",
          part.shard(),
          "wakes",
          page.items().size());
    }
  }

  private static Tasks.Sending part(long minute, int shard, Optional<String> cursor) {
    return new Tasks.Sending(
        new WakeTask.Drain(minute, Optional.of(new WakeTask.Part(shard, cursor))), Duration.ZERO);
  }

  /** The wake of a listed timer, held back until it is due or as long as a queue can. */
  static Tasks.Sending wake(Timer timer, Instant now) {
    return Tasks.Sending.until(timer.task(), timer.dueAt(), now);
  }
}
