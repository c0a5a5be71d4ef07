package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.event.ChangeMessage;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.message.RetryPolicy;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Hands a message to its provider, one attempt per task.
 *
 * <p>An attempt is claimed by a conditional write before the request is made and its result
 * recorded by another after it, so of two copies of a task one makes the request. A worker that
 * finds a claim that is still good puts the task back until the claim has run out; a worker that
 * finds one that has run out records that the attempt's outcome is unknown before the next attempt
 * is claimed, in one write. The result is recorded before the next attempt is enqueued, and a copy
 * of the task that finds the result recorded enqueues it again.
 */
final class DeliverMessage {
  /** What the claim outlives the provider's patience by: the writes around the request. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** How often a task looks again when somebody else changed the message meanwhile. */
  private static final int TRIES = 5;

  /** Why an outcome is unknown when the worker that made the attempt did not live to record it. */
  private static final String INTERRUPTED = "interrupted";

  private final Messages messages;
  private final ChangeMessage change;
  private final Channels channels;
  private final Triggers triggers;
  private final Tasks tasks;
  private final SendMessage send;
  private final InstantSource clock;

  DeliverMessage(
      Messages messages,
      ChangeMessage change,
      Channels channels,
      Triggers triggers,
      Tasks tasks,
      SendMessage send,
      InstantSource clock) {
    this.messages = messages;
    this.change = change;
    this.channels = channels;
    this.triggers = triggers;
    this.tasks = tasks;
    this.send = send;
    this.clock = clock;
  }

  /** What came of a task, for the log. */
  sealed interface Outcome {
    /** An attempt was made; the message stands as recorded. */
    record Attempted(Message message) implements Outcome {}

    /** It was held back and is in its feed now; there was nobody to ask. */
    record Shown(Message message) implements Outcome {}

    /** It is not time for this attempt: the task, or the one after it, was enqueued for later. */
    record Later(Duration delay) implements Outcome {}

    /** There is nothing left to do for this task. */
    record Past() implements Outcome {}

    /** The message is not to be sent any more. */
    record Withheld(String reason) implements Outcome {}
  }

