package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelSet;
import dev.carillon.failover.Rounds;
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
   * @param channels all of the message's environment
   * @param through the channel that the attempt went through; one that sends at most once makes an
   *     unknown outcome the end, unless its provider knows a second request for the same
   */
  static Message of(
      Message message, int number, Sent sent, ChannelSet channels, Channel through, Instant now) {
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
    var rounds = new Rounds(message, channels);
    boolean others = rounds.all().size() > 1;
    return switch (sent.result()) {
      case DeliveryResult.Accepted(var externalId, var reached) -> {
        Message accepted =
            message.with(
                attempt.ended(new Result.Accepted(sent.answer().orElse(new Answer(200, ""))), took),
                now);
        Message known = externalId.map(accepted::known).orElse(accepted);
        // A confirmation can be here before us; the timeline still says that it was sent.
        Json.Obj details = through(attempt);
        yield known.status().mayBecome(reached, known.channelType())
            ? known.become(reached, details, now)
            : known.noted(reached.wireName(), details, now);
      }
      case DeliveryResult.Bounced(var reason, _) ->
          refused(message, attempt, sent, reason, took, now)
              .become(DeliveryStatus.BOUNCED, failure("bounced", reason), now);
      case DeliveryResult.Misconfigured(var reason) ->
          others
              ? deferred(rounds, attempt, sent, reason, Optional.empty(), now)
              : refused(message, attempt, sent, reason, took, now)
                  .become(DeliveryStatus.UNDELIVERED, failure("fatal_error", reason), now);
      case DeliveryResult.Rejected(var reason) ->
          refused(message, attempt, sent, reason, took, now)
              .become(DeliveryStatus.UNDELIVERED, failure("fatal_error", reason), now);
      case DeliveryResult.Deferred(var reason, var askedFor) ->
          deferred(rounds, attempt, sent, reason, askedFor, now);
      case DeliveryResult.Ambiguous(var reason) -> {
        boolean atMostOnce = through.atMostOnce() && !sent.repeatable();
        Optional<Instant> retryAt =
            atMostOnce
                ? Optional.empty()
                : rounds.goesOn(attempt, true)
                    ? Optional.of(attempt.at().plusMillis(took))
                    : rounds.retryAt(number, now, Optional.empty());
        Message noted =
            message.with(attempt.ended(new Result.Ambiguous(reason, retryAt), took), now);
        yield atMostOnce
            ? noted.become(DeliveryStatus.UNDELIVERED, failure("ambiguous", reason), now)
            : unsuccessful(noted, attempt, retryable(rounds, attempt, reason, true), retryAt, now);
      }
    };
  }

  /**
   * Turned away: on to another channel at once where there is one, else again in the next round.
   */
  private static Message deferred(
      Rounds rounds,
      Attempt attempt,
      Sent sent,
      String reason,
      Optional<Duration> askedFor,
      Instant now) {
    long took = Duration.between(attempt.at(), now).toMillis();
    Optional<Instant> retryAt =
        rounds.goesOn(attempt, false)
            ? Optional.of(attempt.at().plusMillis(took))
            : rounds.retryAt(attempt.number(), now, askedFor);
    Message noted =
        rounds
            .message()
            .with(attempt.ended(new Result.Deferred(sent.answer(), reason, retryAt), took), now);
    return unsuccessful(noted, attempt, retryable(rounds, attempt, reason, false), retryAt, now);
  }

  private static Message refused(
      Message message, Attempt attempt, Sent sent, String reason, long took, Instant now) {
    return message.with(attempt.ended(new Result.Refused(sent.answer(), reason), took), now);
  }

  private static Message unsuccessful(
      Message message,
      Attempt attempt,
      Json.Obj retryable,
      Optional<Instant> retryAt,
      Instant now) {
    return retryAt.isPresent()
        ? message.become(DeliveryStatus.DELIVERY_ATTEMPTED, retryable.merged(through(attempt)), now)
        : message.become(
            DeliveryStatus.UNDELIVERED,
            failure("retries_exhausted", retryable.text("reason").orElse("")),
            now);
  }

  /**
   * @param ambiguous the provider may have taken the message all the same
   */
  static Json.Obj retryable(Rounds rounds, Attempt attempt, String reason, boolean ambiguous) {
    return Json.object()
        .with("attempt", Json.of(rounds.round(attempt.number())))
        .with("max_attempts", Json.of(RetryPolicy.MAX_ATTEMPTS))
        .with("retryable", Json.TRUE)
        .with("reason", reason)
        .with("ambiguous", Json.of(ambiguous));
  }

  /** Which channel it went through, where that is not the message's own. */
  private static Json.Obj through(Attempt attempt) {
    return attempt
        .other()
        .map(channel -> Json.object().with("channel_id", channel.toString()))
        .orElse(Json.Obj.EMPTY);
  }

  static Json.Obj failure(String reason, String details) {
    return Json.object().with("failure_reason", reason).with("failure_details", details);
  }
}
