package dev.carillon.tracking;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
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

  /** The fields of a channel's settings and of a step's {@code channel_overrides}. */
  private static final String LINKS = "link_tracking";

  private static final String OPENS = "open_tracking";

  /**
   * @param channel the settings of the channel in its environment
   * @param step the step's {@code channel_overrides}
   * @param trigger the {@code tracking} of the trigger, if it has one: {@code {open, click}}, of
   *     which each is true when it is left out (the second product's rule); counts for mail alone
   */
  public static TrackingChoice of(
      ChannelType type, Json.Obj channel, Json.Obj step, Optional<Json.Obj> trigger) {
    boolean links = said(step, LINKS).or(() -> said(channel, LINKS)).orElse(false);
    boolean opens = said(step, OPENS).or(() -> said(channel, OPENS)).orElse(false);
    return switch (type) {
      case EMAIL ->
          trigger
              .map(
                  it ->
                      new TrackingChoice(
                          said(it, "click").orElse(true), said(it, "open").orElse(true)))
              .orElse(new TrackingChoice(links, opens));
      case IN_APP_FEED, SMS, CHAT -> new TrackingChoice(links, false);
      case PUSH, HTTP -> NOTHING;
    };
  }

  private static Optional<Boolean> said(Json.Obj json, String field) {
    return json.get(field).orElse(Json.NULL) instanceof Json.Bool(var value)
        ? Optional.of(value)
        : Optional.empty();
  }
}
