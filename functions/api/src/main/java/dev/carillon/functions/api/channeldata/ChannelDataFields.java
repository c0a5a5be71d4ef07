package dev.carillon.functions.api.channeldata;

import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Set;

/** The body of a call that sets a channel's data: {@code {"data": {...}}}. */
final class ChannelDataFields {
  private static final int MOST_DEVICES = 1_000;

  /** Lists of texts, where they are given: each names a device or a player. */
  private static final List<String> TOKENS = List.of("tokens", "target_arns", "player_ids");

  private ChannelDataFields() {}

  /**
   * The data, which each provider reads as its own.
   *
   * @throws dev.carillon.edge.ApiException when there are none, or they name devices in a form that
   *     no provider could read
   */
  static Json.Obj of(RequestFields body) {
    RequestFields data = body.only(Set.of("data")).required("data").object();
    TOKENS.forEach(
        name ->
            data.optional(name)
                .ifPresent(it -> it.list(0, MOST_DEVICES).forEach(RequestValue::text)));
    data.optional("devices")
        .ifPresent(it -> it.list(0, MOST_DEVICES).forEach(ChannelDataFields::device));
    data.optional("connections")
        .ifPresent(it -> it.list(0, MOST_DEVICES).forEach(RequestValue::object));
    return data.json();
  }

  private static void device(RequestValue value) {
    RequestFields device = value.object();
    if (device.optional("target_arn").isEmpty()) {
      device.required("token").text();
    } else {
      device.required("target_arn").text();
    }
    device.optional("locale").ifPresent(RequestValue::text);
    device.optional("timezone").ifPresent(RequestValue::zone);
  }
}
