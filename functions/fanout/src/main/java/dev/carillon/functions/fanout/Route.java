package dev.carillon.functions.fanout;

import dev.carillon.task.FanoutTask;
import dev.carillon.task.FanoutTask.Member;
import dev.carillon.task.FanoutTask.Piece;
import dev.carillon.task.FanoutTask.Place;
import dev.carillon.trigger.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The way of a fan-out: those the trigger names; then object by object, in the order they are
 * named, their subscribers; then, in the same order, the subscribers of those subscribers that are
 * objects themselves. So anybody who is nearer to what the call names comes first. The subscribers
 * of one object, when there are many, are gone through in pieces beside each other, and what comes
 * behind the object waits for all of them.
 */
record Route(Trigger trigger) {

  /** Where the subscribers begin; empty when the trigger is for those alone that it names. */
  Optional<FanoutTask.Start> start() {
    return switch (trigger.source()) {
      case Trigger.Source.OfSchedule _, Trigger.Source.OfBroadcast _ -> Optional.empty();
      case Trigger.Source.Api _,
          Trigger.Source.OfStep _,
          Trigger.Source.OfEvent _,
          Trigger.Source.OfAudience _ ->
          objectFrom(0, false);
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
   * @param onward where the subscribers after the page begin
   * @param noted whether the page is in the roster, so that the next needs another name
   * @param nested whether any object was found among subscribers so far
   */
  Onward after(
      FanoutTask.Start task, Place place, List<String> onward, boolean noted, boolean nested) {
    if (onward.isEmpty()) {
      var end = new Place(place.piece(), place.page(), Optional.empty(), nested, place.member());
      return piece(place).equals(Piece.WHOLE)
          ? Onward.to(afterObject(task, end))
          : new Onward.PieceEnds(at(task.from(), end));
    }
    if (onward.size() == 1) {
      int page = place.member().map(Member::page).orElse(place.page()) + (noted ? 1 : 0);
      return Onward.to(on(task, place, piece(place), page, onward.getFirst(), nested));
    }
    return new Onward.To(
        IntStream.range(0, onward.size())
            .mapToObj(
                i -> {
                  var piece = new Piece(i + 1, onward.size());
                  return on(task, place, piece, 0, onward.get(i), nested);
                })
            .toList());
  }

  private FanoutTask.Start on(
      FanoutTask.Start task, Place place, Piece piece, int page, String cursor, boolean nested) {
    Optional<Member> member = place.member().map(it -> new Member(it.entry(), piece, page));
    return at(
        task.from(),
        member.isPresent()
            ? new Place(place.piece(), place.page(), Optional.of(cursor), true, member)
            : new Place(piece, page, Optional.of(cursor), nested, member));
  }

  /** In which piece of whose subscribers are read at the place. */
  static Piece piece(Place place) {
    return place.member().map(Member::piece).orElse(place.piece());
  }

  /**
   * Where to go on when an object's subscribers have all been gone through.
   *
   * @param place where the last of them were, {@code nested} as all of them came to
   */
  Optional<FanoutTask.Start> afterObject(FanoutTask.Start task, Place place) {
    return place.member().isPresent()
        ? Optional.of(
            at(
                task.from(),
                new Place(
                    place.piece(),
                    place.page(),
                    Optional.empty(),
                    true,
                    Optional.of(Member.first(place.member().get().entry() + 1)))))
        : objectFrom(task.from() + 1, place.nested());
  }

  /**
   * Where to go on when no objects are left in a page of the roster.
   *
   * @param onward how many ways the object's subscribers go on there
   */
  Optional<FanoutTask.Start> afterMembers(FanoutTask.Start task, Place place, int onward) {
    Piece piece = place.piece();
    if (onward == 1) {
      return Optional.of(at(task.from(), members(piece, place.page() + 1)));
    }
    if (onward > 1) {
      return Optional.of(at(task.from(), members(new Piece(1, onward), 0)));
    }
    return piece.number() < piece.of()
        ? Optional.of(at(task.from(), members(new Piece(piece.number() + 1, piece.of()), 0)))
        : membersFrom(task.from() + 1);
  }

  private Optional<FanoutTask.Start> objectFrom(int from, boolean nested) {
    Optional<Integer> object = object(from);
    return object.isPresent()
        ? object.map(
            at -> at(at, new Place(Piece.WHOLE, 0, Optional.empty(), nested, Optional.empty())))
        : nested ? membersFrom(0) : Optional.empty();
  }

  private Optional<FanoutTask.Start> membersFrom(int from) {
    return object(from).map(at -> at(at, members(Piece.WHOLE, 0)));
  }

  private static Place members(Piece piece, int page) {
    return new Place(piece, page, Optional.empty(), true, Optional.of(Member.first(0)));
  }

  private Optional<Integer> object(int from) {
    for (int at = from; at < trigger.recipients().size(); at++) {
      if (!trigger.recipients().get(at).id().isUser()) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  FanoutTask.Start at(int from, Place place) {
    return new FanoutTask.Start(
        trigger.environment(), trigger.id(), trigger.tenantId(), from, Optional.of(place));
  }
}