  Outcome handle(DeliveryTask.Deliver task) {
    // Nearly always it stands as it was made. Should it not any more, the claim is not stored.
    Optional<Outcome> first =
        messages
            .glimpse(task.environment(), task.message())
            .filter(seen -> isUntouched(seen.message()))
            .flatMap(
                seen ->
                    attempt(
                        task, seen.message(), seen.message(), seen.content(), 1, clock.instant()));
    if (first.isPresent()) {
      return first.get();
    }
    for (int i = 0; i < TRIES; i++) {
      Optional<Message> found = messages.find(task.environment(), task.message());
      found.filter(message -> !isUntouched(message)).ifPresent(this::publishAgain);
      if (found.isEmpty() || !open(found.get())) {
        return new Outcome.Past();
      }
      Optional<Outcome> outcome = handle(task, found.get());
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new IllegalStateException("Message " + task.message() + " keeps changing");
  }

  /** The worker that stored what became of the message may have died before it was published. */
  private void publishAgain(Message message) {
    change.publishAgain(message, DeliverMessage::isOfDelivery);
  }

  private static boolean isOfDelivery(String type) {
    return Arrays.stream(DeliveryStatus.values())
        .anyMatch(status -> status.wireName().equals(type));
  }

  /** Empty when somebody else changed the message first. */
  private Optional<Outcome> handle(DeliveryTask.Deliver task, Message message) {
    Instant now = clock.instant();
    Optional<Attempt> last = message.lastAttempt();
    if (message.currentAttempts().isEmpty()) {
      int number = last.map(Attempt::number).orElse(0) + 1;
      return attempt(task, message, message, Optional.empty(), number, now);
    }
    int number = last.get().number();
    return switch (last.get().result()) {
      case Result.Claimed(var leaseUntil) when now.isBefore(leaseUntil) ->
          Optional.of(again(task, task.attempt(), Duration.between(now, leaseUntil)));
      case Result.Claimed _ -> afterUnknown(task, message, last.get(), now);
      case Result.Deferred(_, _, var retryAt) -> next(task, message, number, retryAt, now);
      case Result.Ambiguous(_, var retryAt) -> next(task, message, number, retryAt, now);
      case Result.Accepted _, Result.Refused _ -> Optional.of(new Outcome.Past());
    };
  }

  /**
   * The last attempt is over and did not succeed: is this task for the one after it, and is it
   * time?
   */
  private Optional<Outcome> next(
      DeliveryTask.Deliver task,
      Message message,
      int number,
      Optional<Instant> retryAt,
      Instant now) {
    if (retryAt.isEmpty() || task.attempt() < earliestTask(message, number)) {
      return Optional.of(new Outcome.Past());
    }
    // An attempt is made under a task of its own, which owes the one after it should we die.
    return now.isBefore(retryAt.get()) || task.attempt() <= number
        ? Optional.of(again(task, number + 1, Duration.between(now, retryAt.get())))
        : attempt(task, message, message, Optional.empty(), number + 1, now);
  }

  /**
   * Which attempt's task may have made this one and died before it enqueued the next: an attempt
   * that takes the place of an interrupted one is made under the task of that.
   */
  private static int earliestTask(Message message, int number) {
    int earliest = number;
    while (earliest > 1
        && message.attempts().get(earliest - 2).result() instanceof Result.Ambiguous(var why, _)
        && why.equals(INTERRUPTED)) {
      earliest--;
    }
    return earliest;
  }

  /**
   * The worker that claimed the attempt is gone, and whether the provider took the message is not
   * known.
   */
  private Optional<Outcome> afterUnknown(
      DeliveryTask.Deliver task, Message message, Attempt lost, Instant now) {
    boolean atMostOnce = channel(message).map(Channel::atMostOnce).orElse(false);
    if (atMostOnce || nth(message, lost.number()) >= RetryPolicy.MAX_ATTEMPTS) {
      Message given =
          message
              .with(lost.ended(new Result.Ambiguous(INTERRUPTED, Optional.empty()), 0), now)
              .become(
                  DeliveryStatus.UNDELIVERED,
                  failure(atMostOnce ? "ambiguous" : "retries_exhausted", INTERRUPTED),
                  now);
      return change.save(message, given)
          ? Optional.of(new Outcome.Attempted(given))
          : Optional.empty();
    }
    Message noted =
        message
            .with(lost.ended(new Result.Ambiguous(INTERRUPTED, Optional.of(now)), 0), now)
            .become(
                DeliveryStatus.DELIVERY_ATTEMPTED,
                retryable(nth(message, lost.number()), INTERRUPTED, true),
                now);
    return attempt(task, message, noted, Optional.empty(), lost.number() + 1, now);
  }

  /**
   * @param noted the message with what is recorded together with the claim
   * @param known what it says, if that is known already
   */
  private Optional<Outcome> attempt(
      DeliveryTask.Deliver task,
      Message message,
      Message noted,
      Optional<MessageContent> known,
      int number,
      Instant now) {
    Optional<String> unwanted = unwanted(task, noted, now);
    if (unwanted.isPresent()) {
      return change.save(message, noted.withheld(unwanted.get(), now))
          ? Optional.of(new Outcome.Withheld(unwanted.get()))
          : Optional.empty();
    }
    Optional<Channel> channel = channel(message);
    if (channel.isEmpty()) {
      Message failed =
          noted.become(
              DeliveryStatus.UNDELIVERED, failure("fatal_error", "channel_not_configured"), now);
      return change.save(message, failed)
          ? Optional.of(new Outcome.Attempted(failed))
          : Optional.empty();
    }
    if (message.channelType() == ChannelType.IN_APP_FEED) {
      // It is where it is to be; nobody outside is asked.
      Message shown = noted.become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, now);
      return change.save(message, shown) ? Optional.of(new Outcome.Shown(shown)) : Optional.empty();
    }
    MessageContent content =
        known
            .or(() -> messages.content(message.environment(), message.id()))
            .orElseThrow(() -> new IllegalStateException("No content of " + message.id()));
    Instant leaseUntil = now.plus(send.patience(channel.get())).plus(MARGIN);
    Message claimed =
        queuedAgain(noted, now)
            .with(new Attempt(number, now, new Result.Claimed(leaseUntil), 0), now);
    if (!change.save(message, claimed)) {
      return Optional.empty();
    }
    Sent sent = send.send(claimed, content, channel.get());
    Instant ended = clock.instant();
    Message recorded =
        change.change(claimed.stored(), current -> conclude(current, number, sent, ended));
    retry(task, recorded, number, ended);
    return Optional.of(new Outcome.Attempted(recorded));
  }

