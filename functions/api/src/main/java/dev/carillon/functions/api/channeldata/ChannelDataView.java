package dev.carillon.functions.api.channeldata;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a channel needs to reach somebody, as responses show it: who gave tokens is shown devices
 * too, and the other way round.
 */
final class ChannelDataView {
  private static final String DEVICES = "devices";

  private ChannelDataView() {}

  /**
   * @param channel empty when it is not configured, or not yet
   */
  static Json.Obj of(String channelId, Json.Obj data, Optional<Channel> channel) {
    Json.Obj shown = Json.object().with("__typename", "ChannelData").with("channel_id", channelId);
    Optional<String> provider = channel.flatMap(ChannelDataView::provider);
    if (provider.isPresent()) {
      shown = shown.with("provider", provider.get());
    }
    return shown.with(
        "data", bothWays(bothWays(data, "tokens", "token"), "target_arns", "target_arn"));
  }

  /** Only these channels have data whose form depends on who delivers. */
  private static Optional<String> provider(Channel channel) {
    return switch (channel.type()) {
      case PUSH, CHAT -> Optional.of(channel.provider());
      case EMAIL, IN_APP_FEED, SMS, HTTP -> Optional.empty();
    };
  }

  private static Json.Obj bothWays(Json.Obj data, String plain, String inDevice) {
    boolean hasPlain = data.get(plain).isPresent();
    boolean hasDevices = data.get(DEVICES).isPresent();
    if (hasPlain && !hasDevices) {
      return data.with(
          DEVICES,
          Json.array(
              data.list(plain).stream()
                  .map(
                      token ->
                          Json.object()
                              .with(inDevice, token)
                              .with("locale", Json.NULL)
                              .with("timezone", Json.NULL))
                  .toList()));
    }
    List<Json> tokens = new ArrayList<>();
    for (Json device : data.list(DEVICES)) {
      if (device instanceof Json.Obj object) {
        object.get(inDevice).ifPresent(tokens::add);
      }
    }
    return hasPlain || tokens.isEmpty() ? data : data.with(plain, Json.array(tokens));
  }
}
