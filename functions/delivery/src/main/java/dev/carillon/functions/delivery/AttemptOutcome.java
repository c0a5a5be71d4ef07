package dev.carillon.functions.delivery;

import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.RetryPolicy;
import dev.carillon.provider.DeliveryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an attempt's outcome makes of its message. Pure. */
final class AttemptOutcome {
  private AttemptOutcome() {}

  /**
   * The message with the outcome on record and the status that follows from it.
   *
   * @param atMostOnce whether an unknown outcome is the end, as the channel says
   */
  static Message of(Message message, int number, Sent sent, boolean atMostOnce, Instant now) {
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
  static int nth(Message message, int number) {
    return number - (message.attempts().size() - message.currentAttempts().size());
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
  static Json.Obj retryable(int attempt, String reason, boolean ambiguous) {
    return Json.object()
        .with("attempt", Json.of(attempt))
        .with("max_attempts", Json.of(RetryPolicy.MAX_ATTEMPTS))
        .with("retryable", Json.TRUE)
        .with("reason", reason)
        .with("ambiguous", Json.of(ambiguous));
  }

  static Json.Obj failure(String reason, String details) {
    return Json.object().with("failure_reason", reason).with("failure_details", details);
  }
}