  private Message conclude(Message message, int number, Sent sent, Instant now) {
    Attempt attempt =
        message.attempts().stream()
            .filter(candidate -> candidate.number() == number)
            .findFirst()
            .orElseThrow();
    if (!(attempt.result() instanceof Result.Claimed)) {
      // Our claim ran out and somebody recorded that nobody knows. That a second request was made
      // stays on record; all that can be added is that the provider did take the message.
      return sent.result() instanceof DeliveryResult.Accepted(var externalId, var reached)
          ? externalId.map(message::known).orElse(message).become(reached, Json.Obj.EMPTY, now)
          : message;
    }
    long took = Duration.between(attempt.at(), now).toMillis();
    Instant first = message.currentAttempts().getFirst().at();
    int nth = nth(message, number);
    return switch (sent.result()) {
      case DeliveryResult.Accepted(var externalId, var reached) -> {
        Message accepted =
            message.with(
                attempt.ended(new Result.Accepted(sent.answer().orElse(new Answer(200, ""))), took),
                now);
        Message known = externalId.map(accepted::known).orElse(accepted);
        // A confirmation can be here before us; the timeline still says that it was sent.
        yield known.status().mayBecome(reached)
            ? known.become(reached, Json.Obj.EMPTY, now)
            : known.noted(reached.wireName(), Json.Obj.EMPTY, now);
      }
      case DeliveryResult.Bounced(var reason, _) ->
          refused(message, attempt, sent, reason, took, now)
              .become(DeliveryStatus.BOUNCED, failure("bounced", reason), now);
      case DeliveryResult.Misconfigured(var reason) ->
          refused(message, attempt, sent, reason, took, now)
              .become(DeliveryStatus.UNDELIVERED, failure("fatal_error", reason), now);
      case DeliveryResult.Rejected(var reason) ->
          refused(message, attempt, sent, reason, took, now)
              .become(DeliveryStatus.UNDELIVERED, failure("fatal_error", reason), now);
      case DeliveryResult.Deferred(var reason, var askedFor) -> {
        var retryAt = RetryPolicy.next(message.id(), nth, first, now, askedFor);
        yield unsuccessful(
            message.with(
                attempt.ended(new Result.Deferred(sent.answer(), reason, retryAt), took), now),
            nth,
            reason,
            false,
            retryAt,
            now);
      }
      case DeliveryResult.Ambiguous(var reason) -> {
        boolean atMostOnce = channel(message).map(Channel::atMostOnce).orElse(false);
        Optional<Instant> retryAt =
            atMostOnce
                ? Optional.empty()
                : RetryPolicy.next(message.id(), nth, first, now, Optional.empty());
        Message noted =
            message.with(attempt.ended(new Result.Ambiguous(reason, retryAt), took), now);
        yield atMostOnce
            ? noted.become(DeliveryStatus.UNDELIVERED, failure("ambiguous", reason), now)
            : unsuccessful(noted, nth, reason, true, retryAt, now);
      }
    };
  }

