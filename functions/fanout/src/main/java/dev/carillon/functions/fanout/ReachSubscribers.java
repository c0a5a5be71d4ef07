package dev.carillon.functions.fanout;

import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.runtime.Log;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.FanoutTask.Member;
import dev.carillon.task.FanoutTask.Piece;
import dev.carillon.task.FanoutTask.Place;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.FanoutPages.Enrolled;
import dev.carillon.trigger.FanoutPages.NotedPage;
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

  /**
   * So many pages of an object's subscribers are gone through one after the other before the rest
   * is split. Up to 500 subscribers take a second or two that way; beyond, the tasks of 16 pieces
   * and a write unit for the end of each are little beside the runs.
   */
  static final int UNSPLIT = 5;

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
      Optional<String> noted, List<Reached> reached, boolean handedOver, Onward next) {
    static Found nobody(Onward next) {
      return new Found(Optional.empty(), List.of(), false, next);
    }
  }

  /**
   * @param task with a place
   */
  void handle(Trigger trigger, FanoutTask.Start task) {
    Found found = look(trigger, task);
    for (int read = 1;
        read < READS && found.noted().isEmpty() && found.next().single().isPresent();
        read++) {
      found = look(trigger, found.next().single().get());
    }
    // A page that was handed over has handed over the next one too, in another copy of the task.
    if (!found.handedOver()) {
      handOver(trigger, found);
    }
    boolean over =
        switch (found.next()) {
          case Onward.To _ -> false;
          case Onward.PieceEnds(var at) -> endPiece(trigger, at);
          case Onward.Over _ -> true;
        };
    if (over) {
      triggers.markFannedOut(trigger.environment(), trigger.id());
    }
    log.decision(
        "trigger.subscribers_reached",
        "environment",
        trigger.environment().value(),
        "trigger",
        trigger.id(),
        "trace_id",
        trigger.trace().id(),
        "workflow",
        trigger.workflow().value(),
        "page",
        found.noted(),
        "runs",
        found.reached().size(),
        "repeated",
        found.handedOver(),
        "more",
        !over);
  }

  private void handOver(Trigger trigger, Found found) {
    var sendings = new ArrayList<Task>();
    found.reached().forEach(one -> sendings.add(StartRuns.start(trigger, one)));
    if (found.next() instanceof Onward.To(var next)) {
      sendings.addAll(next);
    }
    if (!sendings.isEmpty()) {
      tasks.send(sendings.stream().map(StartRuns::sending).toList());
    }
    found
        .noted()
        .ifPresent(name -> rosters.markHandedOver(trigger.environment(), trigger.id(), name));
  }

  /**
   * Also after a page that was handed over: its task may have died before this.
   *
   * @return whether it was the last piece of the last object
   */
  private boolean endPiece(Trigger trigger, FanoutTask.Start at) {
    Place place = at.place().orElseThrow();
    Piece piece = Route.piece(place);
    Optional<Boolean> nested =
        rosters.endPiece(
            trigger.environment(),
            trigger.id(),
            object(at.from(), place),
            piece.number(),
            piece.of(),
            place.nested());
    if (nested.isEmpty()) {
      return false;
    }
    var end = new Place(place.piece(), place.page(), place.cursor(), nested.get(), place.member());
    Optional<FanoutTask.Start> next = new Route(trigger).afterObject(at, end);
    next.ifPresent(tasks::send);
    return next.isEmpty();
  }

  private Found look(Trigger trigger, FanoutTask.Start task) {
    Place place = task.place().orElseThrow();
    RecipientId named = trigger.recipients().get(task.from()).id();
    if (place.member().isEmpty()) {
      return subscribers(trigger, task, place, named);
    }
    Optional<NotedPage> page =
        rosters.enrolled(trigger.environment(), trigger.id(), direct(task.from(), place));
    List<Reached> entries = page.map(NotedPage::reached).orElse(List.of());
    for (int entry = place.member().get().entry(); entry < entries.size(); entry++) {
      if (expands(entries.get(entry), named)) {
        // Only the one that the task comes for has been gone into already.
        Member of = place.member().get();
        var member = entry == of.entry() ? of : Member.first(entry);
        var at = new Place(place.piece(), place.page(), place.cursor(), true, Optional.of(member));
        return subscribers(trigger, task, at, entries.get(entry).recipient());
      }
    }
    int onward = page.map(it -> it.onward().size()).orElse(0);
    return Found.nobody(Onward.to(new Route(trigger).afterMembers(task, place, onward)));
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
    List<String> onward = onward(trigger, object, place, page.next());
    if (reached.isEmpty() && onward.size() <= 1) {
      return Found.nobody(route.after(task, place, onward, false, place.nested()));
    }
    String name = name(task.from(), place);
    Enrolled enrolled =
        rosters.enroll(trigger.environment(), trigger.id(), name, new NotedPage(reached, onward));
    List<Reached> stands = enrolled.page().reached();
    boolean nested = place.nested() || stands.stream().anyMatch(one -> expands(one, object));
    return new Found(
        Optional.of(name),
        stands,
        enrolled.handedOver(),
        route.after(task, place, enrolled.page().onward(), true, nested));
  }

  /** Where subscribers go on after a page: at several places once it shows that there are many. */
  private List<String> onward(
      Trigger trigger, RecipientId object, Place place, Optional<String> next) {
    int page = place.member().map(Member::page).orElse(place.page());
    return next.isPresent() && page + 1 == UNSPLIT && Route.piece(place).equals(Piece.WHOLE)
        ? subscriptions.split(trigger.environment(), object, next.get())
        : next.stream().toList();
  }

  /** What a page is called in the roster. */
  private static String name(int from, Place place) {
    return object(from, place)
        + place
            .member()
            .map(it -> page(it.piece(), it.page()))
            .orElseGet(() -> page(place.piece(), place.page()));
  }

  /** What the page of the named object's own subscribers is called. */
  private static String direct(int from, Place place) {
    return "%04d".formatted(from) + page(place.piece(), place.page());
  }

  /** What all pages of an object are called, before their own number. */
  private static String object(int from, Place place) {
    return place
        .member()
        .map(it -> direct(from, place) + ".%02d".formatted(it.entry()))
        .orElseGet(() -> "%04d".formatted(from));
  }

  private static String page(Piece piece, int page) {
    return piece.equals(Piece.WHOLE)
        ? ".%06d".formatted(page)
        : ".%02d.%06d".formatted(piece.number(), page);
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
