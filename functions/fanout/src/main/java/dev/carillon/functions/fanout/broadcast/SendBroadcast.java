package dev.carillon.functions.fanout.broadcast;

import dev.carillon.audience.Audiences;
import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.broadcast.BroadcastPlan;
import dev.carillon.broadcast.BroadcastProgress;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.FanoutTask.AudiencePlace;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Sends a broadcast when its time has come: stores that it is being sent, then sets its audience's
 * parts going. Who calls it off and who begins both store it on condition of the revision they
 * read, so one of them wins. Its timer stays on the list until everybody was reached: a worker that
 * died before it set the parts going is woken again, and so is a part that stands still.
 */
public final class SendBroadcast {

  /**
   * How long a part may have got no further before it is taken to be forgotten: a queue hides a
   * task from others for minutes while it is worked on, and tries it five times.
   */
  static final Duration STANDS_STILL = Duration.ofMinutes(30);

  private final Broadcasts broadcasts;
  private final ReachAudience reach;
  private final TimerScheduler timers;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  private SendBroadcast(
      Broadcasts broadcasts,
      ReachAudience reach,
      TimerScheduler timers,
      Tasks tasks,
      InstantSource clock,
      Log log) {
    this.broadcasts = broadcasts;
    this.reach = reach;
    this.timers = timers;
    this.tasks = tasks;
    this.clock = clock;
    this.log = log;
  }

  public static SendBroadcast on(Ports ports, ReachAudience reach) {
    return new SendBroadcast(
        ports.broadcasts(),
        reach,
        new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
        ports.tasks(),
        ports.clock(),
        ports.log());
  }

  public void handle(FanoutTask.SendOut task) {
    Instant now = clock.instant();
    Optional<Broadcast> found =
        broadcasts
            .find(task.environment(), task.broadcast())
            .filter(it -> it.sendings() == task.sending());
    switch (found.map(Broadcast::stage).orElseGet(Stage.Draft::new)) {
      case Stage.Draft(), Stage.Sent _ -> leave(task);
      case Stage.Scheduled(var plan) -> {
        if (now.isBefore(plan.at())) {
          armAgain(task, plan, now);
        } else {
          begin(task, found.orElseThrow(), plan, now);
        }
      }
      case Stage.Sending sending -> goOn(found.orElseThrow(), sending, now);
    }
  }

  /** It was called off, sent, or asked for anew since: nothing is due under that minute. */
  private void leave(FanoutTask.SendOut task) {
    timers.unlist(listed(task, task.minute()));
    log.decision(
        "broadcast.past", "environment", task.environment().value(), "broadcast", task.broadcast());
  }

  private void armAgain(FanoutTask.SendOut task, BroadcastPlan plan, Instant now) {
    Timer due = Timer.ofBroadcast(task.environment(), task.broadcast(), plan);
    timers.wakeAfterStoring(List.of(due), now);
    if (task.minute() != due.minute()) { // of a call that lost against another
      timers.unlist(listed(task, task.minute()));
    }
    log.decision(
        "broadcast.armed_again",
        "environment",
        task.environment().value(),
        "broadcast",
        task.broadcast());
  }

  private static Timer listed(FanoutTask.SendOut task, long minute) {
    return new Timer(
        task.environment(),
        new Timer.Subject.OfBroadcast(task.broadcast()),
        task.sending(),
        Minutes.start(minute),
        minute);
  }

  /**
   * Listed under the present minute first: where it was listed so far the sweep may have passed.
   */
  private void begin(
      FanoutTask.SendOut task, Broadcast broadcast, BroadcastPlan plan, Instant now) {
    var sending = new Stage.Sending(plan, now);
    timers.listBeforeStoring(ReachAudience.watch(broadcast, sending));
    boolean began = broadcasts.save(broadcast.at(sending, now));
    log.decision(
        began ? "broadcast.began" : "broadcast.overtaken",
        "environment",
        broadcast.environment().value(),
        "broadcast",
        broadcast.key(),
        "audience",
        plan.audience(),
        "due",
        plan.at());
    if (began) {
      tasks.send(ReachAudience.from(broadcast, sending, AudiencePlace.first(0), Audiences.PARTS));
      unlistOthers(task, broadcast, sending);
    }
  }

  private void unlistOthers(FanoutTask.SendOut task, Broadcast broadcast, Stage.Sending sending) {
    long watched = ReachAudience.watch(broadcast, sending).minute();
    LongStream.of(task.minute(), Minutes.of(sending.plan().at()))
        .distinct()
        .filter(minute -> minute != watched)
        .forEach(minute -> timers.unlist(listed(task, minute)));
  }

  /** It stays listed wherever the sweeper has put it. */
  private void goOn(Broadcast broadcast, Stage.Sending sending, Instant now) {
    List<BroadcastProgress> all =
        broadcasts.progress(broadcast.environment(), broadcast.key(), sending.plan().number());
    List<Tasks.Sending> forgotten = parts(broadcast, sending, all, now);
    if (!forgotten.isEmpty()) {
      tasks.send(forgotten);
    }
    reach.endIfOver(broadcast, sending);
    log.decision(
        "broadcast.goes_on",
        "environment",
        broadcast.environment().value(),
        "broadcast",
        broadcast.key(),
        "parts_begun",
        all.size(),
        "parts_set_going",
        forgotten.size());
  }

  /** Those parts that have not begun, and those that stand still, from where they got to. */
  private static List<Tasks.Sending> parts(
      Broadcast broadcast, Stage.Sending sending, List<BroadcastProgress> noted, Instant now) {
    var begun = noted.stream().map(BroadcastProgress::part).collect(Collectors.toSet());
    Stream<AudiencePlace> waiting =
        IntStream.range(0, Audiences.PARTS)
            .filter(part -> !begun.contains(part))
            .mapToObj(AudiencePlace::first);
    Stream<AudiencePlace> still =
        noted.stream()
            .filter(it -> !it.over() && it.at().plus(STANDS_STILL).isBefore(now))
            .map(ReachAudience::behind);
    return Stream.concat(waiting, still)
        .map(place -> ReachAudience.from(broadcast, sending, place, place.part() + 1))
        .map(task -> new Tasks.Sending(task, Duration.ZERO))
        .toList();
  }
}