  /** Which attempt it is since somebody last asked for the message to be tried anew. */
  private static int nth(Message message, int number) {
    return number - (message.attempts().size() - message.currentAttempts().size());
  }

  /** A retry is queued as the first attempt was, and its timeline says so. */
  private static Message queuedAgain(Message message, Instant now) {
    return message.status() == DeliveryStatus.DELIVERY_ATTEMPTED
        ? message.become(DeliveryStatus.QUEUED, Json.Obj.EMPTY, now)
        : message;
  }

  private static Message refused(
      Message message, Attempt attempt, Sent sent, String reason, long took, Instant now) {
    return message.with(attempt.ended(new Result.Refused(sent.answer(), reason), took), now);
  }

  private static Message unsuccessful(
      Message message,
      int number,
      String reason,
      boolean ambiguous,
      Optional<Instant> retryAt,
      Instant now) {
    return retryAt.isPresent()
        ? message.become(
            DeliveryStatus.DELIVERY_ATTEMPTED, retryable(number, reason, ambiguous), now)
        : message.become(DeliveryStatus.UNDELIVERED, failure("retries_exhausted", reason), now);
  }

  /**
   * @param ambiguous the provider may have taken the message all the same
   */
  private static Json.Obj retryable(int attempt, String reason, boolean ambiguous) {
    return Json.object()
        .with("attempt", Json.of(attempt))
        .with("max_attempts", Json.of(RetryPolicy.MAX_ATTEMPTS))
        .with("retryable", Json.TRUE)
        .with("reason", reason)
        .with("ambiguous", Json.of(ambiguous));
  }

  private void retry(DeliveryTask.Deliver task, Message recorded, int number, Instant now) {
    Optional<Instant> retryAt =
        recorded
            .lastAttempt()
            .filter(last -> last.number() == number && open(recorded))
            .flatMap(
                last ->
                    switch (last.result()) {
                      case Result.Deferred(_, _, var at) -> at;
                      case Result.Ambiguous(_, var at) -> at;
                      case Result.Claimed _, Result.Accepted _, Result.Refused _ ->
                          Optional.empty();
                    });
    retryAt.ifPresent(at -> again(task, number + 1, Duration.between(now, at)));
  }

  /** Enqueues the attempt for later; the copy at hand is then acknowledged. */
  private Outcome again(DeliveryTask.Deliver task, int attempt, Duration delay) {
    Duration held = Tasks.Sending.clamped(delay);
    tasks.send(
        new DeliveryTask.Deliver(
            task.environment(),
            task.message(),
            task.tenant(),
            attempt,
            task.run(),
            OptionalLong.empty()),
        held);
    return new Outcome.Later(held);
  }

  /** Why nobody wants it to be sent any more; empty when it is wanted. */
  private Optional<String> unwanted(DeliveryTask.Deliver task, Message message, Instant now) {
    return message.expiresAt().filter(at -> !now.isBefore(at)).isPresent()
        ? Optional.of(Message.EXPIRED)
        : Optional.of(Message.CANCELLED).filter(_ -> cancelled(task));
  }

  private boolean cancelled(DeliveryTask.Deliver task) {
    return task.run()
        .filter(run -> triggers.cancelled(task.environment(), run.trigger(), run.recipient()))
        .isPresent();
  }

  private Optional<Channel> channel(Message message) {
    return channels.find(message.environment(), message.channel().toString());
  }

  /** Whether nobody did anything for its delivery yet. */
  static boolean isUntouched(Message message) {
    return message.status() == DeliveryStatus.QUEUED && message.attempts().isEmpty();
  }

  private static boolean open(Message message) {
    return message.status() == DeliveryStatus.QUEUED
        || message.status() == DeliveryStatus.DELIVERY_ATTEMPTED;
  }

  private static Json.Obj failure(String reason, String details) {
    return Json.object().with("failure_reason", reason).with("failure_details", details);
  }
}
