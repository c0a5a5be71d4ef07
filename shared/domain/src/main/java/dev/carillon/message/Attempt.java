package dev.carillon.message;

import dev.carillon.channel.ChannelId;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to hand a message to its provider: one request made.
 *
 * @param number from 1
 * @param at when it was claimed, before the request
 * @param tookMillis how long the provider took to answer; 0 while it is under way
 * @param other the channel it went through when that is not the message's own
 */
public record Attempt(
    int number, Instant at, Result result, long tookMillis, Optional<ChannelId> other) {

  /** Through the message's own channel. */
  public Attempt(int number, Instant at, Result result, long tookMillis) {
    this(number, at, result, tookMillis, Optional.empty());
  }

  public sealed interface Result {
    /**
     * Under way: the worker that claimed it may work on it until {@code leaseUntil}; after that
     * nobody does and whether the provider acted is not known.
     */
    record Claimed(Instant leaseUntil) implements Result {}

    /** The provider took the message. */
    record Accepted(Answer answer) implements Result {}

    /**
     * The provider did not take it, for now. The next attempt may start at {@code retryAt}, if any.
     */
    record Deferred(Optional<Answer> answer, String reason, Optional<Instant> retryAt)
        implements Result {}

    /** The provider will never take it. */
    record Refused(Optional<Answer> answer, String reason) implements Result {}

    /**
     * Nobody knows whether the provider took it: no answer came, or the worker that waited for it
     * died. The next attempt, if any, may start at {@code retryAt}.
     */
    record Ambiguous(String reason, Optional<Instant> retryAt) implements Result {}
  }

  /**
   * What the provider answered.
   *
   * @param status the HTTP status
   * @param body at most its first 512 characters
   */
  public record Answer(int status, String body) {
    public static final int MAX_BODY = 512;

    public Answer {
      body = body.length() <= MAX_BODY ? body : body.substring(0, cut(body));
    }

    /** Half of a surrogate pair at the end would not survive storage. */
    private static int cut(String body) {
      return Character.isHighSurrogate(body.charAt(MAX_BODY - 1)) ? MAX_BODY - 1 : MAX_BODY;
    }
  }

  public Attempt ended(Result with, long millis) {
    return new Attempt(number, at, with, millis, other);
  }

  /** When the next one may start; empty while it is under way, and when it was the last. */
  public Optional<Instant> retryAt() {
    return switch (result) {
      case Result.Deferred(_, _, var at) -> at;
      case Result.Ambiguous(_, var at) -> at;
      case Result.Claimed _, Result.Accepted _, Result.Refused _ -> Optional.empty();
    };
  }

  /** When it was over. */
  public Instant ended() {
    return at.plusMillis(tookMillis);
  }

  /** Whether the message went on to another channel at once, rather than waiting. */
  public boolean wentOn() {
    return retryAt().filter(next -> !next.isAfter(ended())).isPresent();
  }
}
