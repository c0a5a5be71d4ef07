package dev.carillon.tracking;

import dev.carillon.channel.ChannelType;
import dev.carillon.channel.TrackingFields;
import dev.carillon.json.Json;
import dev.carillon.trigger.Trigger;
import java.util.Optional;

/**
 * What of a message is tracked. Nothing unless the channel's settings in its environment say so; a
 * step says otherwise for its messages; a trigger for all of its mail.
 *
 * @param links whether links are
 * @param opens whether opens are; mail alone has an open pixel
 */
public record TrackingChoice(boolean links, boolean opens) {
  public static final TrackingChoice NOTHING = new TrackingChoice(false, false);

  /**
   * @param channel the settings of the channel in its environment
   * @param step the step's {@code channel_overrides}
   * @param trigger what the trigger says of its mail; counts for mail alone
   */
  public static TrackingChoice of(
      ChannelType type, Json.Obj channel, Json.Obj step, Optional<Trigger.MailTracking> trigger) {
    if (type == ChannelType.EMAIL && trigger.isPresent()) {
      return new TrackingChoice(trigger.get().clicks(), trigger.get().opens());
    }
    return new TrackingChoice(
        TrackingFields.hasLinks(type) && chosen(TrackingFields.LINKS, channel, step),
        TrackingFields.hasOpens(type) && chosen(TrackingFields.OPENS, channel, step));
  }

  /** Whether there is anything to do. */
  public boolean nothing() {
    return equals(NOTHING);
  }

  private static boolean chosen(String field, Json.Obj channel, Json.Obj step) {
    return said(step, field).or(() -> said(channel, field)).orElse(false);
  }

  private static Optional<Boolean> said(Json.Obj json, String field) {
    return json.get(field).orElse(Json.NULL) instanceof Json.Bool(var value)
        ? Optional.of(value)
        : Optional.empty();
  }
}
