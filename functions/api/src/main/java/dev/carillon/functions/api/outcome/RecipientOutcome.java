package dev.carillon.functions.api.outcome;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Wait;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What became of one recipient of one trigger, by its run and the messages that the run made. Each
 * has one outcome: what is not over yet comes before what is, and of what is over a failure of the
 * run before what it had sent until then.
 *
 * <p>The reasons are names that stay the same.
 */
public sealed interface RecipientOutcome {

  String reason();

  /**
   * It waits until then.
   *
   * @param message the one that is held back; empty when the run waits
   */
  record Waiting(String reason, Instant dueAt, Optional<MessageId> message)
      implements RecipientOutcome {}

  /**
   * It is in a queue or at work.
   *
   * @param since when it was last heard of, or, of a message that is tried again, when it is to be
   */
  record OnItsWay(String reason, Instant since) implements RecipientOutcome {}

  /** At least one message was handed over, and none is still to be. */
  record Delivered(String reason, int messages) implements RecipientOutcome {}

  /** It came to its end as it should, and nothing was to be sent. */
  record Skipped(String reason) implements RecipientOutcome {}

  /** It ended with an error, or all its messages did. */
  record Failed(String reason) implements RecipientOutcome {}

  /**
   * @param messages those of the run that are stored
   */
  static RecipientOutcome of(Run run, Collection<Message> messages) {
    return switch (run.state()) {
      case State.Waiting(var wait) -> new Waiting(kind(wait), wait.dueAt(), Optional.empty());
      case State.AtStep _, State.Processing _ -> new OnItsWay("run", run.updatedAt());
      case State.Completed(), State.Cancelled() -> ended(run, messages);
    };
  }

  /** What a run waits for, in one word. */
  static String kind(Wait wait) {
    return switch (wait.kind()) {
      case Wait.Kind.Elapse() -> "delay";
      case Wait.Kind.Retry _ -> "retry";
      case Wait.Kind.Hold() -> "quiet_hours";
      case Wait.Kind.Collect _ -> "batch";
      case Wait.Kind.Listen _ -> "event";
    };
  }

  private static RecipientOutcome ended(Run run, Collection<Message> messages) {
    Optional<RecipientOutcome> open =
        messages.stream()
            .sorted(Comparator.comparing(message -> message.id().value()))
            .flatMap(message -> open(message).stream())
            .findFirst();
    if (open.isPresent()) {
      return open.get();
    }
    Optional<HaltReason> halted = halted(run);
    if (halted.filter(it -> it == HaltReason.STEP_FAILED).isPresent()) {
      return new Failed("step_failed");
    }
    int sent = count(messages, DeliveryStatus.SENT, DeliveryStatus.DELIVERED);
    if (sent > 0) {
      return new Delivered("sent", sent);
    }
    if (count(messages, DeliveryStatus.BOUNCED) > 0) {
      return new Failed("bounced");
    }
    if (count(messages, DeliveryStatus.UNDELIVERED) > 0) {
      return new Failed("undelivered");
    }
    if (!messages.isEmpty()) {
      return new Skipped(
          messages.stream().map(RecipientOutcome::withheld).findFirst().orElseThrow());
    }
    if (run.forgotten()) {
      return new Skipped("recipient_deleted");
    }
    if (logged(run, RunEvent.RECIPIENT_MISSING).isPresent()) {
      return new Failed("recipient_missing");
    }
    return new Skipped(
        run.state() instanceof State.Cancelled
            ? "cancelled"
            : halted.map(HaltReason::wireName).orElseGet(() -> skipped(run)));
  }

  /** A message that is still to be handed over. */
  private static Optional<RecipientOutcome> open(Message message) {
    return switch (message.status()) {
      case QUEUED ->
          Optional.of(
              message.held()
                  ? new Waiting(
                      "send_window", message.scheduledAt().get(), Optional.of(message.id()))
                  : new OnItsWay("message", message.updatedAt()));
      case DELIVERY_ATTEMPTED ->
          Optional.of(
              new OnItsWay(
                  "message_retry", MessageWords.retryAt(message).orElse(message.updatedAt())));
      case UNDELIVERED, BOUNCED, NOT_SENT, SENT, DELIVERED -> Optional.empty();
    };
  }

  private static int count(Collection<Message> messages, DeliveryStatus... statuses) {
    var wanted = List.of(statuses);
    return (int) messages.stream().filter(it -> wanted.contains(it.status())).count();
  }

  /** Why a message was not sent: {@code sandbox}, {@code cancelled}. */
  private static String withheld(Message message) {
    return message.events().stream()
        .filter(event -> event.type().equals(DeliveryStatus.NOT_SENT.wireName()))
        .flatMap(event -> event.data().text("reason").stream())
        .findFirst()
        .orElse("not_sent");
  }

  /** Why a run ended before its last step; empty when it did not. */
  static Optional<HaltReason> halted(Run run) {
    return logged(run, RunEvent.RUN_HALTED).map(LogEntry::haltReason);
  }

  /** Why a run that went all its way sent nothing: what its last skipped channel step says. */
  private static String skipped(Run run) {
    if (logged(run, RunEvent.BATCH_JOINED).isPresent()) {
      return "batch_joined";
    }
    return run.log().reversed().stream()
        .filter(
            entry -> entry.event() == RunEvent.STEP_SKIPPED && entry.stepType().equals("channel"))
        .map(entry -> entry.skipReason().wireName())
        .findFirst()
        .orElse("nothing_to_send");
  }

  private static Optional<LogEntry> logged(Run run, RunEvent event) {
    return run.log().reversed().stream().filter(entry -> entry.event() == event).findFirst();
  }
}
