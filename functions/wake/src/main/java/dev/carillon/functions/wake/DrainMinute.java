package dev.carillon.functions.wake;

import dev.carillon.runtime.Log;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
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
  private final Timers dues;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  DrainMinute(Timers dues, Tasks tasks, InstantSource clock, Log log) {
    this.dues = dues;
    this.tasks = tasks;
    this.clock = clock;
    this.log = log;
  }

  void handle(Task.Drain task) {
    if (task.part().isEmpty()) {
      tasks.send(
          IntStream.range(0, Timers.SHARDS)
              .mapToObj(shard -> part(task.minute(), shard, Optional.empty()))
              .toList());
      return;
    }
    Task.Part part = task.part().get();
    Instant now = clock.instant();
    var page = dues.page(task.minute(), part.shard(), part.cursor());
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
        new Task.Drain(minute, Optional.of(new Task.Part(shard, cursor))), Duration.ZERO);
  }

  /** The wake of a listed wait, held back until it is due or as long as a queue can. */
  static Tasks.Sending wake(Timer item, Instant now) {
    Duration remaining = Duration.between(now, item.dueAt());
    Duration delay =
        remaining.isNegative()
            ? Duration.ZERO
            : remaining.compareTo(Tasks.MAX_DELAY) > 0 ? Tasks.MAX_DELAY : remaining;
    return new Tasks.Sending(item.task(), delay);
  }
}
