package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import java.time.Duration;
import java.util.Optional;

/** Who carries messages the last part of their way: SES, a customer's webhook. */
public interface Provider {

  /**
   * Makes exactly one request; never repeats it by itself. What the provider says is a value; it
   * throws only for what is wrong with us.
   */
  Said offer(Message message, MessageContent content, Channel channel);

  /** The longest an offer takes, after which nobody waits for its outcome any more. */
  Duration patience();

  sealed interface Said {
    /**
     * It took the message.
     *
     * @param externalId what it calls the message
     * @param reached how far the message is now: sent, or delivered when taking it is delivering it
     */
    record Accepted(Answer answer, Optional<String> externalId, DeliveryStatus reached)
        implements Said {}

    /**
     * It did not take it and may later; or it could not be reached.
     *
     * @param askedFor how long it asked to be left alone
     */
    record Deferred(Optional<Answer> answer, String reason, Optional<Duration> askedFor)
        implements Said {}

    /** It will never take it. */
    record Refused(Optional<Answer> answer, String reason) implements Said {}

    /** The request may have reached it, and what became of it is unknown. */
    record Unknown(String reason) implements Said {}
  }

  /** What an HTTP status other than 2xx means: one table for every provider that speaks HTTP. */
  static Said refusal(Answer answer, Optional<Duration> askedFor) {
    String reason = "status " + answer.status();
    return switch (answer.status()) {
      // Turned away before it was worked on.
      case 408, 425, 429, 503 -> new Said.Deferred(Optional.of(answer), reason, askedFor);
      // A gateway that gave up may have passed the request on first.
      case 502, 504 -> new Said.Unknown(reason);
      default ->
          answer.status() >= 400 && answer.status() < 500
              ? new Said.Refused(Optional.of(answer), reason)
              : new Said.Deferred(Optional.of(answer), reason, askedFor);
    };
  }
}
