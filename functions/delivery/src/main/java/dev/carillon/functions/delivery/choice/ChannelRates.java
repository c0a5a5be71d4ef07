package dev.carillon.functions.delivery.choice;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.SendSlots;
import dev.carillon.channel.SendSlots.Slots;
import dev.carillon.environment.EnvironmentId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Holds each channel to its rate. Slots are taken from the table a few at a time, a quarter of a
 * second's at most, and what is left of them serves the next messages of this instance; those that
 * it does not use in time are lost, which may make a channel slower than its rate and never faster.
 * Safe to use from several threads.
 */
public final class ChannelRates {
  /** Slots that are taken at once: for a batch of tasks. */
  private static final int MOST_AT_ONCE = 10;

  /** How long after its second a slot may be used that a task carried: a queue is not punctual. */
  private static final int LATE_SECONDS = 1;

  private record Of(EnvironmentId environment, ChannelId channel) {}

  private final SendSlots slots;
  private final Map<Of, Slots> left = new HashMap<>();

  public ChannelRates(SendSlots slots) {
    this.slots = slots;
  }

  /**
   * The second within which the message may be sent, which is its slot from then on; empty when it
   * may be sent now.
   *
   * @param slot taken for it before
   */
  OptionalLong wait(EnvironmentId environment, Channel channel, OptionalLong slot, Instant now) {
    if (channel.perSecond().isEmpty()) {
      return OptionalLong.empty();
    }
    long second = now.getEpochSecond();
    boolean good = slot.isPresent() && second <= slot.getAsLong() + LATE_SECONDS;
    long own =
        good
            ? slot.getAsLong()
            : take(new Of(environment, channel.id()), channel.perSecond().getAsInt(), second, now);
    return own > second ? OptionalLong.of(own) : OptionalLong.empty();
  }

  private synchronized long take(Of of, int perSecond, long second, Instant now) {
    Slots have = left.get(of);
    if (have == null || have.count() == 0 || have.second() < second) {
      int most = Math.clamp(perSecond / 4, 1, MOST_AT_ONCE);
      have = slots.take(of.environment(), of.channel(), perSecond, most, now);
    }
    left.put(of, new Slots(have.second(), have.count() - 1));
    return have.second();
  }
}
