package dev.carillon.functions.wake;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.task.WakeTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The function's parts over ports in memory, at the start of the minute 29460061. */
final class Belfry {
  static final EnvironmentId LOCAL = new EnvironmentId("local");
  static final TriggerId TRIGGER = TriggerId.parse("019b8d63-64e0-8150-ba86-84e244628d50");
  static final long MINUTE = 29460061;
  static final Instant NOW = Minutes.start(MINUTE);

  final MutableClock clock = new MutableClock(NOW);
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  final DrainMinute drain = new WakeWiring(ports).drainMinute();
  final SweepOverdue sweep = new WakeWiring(ports).sweepOverdue();

  /** A wait of a user's run, listed under its own minute. */
  static Timer wait(String user, Instant dueAt) {
    return Timer.ofRun(
        LOCAL,
        TRIGGER,
        RecipientId.user(user),
        Optional.of(new TenantId("ingen")),
        "9f86d081884c7d65",
        3,
        dueAt,
        Minutes.of(dueAt));
  }

  /** A message that is held back until then. */
  static Timer message(Instant dueAt) {
    return new Timer(
        LOCAL,
        new Timer.Subject.OfMessage(
            new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w"),
            Optional.of(new TenantId("ingen")),
            Optional.of(new DeliveryTask.Cancellable(TRIGGER, RecipientId.user("ellie")))),
        0,
        dueAt,
        Minutes.of(dueAt));
  }

  /** The fourth occurrence of a schedule. */
  static Timer schedule(Instant dueAt) {
    return new Timer(
        LOCAL,
        new Timer.Subject.OfSchedule(ScheduleId.of("request", 0)),
        4,
        dueAt,
        Minutes.of(dueAt));
  }

  Timer given(String user, Instant dueAt) {
    return given(wait(user, dueAt));
  }

  Timer given(Timer item) {
    ports.timers().put(item);
    return item;
  }

  /** The wakes that were sent, in order. */
  List<Tasks.Sending> wakes() {
    return ports.tasks().sent().stream()
        .filter(sending -> sending.task() instanceof StepsTask.Advance)
        .toList();
  }

  static Task wakeOf(Timer item) {
    return item.task();
  }

  /** Drains as the queue would until there is nothing left; gives all tasks of this function. */
  List<WakeTask.Drain> drainAll(long minute) {
    var drains = new ArrayList<WakeTask.Drain>();
    ports.tasks().send(new WakeTask.Drain(minute, Optional.empty()));
    for (var next = ports.tasks().receive(WakeTask.Drain.class::isInstance, 1);
        !next.isEmpty();
        next = ports.tasks().receive(WakeTask.Drain.class::isInstance, 1)) {
      var task = (WakeTask.Drain) next.getFirst().task();
      drains.add(task);
      drain.handle(task);
      ports.tasks().acknowledge(next.getFirst());
    }
    return drains;
  }

  /** Whatever is listed under the minute. */
  List<Timer> listed(long minute) {
    var items = new ArrayList<Timer>();
    for (int shard = 0; shard < Timers.SHARDS; shard++) {
      items.addAll(ports.timers().page(minute, shard, Optional.empty()).items());
    }
    return items;
  }
}
