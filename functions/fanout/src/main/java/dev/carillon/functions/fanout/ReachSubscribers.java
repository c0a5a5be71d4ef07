package dev.carillon.functions.fanout;

import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.runtime.Log;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.FanoutTask.Member;
import dev.carillon.task.FanoutTask.Place;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.FanoutPages.Enrolled;
import dev.carillon.trigger.FanoutPages.Reached;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts the runs of those subscribed to the objects that a trigger names, a page of subscribers
 * per task. A page is noted in the roster before its tasks are sent, and what was noted first
 * stands: a page done twice means the same recipients, and the same page after it.
 */
final class ReachSubscribers {
  /** Lists that one task reads before it hands on: many objects have no subscribers. */
  private static final int READS = 20;

  private final Triggers triggers;
  private final Subscriptions subscriptions;
  private final FanoutPages rosters;
  private final Tasks tasks;
  private final Log log;

  ReachSubscribers(
      Triggers triggers, Subscriptions subscriptions, FanoutPages rosters, Tasks tasks, Log log) {
    this.triggers = triggers;
    this.subscriptions = subscriptions;
    this.rosters = rosters;
    this.tasks = tasks;
    this.log = log;
  }

  /**
   * What one look came to.
   *
   * @param noted the name of the page in the roster; empty when nobody was reached
   */
  private record Found(
      Optional<String> noted,
      List<Reached> reached,
      boolean handedOver,
      Optional<FanoutTask.Start> next) {
    static Found nobody(Optional<FanoutTask.Start> next) {
      return new Found(Optional.empty(), List.of(), false, next);
    }
  }

  /**
   * @param task with a place
   */
  void handle(Trigger trigger, FanoutTask.Start task) {
    Found found = look(trigger, task);
    for (int read = 1;
        read < READS && found.noted().isEmpty() && found.next().isPresent();
        read++) {
      found = look(trigger, found.next().get());
    }
    // A page that was handed over has handed over the next one too, in another copy of the task.
    if (!found.handedOver()) {
      var sendings = new ArrayList<Task>();
      found.reached().forEach(one -> sendings.add(StartRuns.start(trigger, one)));
      found.next().ifPresent(sendings::add);
      tasks.send(sendings.stream().map(StartRuns::sending).toList());
      found
          .noted()
          .ifPresent(name -> rosters.markHandedOver(trigger.environment(), trigger.id(), name));
    }
    if (found.next().isEmpty()) {
      triggers.markFannedOut(trigger.environment(), trigger.id());
    }
    log.decision(
        "trigger.subscribers_reached",
        "environment",
        trigger.environment().value(),
        "trigger",
        trigger.id(),
        "workflow",
        trigger.workflow().value(),
        "page",
        found.noted(),
        "runs",
        found.reached().size(),
        "repeated",
        found.handedOver(),
        "more",
        found.next().isPresent());
  }

  private Found look(Trigger trigger, FanoutTask.Start task) {
    Place place = task.place().orElseThrow();
    RecipientId named = trigger.recipients().get(task.from()).id();
    if (place.member().isEmpty()) {
      return subscribers(trigger, task, place, named);
    }
    Optional<Page<Reached>> page =
        rosters.enrolled(trigger.environment(), trigger.id(), name(task.from(), place.page()));
    List<Reached> entries = page.map(Page::items).orElse(List.of());
    for (int entry = place.member().get().entry(); entry < entries.size(); entry++) {
      if (expands(entries.get(entry), named)) {
        var member = new Member(entry, place.member().get().page());
        var at = new Place(place.page(), place.cursor(), true, Optional.of(member));
        return subscribers(trigger, task, at, entries.get(entry).recipient());
      }
    }
    boolean more = page.flatMap(Page::next).isPresent();
    return Found.nobody(new Route(trigger).afterMembers(task, place, more));
  }

  /** Whether its subscribers are reached from here: an object, and not one of an earlier page. */
  private static boolean expands(Reached reached, RecipientId named) {
    return !reached.recipient().isUser() && reached.via().equals(named);
  }

  private Found subscribers(
      Trigger trigger, FanoutTask.Start task, Place place, RecipientId object) {
    var route = new Route(trigger);
    Page<Subscription> page = subscriptions.of(trigger.environment(), object, place.cursor());
    List<Reached> reached = reached(trigger, task, place, object, page.items());
    if (reached.isEmpty()) {
      return Found.nobody(route.after(task, place, page.next(), false, place.nested()));
    }
    String name =
        place
            .member()
            .map(
                it ->
                    name(task.from(), place.page()) + ".%02d.%06d".formatted(it.entry(), it.page()))
            .orElseGet(() -> name(task.from(), place.page()));
    Enrolled enrolled =
        rosters.enroll(trigger.environment(), trigger.id(), name, new Page<>(reached, page.next()));
    List<Reached> stands = enrolled.page().items();
    boolean nested = place.nested() || stands.stream().anyMatch(one -> expands(one, object));
    return new Found(
        Optional.of(name),
        stands,
        enrolled.handedOver(),
        route.after(task, place, enrolled.page().next(), true, nested));
  }

  private static String name(int from, int page) {
    return "%04d.%06d".formatted(from, page);
  }

  /** Whom a page of subscribers reaches, each through the object that comes first for it. */
  private List<Reached> reached(
      Trigger trigger,
      FanoutTask.Start task,
      Place place,
      RecipientId object,
      List<Subscription> subscribers) {
    Set<RecipientId> apart =
        trigger.recipients().stream().map(Trigger.Named::id).collect(Collectors.toSet());
    trigger.actor().ifPresent(actor -> apart.add(actor.id()));
    List<RecipientId> who =
        subscribers.stream()
            .map(Subscription::recipient)
            .filter(recipient -> !apart.contains(recipient))
            .toList();
    boolean only = new Route(trigger).objects() == 1;
    if (only && place.member().isEmpty()) {
      return who.stream().map(one -> new Reached(one, object)).toList();
    }
    RecipientId named = trigger.recipients().get(task.from()).id();
    List<Reached> nearest =
        who.stream()
            .map(one -> new Reached(one, only && subscribes(trigger, one, named) ? named : object))
            .toList();
    return rosters.claim(trigger.environment(), trigger.id(), nearest);
  }

  private boolean subscribes(Trigger trigger, RecipientId recipient, RecipientId object) {
    return subscriptions.find(trigger.environment(), object, recipient).isPresent();
  }
}
