package dev.carillon.functions.fanout;

import dev.carillon.task.FanoutTask;
import dev.carillon.task.FanoutTask.Member;
import dev.carillon.task.FanoutTask.Place;
import dev.carillon.trigger.Trigger;
import java.util.Optional;

/**
 * The way of a fan-out: those the trigger names; then object by object, in the order they are
 * named, their subscribers; then, in the same order, the subscribers of those subscribers that are
 * objects themselves. So anybody who is nearer to what the call names comes first.
 */
record Route(Trigger trigger) {

  /** Where the subscribers begin; empty when the trigger is for those alone that it names. */
  Optional<FanoutTask.Start> start() {
    return switch (trigger.source()) {
      case Trigger.Source.OfSchedule _ -> Optional.empty();
      case Trigger.Source.Api _, Trigger.Source.OfStep _ -> objectFrom(0, false);
    };
  }

  /** How many objects the trigger names. */
  int objects() {
    return (int) trigger.recipients().stream().filter(named -> !named.id().isUser()).count();
  }

  /**
   * Where to go on after a page of subscribers.
   *
   * @param task the one that read the page
   * @param next where the subscribers after the page begin
   * @param noted whether the page is in the roster, so that the next needs another name
   * @param nested whether any object was found among subscribers so far
   */
  Optional<FanoutTask.Start> after(
      FanoutTask.Start task, Place place, Optional<String> next, boolean noted, boolean nested) {
    int one = noted ? 1 : 0;
    if (place.member().isPresent()) {
      Member member = place.member().get();
      Member then =
          next.isPresent()
              ? new Member(member.entry(), member.page() + one)
              : new Member(member.entry() + 1, 0);
      return Optional.of(at(task.from(), new Place(place.page(), next, true, Optional.of(then))));
    }
    return next.isPresent()
        ? Optional.of(
            at(task.from(), new Place(place.page() + one, next, nested, Optional.empty())))
        : objectFrom(task.from() + 1, nested);
  }

  /**
   * Where to go on when no objects are left in a page of the roster.
   *
   * @param more whether the object has another page there
   */
  Optional<FanoutTask.Start> afterMembers(FanoutTask.Start task, Place place, boolean more) {
    return more
        ? Optional.of(at(task.from(), members(place.page() + 1)))
        : membersFrom(task.from() + 1);
  }

  private Optional<FanoutTask.Start> objectFrom(int from, boolean nested) {
    Optional<Integer> object = object(from);
    return object.isPresent()
        ? object.map(at -> at(at, new Place(0, Optional.empty(), nested, Optional.empty())))
        : nested ? membersFrom(0) : Optional.empty();
  }

  private Optional<FanoutTask.Start> membersFrom(int from) {
    return object(from).map(at -> at(at, members(0)));
  }

  private static Place members(int page) {
    return new Place(page, Optional.empty(), true, Optional.of(new Member(0, 0)));
  }

  private Optional<Integer> object(int from) {
    for (int at = from; at < trigger.recipients().size(); at++) {
      if (!trigger.recipients().get(at).id().isUser()) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private FanoutTask.Start at(int from, Place place) {
    return new FanoutTask.Start(
        trigger.environment(), trigger.id(), trigger.tenantId(), from, Optional.of(place));
  }
}
