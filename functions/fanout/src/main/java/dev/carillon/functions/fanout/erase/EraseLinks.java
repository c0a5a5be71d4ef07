package dev.carillon.functions.fanout.erase;

import dev.carillon.audience.Audiences;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.functions.fanout.audience.SettleMembers;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import dev.carillon.source.SourceEvents;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.subscription.Subscriptions.ListedSubscription;
import dev.carillon.task.FanoutTask;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes the subscriptions, schedules and audiences of a deleted recipient, a page at a time. */
final class EraseLinks {
  private static final int PAGE = 50;

  private final Subscriptions subscriptions;
  private final Schedules schedules;
  private final Audiences audiences;
  private final Contents contents;
  private final SettleMembers settle;
  private final SourceEvents events;
  private final TimerScheduler timers;

  private EraseLinks(Ports ports) {
    this.subscriptions = ports.subscriptions();
    this.schedules = ports.schedules();
    this.audiences = ports.audiences();
    this.contents = ports.contents();
    this.settle = SettleMembers.on(ports);
    this.events = ports.sourceEvents();
    this.timers = new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks());
  }

  static EraseLinks on(Ports ports) {
    return new EraseLinks(ports);
  }

  /**
   * Others' subscriptions to it.
   *
   * @return where to go on; empty when there are no more
   */
  Optional<String> subscribers(FanoutTask.Erase task) {
    return removed(
        task, subscriptions.toObject(task.environment(), task.recipient(), request(task)));
  }

  /**
   * Its own subscriptions.
   *
   * @return where to go on; empty when there are no more
   */
  Optional<String> subscriptions(FanoutTask.Erase task) {
    return removed(
        task, subscriptions.ofRecipient(task.environment(), task.recipient(), request(task)));
  }

  private Optional<String> removed(FanoutTask.Erase task, Page<ListedSubscription> page) {
    for (ListedSubscription listed : page.items()) {
      Subscription subscription = listed.subscribed().subscription();
      if (!listed.subscribed().insertedAt().isAfter(task.deletedAt())) {
        subscriptions.remove(task.environment(), subscription.object(), subscription.recipient());
      }
    }
    return page.next();
  }

  /**
   * Schedules that trigger something for it.
   *
   * @return where to go on; empty when there are no more
   */
  Optional<String> schedules(FanoutTask.Erase task) {
    var page =
        schedules.ofRecipient(
            task.environment(),
            task.recipient(),
            it -> !it.insertedAt().isAfter(task.deletedAt()),
            request(task));
    for (Schedule schedule : page.items()) {
      schedules.delete(schedule);
      Timer.ofSchedule(schedule).ifPresent(timers::unlist);
    }
    return page.next();
  }

  /** Audiences that it was put into or came into, all at once: there are few. */
  Optional<String> audiences(FanoutTask.Erase task) {
    if (task.recipient().isUser()) {
      audiences.of(task.environment(), task.recipient(), archived(task)).stream()
          .filter(it -> !it.addedAt().isAfter(task.deletedAt()))
          .forEach(it -> audiences.remove(task.environment(), it.key(), it.member()));
      settle.deleted(task.environment(), task.recipient(), task.deletedAt());
    }
    return Optional.empty();
  }

  private Set<String> archived(FanoutTask.Erase task) {
    return contents.all(task.environment(), ContentType.AUDIENCE).stream()
        .filter(ContentHead::archived)
        .map(it -> it.id().key())
        .collect(Collectors.toSet());
  }

  /**
   * What came in of it by sources.
   *
   * @return where to go on; empty when there is no more
   */
  Optional<String> events(FanoutTask.Erase task) {
    if (!task.recipient().isUser()) {
      return Optional.empty();
    }
    var page = events.of(task.environment(), task.recipient(), request(task));
    page.items().stream()
        .filter(it -> !it.receivedAt().isAfter(task.deletedAt()))
        .forEach(events::delete);
    return page.next();
  }

  private static PageRequest request(FanoutTask.Erase task) {
    return new PageRequest(task.cursor(), Optional.empty(), PAGE);
  }
}
