package dev.carillon.channel;

import dev.carillon.environment.EnvironmentId;
import java.time.Instant;

/** When channels that have a rate may send: their slots, which all functions share. */
public interface SendSlots {

  /**
   * @param second of the epoch, within which all of them are to be used; later they are void
   * @param count at least 1
   */
  record Slots(long second, int count) {}

  /**
   * Takes slots of the first second that has any: of this one, or of one to come. However many take
   * at once, no second gives more than its rate, as it was given to each. Calling twice takes
   * twice; what is taken and not used is lost.
   *
   * @param perSecond the channel's rate, at least 1
   * @param most how many are wanted, at least 1; there may be fewer
   */
  Slots take(EnvironmentId environment, ChannelId channel, int perSecond, int most, Instant now);
}
