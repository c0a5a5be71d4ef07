package dev.carillon.trigger;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accepted triggers, the keys that make them repeatable, and what cancels them. */
public interface Triggers {

  /** How long an idempotency key stands for its first call (knock: 24 hours). */
  Duration IDEMPOTENCY_WINDOW = Duration.ofHours(24);

  /**
   * A caller's idempotency key.
   *
   * @param key as sent, at most 255 characters
   * @param request a hash of the whole request, to tell a repetition from another call
   * @param requestId the id of the HTTP request, shown when the call is repeated
   */
  record Idempotency(String key, String request, String requestId) {}

  sealed interface Acceptance {
    /** Stored, whole, before this was returned. */
    record Accepted() implements Acceptance {}

    /** The key was used before; nothing was stored. */
    sealed interface Earlier extends Acceptance {}

    /**
     * The key was used with the same request before.
     *
     * @param original the trigger accepted then
     * @param requestId the id of the HTTP request of then
     */
    record Repeated(TriggerId original, String requestId) implements Earlier {}

    /** The key was used with another request before. */
    record Conflicting() implements Earlier {}
  }

  /**
   * Stores the trigger so that it outlives any crash: first its data, then, in one write that makes
   * it exist, the trigger with its idempotency key. Of two calls with one key at once, one is
   * accepted and the other is a repetition of it.
   *
   * @param now what the idempotency window is measured from
   */
  Acceptance accept(Trigger trigger, Optional<Idempotency> idempotency, Instant now);

  /**
   * What {@link #accept} would answer to a call with this key because of an earlier one, without
   * storing anything; empty when the key is not in use. To be asked first: {@code accept} finds out
   * too, but only after it has stored what a large trigger holds.
   */
  Optional<Acceptance.Earlier> before(
      EnvironmentId environment, Idempotency idempotency, Instant now);

  /** The trigger, whole; empty when none was accepted under this id. */
  Optional<Trigger> find(EnvironmentId environment, TriggerId id);

  /**
   * The same for who is told of a trigger that is about to be accepted: where looking takes no time
   * to speak of, a fifth of a second is spent on looking again before this is empty.
   */
  default Optional<Trigger> awaited(EnvironmentId environment, TriggerId id) {
    return find(environment, id);
  }

  /**
   * The triggers accepted within {@code range}, newest first; the position of one is its id. A page
   * may hold fewer than asked for and still have a next one.
   */
  Page<TriggerId> newestFirst(EnvironmentId environment, TimeRange range, PageRequest page);

  /** Whether every recipient's run has been handed to the queue. */
  boolean fannedOut(EnvironmentId environment, TriggerId id);

  /** Notes that every recipient's run has been handed to the queue. Safe to repeat. */
  void markFannedOut(EnvironmentId environment, TriggerId id);

  /**
   * Keeps the trigger at least until then; a run that waits needs it. Safe to repeat; never
   * shortens.
   */
  void keepUntil(EnvironmentId environment, TriggerId id, Instant until);

  /**
   * Takes out of a trigger what it says about somebody who was deleted, as {@link
   * Trigger#forgetting} has it. Nothing happens where there is no such trigger. Safe to repeat.
   */
  void forget(EnvironmentId environment, TriggerId id, RecipientId whom);

  /**
   * Cancels what was accepted under a cancellation key so far: a call of {@link #accept} that ended
   * before this began is cancelled, one that begins after this ended is not. Costs what it names,
   * however often the key was used: a write, and two more for each recipient. Safe to repeat.
   *
   * @param recipients whose runs, whether or not they were named in the calls or have a run yet;
   *     empty for all
   */
  void cancelUnder(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      List<RecipientId> recipients);

  /** Cancels the run of one recipient of one trigger. Safe to repeat. */
  void cancel(EnvironmentId environment, TriggerId id, RecipientId recipient);

  /** Lists a wait under its cancellation key. Safe to repeat. */
  void listWait(CancellableWait wait);

  /** Takes a wait off the list under its key; does nothing when it is not there. */
  void unlistWait(CancellableWait wait);

  /**
   * What waits under a cancellation key, or has lately; what has ended is not among it.
   *
   * @param recipient whose waits; empty for everybody's
   * @param cursor where the page before ended; empty for the first
   */
  Page<CancellableWait.Found> waitsUnder(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      Optional<RecipientId> recipient,
      Optional<String> cursor);

  /**
   * Whether the run of this recipient has been cancelled; sees every cancellation answered so far.
   */
  boolean cancelled(EnvironmentId environment, TriggerId id, RecipientId recipient);
}
