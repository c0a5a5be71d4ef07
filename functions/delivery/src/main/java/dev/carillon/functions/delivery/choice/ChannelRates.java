package dev.carillon.functions.delivery.choice;

import dev.carillon.channel.Channel;
import dev.carillon.channel.SendSlots;
import dev.carillon.channel.SendSlots.Slots;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds each channel to its rate. Slots are taken from the table for one message, and for a tenant
 * that sends more a few at a time, a quarter of a second's at most: what is left of them serves its
 * next messages in this instance. Those that it does not use in time are lost, which may make a
 * channel slower than its rate and never faster. Safe to use from several threads.
 */
public final class ChannelRates {
  /** Slots that are taken at once: for a batch of tasks. */
  private static final int MOST_AT_ONCE = 10;

  /** How long after its second a slot may be used that a task carried: a queue is not punctual. */
  private static final int LATE_SECONDS = 1;

  /** Of how many lines an instance remembers what it has left. */
  private static final int LINES = 1_000;

  private final SendSlots slots;
  private final Map<SendSlots.Line, Slots> left =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SendSlots.Line, Slots> eldest) {
          return size() > LINES;
        }
      };

  public ChannelRates(SendSlots slots) {
    this.slots = slots;
  }

  /**
   * The second within which the message may be sent, which is its slot from then on; empty when it
   * may be sent now.
   *
   * @param tenant of the message, if it has one
   * @param slot taken for it before
   */
  OptionalLong wait(
      EnvironmentId environment,
      Channel channel,
      Optional<TenantId> tenant,
      OptionalLong slot,
      Instant now) {
    if (channel.perSecond().isEmpty()) {
      return OptionalLong.empty();
    }
    long second = now.getEpochSecond();
    boolean good = slot.isPresent() && second <= slot.getAsLong() + LATE_SECONDS;
    long own =
        good
            ? slot.getAsLong()
            : take(
                new SendSlots.Line(environment, channel.id(), tenant),
                channel.perSecond().getAsInt(),
                second,
                now);
    return own > second ? OptionalLong.of(own) : OptionalLong.empty();
  }

  /** Nobody waits for the table because another does, who may take slots of his own meanwhile. */
  private long take(SendSlots.Line line, int perSecond, long second, Instant now) {
    Optional<Slots> have = takeLeft(line, second);
    if (have.filter(it -> it.count() > 0).isPresent()) {
      return have.get().second();
    }
    boolean more = have.filter(it -> it.second() >= second - 1).isPresent();
    int most = more ? Math.clamp(perSecond / 4, 1, MOST_AT_ONCE) : 1;
    Slots taken = slots.take(line, perSecond, most, now);
    keep(line, new Slots(taken.second(), taken.count() - 1));
    return taken.second();
  }

  /** What is left, one of it taken if it is still good; without any when it is not. */
  private synchronized Optional<Slots> takeLeft(SendSlots.Line line, long second) {
    Slots have = left.get(line);
    if (have == null || have.count() == 0 || have.second() < second) {
      return Optional.ofNullable(have).map(it -> new Slots(it.second(), 0));
    }
    left.put(line, new Slots(have.second(), have.count() - 1));
    return Optional.of(have);
  }

  private synchronized void keep(SendSlots.Line line, Slots rest) {
    left.put(line, rest);
  }
}
