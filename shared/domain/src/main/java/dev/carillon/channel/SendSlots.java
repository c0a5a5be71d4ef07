package dev.carillon.channel;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.Optional;

/** When channels that have a rate may send: their slots, which all functions share. */
public interface SendSlots {

  /**
   * Who waits: messages of a tenant, or those without one, on a channel. A tenant that wants more
   * than there is makes others wait for no more than a fifth of the rate allows.
   */
  record Line(EnvironmentId environment, ChannelId channel, Optional<TenantId> tenant) {

    /** Names the tenant among those of the channel. */
    public String group() {
      return Digest.of("slots", tenant.map(TenantId::value).orElse("")).hex().substring(0, 12);
    }
  }

  /**
   * @param second of the epoch, within which all of them are to be used; later they are void
   * @param count at least 1
   */
  record Slots(long second, int count) {}

  /**
   * Takes slots of the first second that has any for the line: of this one, or of one to come.
   * However many take at once, no second gives more than its rate, as it was given to each. Calling
   * twice takes twice; what is taken and not used is lost.
   *
   * @param perSecond the channel's rate, at least 1
   * @param most how many are wanted, at least 1; there may be fewer
   */
  Slots take(Line line, int perSecond, int most, Instant now);
}
