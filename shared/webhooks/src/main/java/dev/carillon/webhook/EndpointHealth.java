package dev.carillon.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether an endpoint is called, and how long it has done nothing but fail.
 *
 * <p>An endpoint is given up when every try of {@value #FAILING_DAYS} days failed (Svix's figure),
 * or at once when it answers 410 Gone (Standard Webhooks). When nothing was tried for {@value
 * #SILENT_DAYS} days nobody knows how it fared in between, and the days are counted anew: no two
 * tries of one event are that far apart.
 *
 * @param spell the failures since it last answered as it should; empty when it did
 */
public record EndpointHealth(State state, Optional<Spell> spell) {
  /** Of many failures one in so long is noted: each is a write to one and the same item. */
  private static final Duration NOTED = Duration.ofMinutes(1);

  private static final int FAILING_DAYS = 5;
  private static final int SILENT_DAYS = 3;
  public static final Duration FAILING = Duration.ofDays(FAILING_DAYS);
  public static final Duration SILENT = Duration.ofDays(SILENT_DAYS);

  /** One that is called and of which nothing bad is known. */
  public static final EndpointHealth GOOD =
      new EndpointHealth(new State.Enabled(), Optional.empty());

  public sealed interface State {
    record Enabled() implements State {}

    /**
     * Not called. Of one that failed, what happens meanwhile is kept in its log and can be
     * replayed.
     */
    record Disabled(Cause cause, Instant at) implements State {}
  }

  /** Why an endpoint is not called. */
  public enum Cause {
    /** Somebody said so. */
    BY_HAND,
    FAILING,
    GONE;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Cause named(String wireName) {
      return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Failures without a success among them.
   *
   * @param latest to the minute
   */
  public record Spell(Instant first, Instant latest) {}

  public boolean enabled() {
    return switch (state) {
      case State.Enabled() -> true;
      case State.Disabled _ -> false;
    };
  }

  /**
   * Whether what happens now belongs in its log: while it is called, and also when it was given up
   * for its failures, so that what it missed can be replayed once it is mended.
   */
  public boolean keepsLog() {
    return switch (state) {
      case State.Enabled() -> true;
      case State.Disabled(var cause, var _) -> cause == Cause.FAILING;
    };
  }

  /** After a try. Of one that is not called, a late answer changes nothing. */
  public EndpointHealth after(WebhookAnswer answer, Instant now) {
    if (!enabled()) {
      return this;
    }
    if (answer.succeeded()) {
      return spell.isEmpty() ? this : GOOD;
    }
    if (answer.gone()) {
      return disabled(Cause.GONE, now);
    }
    if (spell.filter(it -> now.isBefore(it.latest().plus(NOTED))).isPresent()) {
      return this;
    }
    Instant first =
        spell.filter(it -> !now.isAfter(it.latest().plus(SILENT))).map(Spell::first).orElse(now);
    return now.isBefore(first.plus(FAILING))
        ? new EndpointHealth(state, Optional.of(new Spell(first, now)))
        : disabled(Cause.FAILING, now);
  }

  /** Not to be called from now on; the same when it is not. */
  public EndpointHealth disabled(Cause cause, Instant now) {
    return enabled() ? new EndpointHealth(new State.Disabled(cause, now), spell) : this;
  }
}
