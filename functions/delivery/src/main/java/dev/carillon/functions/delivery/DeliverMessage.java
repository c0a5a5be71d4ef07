package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.event.ChangeMessage;
import dev.carillon.failover.Rounds;
import dev.carillon.failover.TakenOver;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.functions.delivery.choice.ChooseChannel;
import dev.carillon.functions.delivery.choice.ChooseChannel.Choice;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.message.RetryPolicy;
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
  private final ChooseChannel choose;
  private final Triggers triggers;
  private final Tasks tasks;
  private final SendMessage send;
  private final FollowUp followUp;
  private final InstantSource clock;

  DeliverMessage(
      Messages messages,
      ChangeMessage change,
      Channels channels,
      ChooseChannel choose,
      Triggers triggers,
      Tasks tasks,
      SendMessage send,
      FollowUp followUp,
      InstantSource clock) {
    this.messages = messages;
    this.change = change;
    this.channels = channels;
    this.choose = choose;
    this.triggers = triggers;
    this.tasks = tasks;
    this.send = send;
    this.followUp = followUp;
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
    record Withheld(Message message, String reason) implements Outcome {}
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
        found.ifPresent(it -> followUp.again(it, clock.instant()));
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
    return switch (last.get().result()) {
      case Result.Claimed(var leaseUntil) when now.isBefore(leaseUntil) ->
          Optional.of(again(task, task.attempt(), Duration.between(now, leaseUntil)));
      case Result.Claimed _ -> afterUnknown(task, message, last.get(), now);
      case Result.Deferred _, Result.Ambiguous _ -> next(task, message, last.get(), now);
      case Result.Accepted _, Result.Refused _ -> Optional.of(new Outcome.Past());
    };
  }

  /**
   * The last attempt is over and did not succeed: is this task for the one after it, and is it
   * time?
   */
  private Optional<Outcome> next(
      DeliveryTask.Deliver task, Message message, Attempt last, Instant now) {
    int number = last.number();
    Optional<Instant> retryAt = last.retryAt();
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
    var rounds = new Rounds(message, channels.configured(message.environment()));
    boolean atMostOnce =
        rounds.channels().find(message.through(lost)).filter(Channel::atMostOnce).isPresent();
    if (atMostOnce || rounds.round(lost.number()) >= RetryPolicy.MAX_ATTEMPTS) {
      Message given =
          message
              .with(lost.ended(new Result.Ambiguous(INTERRUPTED, Optional.empty()), 0), now)
              .become(
                  DeliveryStatus.UNDELIVERED,
                  AttemptOutcome.failure(
                      atMostOnce ? "ambiguous" : "retries_exhausted", INTERRUPTED),
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
                AttemptOutcome.retryable(rounds, lost, INTERRUPTED, true),
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
      Message withheld = noted.withheld(unwanted.get(), now);
      return change.save(message, withheld)
          ? Optional.of(new Outcome.Withheld(withheld, unwanted.get()))
          : Optional.empty();
    }
    if (message.channelType() == ChannelType.IN_APP_FEED) {
      return shown(message, noted, now);
    }
    return switch (choose.choose(noted, task.slot(), now)) {
      case Choice.Nobody() -> nobody(message, noted, now);
      case Choice.Later(var at, var slot) -> Optional.of(putBack(task, at, slot, now));
      case Choice.Through through -> attempt(task, message, noted, known, number, through, now);
    };
  }

  /** It is where it is to be; nobody outside is asked. */
  private Optional<Outcome> shown(Message message, Message noted, Instant now) {
    if (channels.find(message.environment(), message.channel().toString()).isEmpty()) {
      return nobody(message, noted, now);
    }
    Message shown = noted.become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, now);
    return change.save(message, shown) ? Optional.of(new Outcome.Shown(shown)) : Optional.empty();
  }

  private Optional<Outcome> nobody(Message message, Message noted, Instant now) {
    Message failed =
        noted.become(
            DeliveryStatus.UNDELIVERED,
            AttemptOutcome.failure("fatal_error", "channel_not_configured"),
            now);
    return change.save(message, failed)
        ? Optional.of(new Outcome.Attempted(failed))
        : Optional.empty();
  }

  private Optional<Outcome> attempt(
      DeliveryTask.Deliver task,
      Message message,
      Message noted,
      Optional<MessageContent> known,
      int number,
      Choice.Through through,
      Instant now) {
    MessageContent content =
        known
            .or(() -> messages.content(message.environment(), message.id()))
            .orElseThrow(() -> new IllegalStateException("No content of " + message.id()));
    Channel channel = through.channel();
    ChannelSet all = channels.configured(message.environment());
    Instant leaseUntil = now.plus(send.patience(channel)).plus(MARGIN);
    Optional<ChannelId> other =
        Optional.of(channel.id()).filter(it -> !it.equals(message.channel()));
    Message claimed =
        queuedAgain(noted, now)
            .with(new Attempt(number, now, new Result.Claimed(leaseUntil), 0, other), now);
    if (!change.save(message, claimed)) {
      return Optional.empty();
    }
    var said =
        new MessageContent(
            TakenOver.of(content.content(), message, channel, all.all()),
            content.shown(),
            content.data(),
            content.batch());
    Sent sent = send.send(claimed, said, channel);
    Instant ended = clock.instant();
    Message recorded =
        change.change(
            claimed.stored(),
            current -> AttemptOutcome.of(current, number, sent, all, channel, ended));
    retry(task, recorded, number, ended);
    followUp.first(recorded);
    choose.heard(recorded, through, sent.result(), sent.answer().isPresent(), ended);
    return Optional.of(new Outcome.Attempted(recorded));
  }

  /** A retry is queued as the first attempt was, and its timeline says so. */
  private static Message queuedAgain(Message message, Instant now) {
    return message.status() == DeliveryStatus.DELIVERY_ATTEMPTED
        ? message.become(DeliveryStatus.QUEUED, Json.Obj.EMPTY, now)
        : message;
  }

  private void retry(DeliveryTask.Deliver task, Message recorded, int number, Instant now) {
    recorded
        .lastAttempt()
        .filter(last -> last.number() == number && open(recorded))
        .flatMap(Attempt::retryAt)
        .ifPresent(at -> again(task, number + 1, Duration.between(now, at)));
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

  /** Not a try: the task at hand, once more, when its channel may send it. */
  private Outcome putBack(
      DeliveryTask.Deliver task, Instant at, Optional<DeliveryTask.Slot> slot, Instant now) {
    Duration held = Tasks.Sending.clamped(Duration.between(now, at));
    tasks.send(
        new DeliveryTask.Deliver(
            task.environment(),
            task.message(),
            task.tenant(),
            task.attempt(),
            task.run(),
            OptionalLong.empty(),
            slot),
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

  /** Whether nobody did anything for its delivery yet. */
  static boolean isUntouched(Message message) {
    return message.status() == DeliveryStatus.QUEUED && message.attempts().isEmpty();
  }

  private static boolean open(Message message) {
    return message.status() == DeliveryStatus.QUEUED
        || message.status() == DeliveryStatus.DELIVERY_ATTEMPTED;
  }
}
