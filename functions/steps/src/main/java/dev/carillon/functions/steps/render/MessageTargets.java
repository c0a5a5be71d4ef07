package dev.carillon.functions.steps.render;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Device;
import dev.carillon.functions.steps.render.Render.ChannelData;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a recipient is reached on a channel that knows devices or conversations, as channel data
 * says it: each once, in its order.
 */
final class MessageTargets {
  /** How many devices or conversations of one recipient get a message. */
  static final int MOST = 100;

  private MessageTargets() {}

  /**
   * The devices of the recipient. A channel whose {@code recipient_mode} is {@code external_id}
   * knows recipients by our own ids.
   */
  static List<Device> devices(Channel channel, ChannelData known, Json.Obj variables) {
    List<Device> devices = Device.of(known.recipient()).stream().limit(MOST).toList();
    if (!devices.isEmpty()) {
      return devices;
    }
    return channel.settings().text("recipient_mode").filter("external_id"::equals).isPresent()
        ? variables.object("recipient").text("id").map(Device::bare).stream().toList()
        : List.of();
  }

  /**
   * The {@code connections}, each with what stands beside them, the tenant's before the
   * recipient's. Somebody without any is looked for by their email address where the tenant has a
   * token, and by their phone number where the channel itself has one.
   */
  static List<Json.Obj> connections(Channel channel, ChannelData known, Json.Obj variables) {
    Json.Obj beside = known.recipient().without("connections");
    Json.Obj tenant = known.tenant().without("connections");
    List<Json.Obj> connections =
        objects(known.recipient(), "connections")
            .map(connection -> beside.merged(connection).merged(tenant))
            .distinct()
            .limit(MOST)
            .toList();
    if (!connections.isEmpty()) {
      return connections;
    }
    Json.Obj recipient = variables.object("recipient");
    Optional<String> address =
        text(recipient, "email").filter(_ -> !tenant.object("token").fields().isEmpty());
    Optional<String> number =
        text(recipient, "phone_number")
            .filter(_ -> channel.settings().get("phone_number_id").isPresent());
    return address
        .map(it -> tenant.with("email", it))
        .or(() -> number.map(it -> tenant.with("phone_number", it)))
        .stream()
        .toList();
  }

  private static Optional<String> text(Json.Obj object, String name) {
    return object.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Stream<Json.Obj> objects(Json.Obj data, String name) {
    return data.list(name).stream()
        .flatMap(item -> item instanceof Json.Obj object ? Stream.of(object) : Stream.empty());
  }
}
