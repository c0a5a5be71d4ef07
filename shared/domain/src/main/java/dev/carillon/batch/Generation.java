package dev.carillon.batch;

import dev.carillon.batch.Batches.Joined;
import dev.carillon.batch.Batches.Standing;
import dev.carillon.batch.Batches.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One generation of a batch, and what each call makes of it. Pure: an adapter of {@link Batches}
 * reads one, lets it decide, and stores what came of it if nobody else stored one meanwhile.
 *
 * @param number from 1
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
    Instant latest,
    int maxItems,
    Optional<Activity> holder,
    int items) {

  /** The longest that anything waits: a window that slides without a limit closes after it. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** A close that was made due before its time stays due, whatever a slower clock says. */
  public enum Status {
    OPEN,
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
            latest,
            terms.maxItems(),
            Optional.empty(),
            0);
    return terms.leading() ? empty : empty.taken(by, now);
  }

  /** Whether an activity that comes now is inside; otherwise it opens the next one. */
  public boolean admits(Instant now) {
    return status == Status.OPEN && now.isBefore(closeAt);
  }

  /** With an activity that it admits. */
  public Generation with(Activity activity, Terms terms, Instant now) {
    Generation with = taken(activity, now);
    if (with.status == Status.DUE || terms.sliding().isEmpty()) {
      return with;
    }
    if (!now.isBefore(latest)) {
      return with.closing(Status.DUE, now);
    }
    Instant moved = earlier(now.plus(terms.sliding().get()), latest);
    // Never back: whoever waits for a close that comes earlier would wait too long.
    return moved.isAfter(closeAt) ? with.closing(Status.OPEN, moved) : with;
  }

  private Generation taken(Activity activity, Instant now) {
    var taken =
        new Generation(
            number,
            status,
            openedAt,
            closeAt,
            latest,
            maxItems,
            holder.or(() -> Optional.of(activity.withoutData())),
            items + 1);
    return taken.items >= maxItems ? taken.closing(Status.DUE, earlier(now, closeAt)) : taken;
  }

  /** With one activity fewer; who holds it goes on holding it. */
  public Generation withOneFewer() {
    return new Generation(number, status, openedAt, closeAt, latest, maxItems, holder, items - 1);
  }

  /** With the close due, if it is open and its close is later. */
  public Generation hastened(Instant now) {
    return admits(now) ? closing(Status.DUE, now) : this;
  }

  /** Closed, if the close is due. */
  public Generation closed(Instant now) {
    return due(now) ? closing(Status.CLOSED, closeAt) : this;
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
      case INSIDE -> new Joined.Inside(number, closeAt, holder.orElseThrow(), due(now));
      case LEADS -> new Joined.Leads(number, closeAt);
    };
  }

  public Standing standing() {
    return new Standing(number, openedAt, closeAt, holder, items, isClosed());
  }

  private Generation closing(Status next, Instant at) {
    return new Generation(number, next, openedAt, at, latest, maxItems, holder, items);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
