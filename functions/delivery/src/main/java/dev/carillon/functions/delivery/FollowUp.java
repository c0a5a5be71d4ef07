package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.event.ChangeMessage;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.message.PollSchedule;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Asks what became of messages that a provider took and reports nothing of, as {@link PollSchedule}
 * says. Each check is a task that enqueues the next one before it is acknowledged. A task that
 * comes twice asks twice, and what is heard twice is nothing new.
 */
final class FollowUp {
  /** How long after an attempt a copy of its task may be what its worker's death left behind. */
  private static final Duration COPIES = Duration.ofDays(1);

  private final Messages messages;
  private final ChangeMessage change;
  private final Channels channels;
  private final Tasks tasks;
  private final AskStatus ask;
  private final HeedDeadTarget heed;
  private final LeadReports lead;
  private final InstantSource clock;

  FollowUp(
      Messages messages,
      ChangeMessage change,
      Channels channels,
      Tasks tasks,
      AskStatus ask,
      HeedDeadTarget heed,
      LeadReports lead,
      InstantSource clock) {
    this.messages = messages;
    this.change = change;
    this.channels = channels;
    this.tasks = tasks;
    this.ask = ask;
    this.heed = heed;
    this.lead = lead;
    this.clock = clock;
  }

  /** What came of a check, for the log. */
  enum Result {
    /** Its status is known now. */
    KNOWN,
    /** Nothing yet; asked again later. */
    LATER,
    /** The provider will not say, or was asked often enough. */
    GIVEN_UP,
    /** There was nothing to ask any more. */
    PAST
  }

  /** Lets reports find it and has it asked for, if its provider took it just now. */
  void first(Message message) {
    lead.to(message);
    askFor(message);
  }

  private void askFor(Message message) {
    if (wanted(message).isPresent()) {
      next(message, 1);
    }
  }

  /** The worker that recorded that it was taken may have died before it did that. */
  void again(Message message, Instant now) {
    lead.to(message);
    if (message.lastAttempt().filter(it -> now.isBefore(it.ended().plus(COPIES))).isPresent()) {
      askFor(message);
    }
  }

  Result handle(DeliveryTask.Poll task) {
    Optional<Message> found = messages.find(task.environment(), task.message());
    Optional<Channel> channel = found.flatMap(this::wanted);
    Optional<MessageContent> content =
        channel.flatMap(_ -> messages.content(task.environment(), task.message()));
    if (content.isEmpty()) {
      // Who entered its status may have died before it was published.
      found.ifPresent(it -> change.publishAgain(it, it.status().wireName()::equals));
      return Result.PAST;
    }
    Message message = found.get();
    return switch (ask.ask(message, content.get(), channel.get())) {
      case Poll.Known(var status, var reason) -> {
        become(message, status, reason);
        yield Result.KNOWN;
      }
      case Poll.Dead(var reason) -> {
        // Before the status: who comes again because we died in between finds it open.
        heed.dead(message, content.get(), channel.get(), reason);
        become(
            message,
            it ->
                it.become(
                    DeliveryStatus.BOUNCED,
                    AttemptOutcome.failure("bounced", why(Optional.of(reason))),
                    clock.instant()));
        yield Result.KNOWN;
      }
      case Poll.Later() -> next(message, task.check() + 1) ? Result.LATER : Result.GIVEN_UP;
      case Poll.Never _ -> Result.GIVEN_UP;
    };
  }

  /** The channel that took it, if it is to be asked. */
  private Optional<Channel> wanted(Message message) {
    return Optional.of(message)
        .filter(it -> it.status() == DeliveryStatus.SENT && it.externalId().isPresent())
        .flatMap(it -> channels.find(it.environment(), it.takenBy().toString()))
        .filter(ask::wanted);
  }

  private boolean next(Message message, int check) {
    return PollSchedule.wait(check)
        .map(
            wait -> {
              tasks.send(
                  new DeliveryTask.Poll(
                      message.environment(), message.id(), message.tenant(), check),
                  wait);
              return true;
            })
        .orElse(false);
  }

  private static String why(Optional<String> reason) {
    return reason.filter(it -> !it.isBlank()).orElse(DeliveryResult.UNEXPLAINED);
  }

  private void become(Message message, DeliveryStatus status, Optional<String> reason) {
    become(message, it -> reported(it, status, reason, clock.instant()));
  }

  /** What the message becomes when its provider says this of it. */
  static Message reported(
      Message message, DeliveryStatus status, Optional<String> reason, Instant now) {
    return switch (status) {
      // What does not say that it is for good may pass.
      case BOUNCED -> message.bouncedInPassing(AttemptOutcome.failure("bounced", why(reason)), now);
      case UNDELIVERED ->
          message.become(status, AttemptOutcome.failure("fatal_error", why(reason)), now);
      case DELIVERED -> message.become(status, Json.Obj.EMPTY, now);
      case SENT, QUEUED, DELIVERY_ATTEMPTED, NOT_SENT -> message;
    };
  }

  private void become(Message message, UnaryOperator<Message> next) {
    change.change(message.environment(), message.id(), next);
  }
}
