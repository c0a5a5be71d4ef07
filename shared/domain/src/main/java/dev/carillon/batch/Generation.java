package dev.carillon.batch;

import dev.carillon.batch.Batches.Joined;
import dev.carillon.batch.Batches.Standing;
import dev.carillon.batch.Batches.Terms;
import dev.carillon.window.SlidingWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One generation of a batch, and what each call makes of it. Pure: an adapter of {@link Batches}
 * reads one, lets it decide, and stores what came of it if nobody else stored one meanwhile.
 *
 * @param number from 1
 * @param movedAt when the activity came that set the close; the close itself where none moves it
 * @param latest the instant beyond which no activity moves the close
 * @param maxItems with how many activities the close is due
 * @param holder the activity of the run that holds it, without its data
 * @param items how many activities are inside
 */
public record Generation(
    int number,
    Status status,
    Instant openedAt,
    Instant closeAt,
    Instant movedAt,
    Instant latest,
    int maxItems,
    Optional<Activity> holder,
    int items) {

  /** The longest that anything waits: a window that slides without a limit closes after it. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * A close that comes sooner than it did is told to who waits for it until they have asked. One
   * that was made due before its time stays due, whatever a slower clock says.
   */
  public enum Status {
    OPEN,
    SOONER,
    DUE,
    CLOSED
  }

  /** As what an activity was taken in; kept, so that it gets the same answer again. */
  public enum Role {
    HOLDS,
    INSIDE,
    LEADS
  }

  /** Opened by an activity that is inside, or that leads when the terms say so. */
  public static Generation opened(int number, Activity by, Terms terms, Instant now) {
    Instant latest =
        terms.sliding().isPresent()
            ? terms.latest().orElseGet(() -> now.plus(LONGEST))
            : terms.closeAt();
    var empty =
        new Generation(
            number,
            Status.OPEN,
            now,
            terms.closeAt(),
            terms.sliding().isPresent() ? now : terms.closeAt(),
            latest,
            terms.maxItems(),
            Optional.empty(),
            0);
    return terms.leading() ? empty : empty.taken(by, now);
  }

  /** Whether an activity that comes now is inside; otherwise it opens the next one. */
  public boolean admits(Instant now) {
    return isOpen() && now.isBefore(closeAt);
  }

  private boolean isOpen() {
    return status == Status.OPEN || status == Status.SOONER;
  }

  /** With an activity that it admits. */
  public Generation with(Activity activity, Terms terms, Instant now) {
    Generation with = taken(activity, now);
    if (with.status == Status.DUE || terms.sliding().isEmpty()) {
      return with;
    }
    Instant close = SlidingWindow.close(now, terms.sliding().get(), Optional.of(latest));
    if (!close.isAfter(now)) {
      return with.closing(Status.DUE, now);
    }
    if (close.isAfter(closeAt)) {
      return with.moving(status, close, now);
    }
    // A clock that is behind gives an earlier close too, but no shorter window.
    boolean shorter =
        Duration.between(now, close).compareTo(Duration.between(movedAt, closeAt)) < 0;
    return shorter && close.isBefore(closeAt) ? with.moving(Status.SOONER, close, now) : with;
  }

  private Generation taken(Activity activity, Instant now) {
    var taken =
        new Generation(
            number,
            status,
            openedAt,
            closeAt,
            movedAt,
            latest,
            maxItems,
            holder.or(() -> Optional.of(activity.withoutData())),
            items + 1);
    return taken.items >= maxItems ? taken.closing(Status.DUE, earlier(now, closeAt)) : taken;
  }

  /** With one activity fewer; who holds it goes on holding it. */
  public Generation withOneFewer() {
    return new Generation(
        number, status, openedAt, closeAt, movedAt, latest, maxItems, holder, items - 1);
  }

  /** With the close due, if it is open and its close is later. */
  public Generation hastened(Instant now) {
    return admits(now) ? closing(Status.DUE, now) : this;
  }

  /** Closed, if the close is due; else who waits for it knows by now when it is. */
  public Generation closed(Instant now) {
    return closing(due(now) || isClosed() ? Status.CLOSED : Status.OPEN, closeAt);
  }

  public boolean isClosed() {
    return status == Status.CLOSED;
  }

  private boolean due(Instant now) {
    return !isClosed() && !admits(now);
  }

  /** The last instant that its close may move to; what is kept of it is kept from then on. */
  public Instant lastClose() {
    return latest.isAfter(closeAt) ? latest : closeAt;
  }

  /** As what an activity that has just been taken in is there. */
  public Role roleOf(Activity activity) {
    if (holder.isEmpty()) {
      return Role.LEADS;
    }
    return holder.get().run().equals(activity.run()) ? Role.HOLDS : Role.INSIDE;
  }

  /** The answer to an activity of that role, as things are now. */
  public Joined answer(Role role, Instant now) {
    return switch (role) {
      case HOLDS -> new Joined.Holds(number, closeAt);
      case INSIDE ->
          new Joined.Inside(
              number, closeAt, holder.orElseThrow(), status == Status.SOONER || due(now));
      case LEADS -> new Joined.Leads(number, closeAt);
    };
  }

  public Standing standing() {
    return new Standing(number, openedAt, closeAt, holder, items, isClosed());
  }

  private Generation closing(Status next, Instant at) {
    return new Generation(number, next, openedAt, at, movedAt, latest, maxItems, holder, items);
  }

  private Generation moving(Status next, Instant at, Instant by) {
    return new Generation(number, next, openedAt, at, by, latest, maxItems, holder, items);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
