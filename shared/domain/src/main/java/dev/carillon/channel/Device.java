package dev.carillon.channel;

import dev.carillon.json.Json;
import dev.carillon.time.Zones;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A device of a recipient, as the channel data of a push channel has it.
 *
 * @param token what the provider knows it by: a token, an ARN or the id of a player
 * @param zone whose clocks its owner goes by, which come before the recipient's; empty where there
 *     is no zone of the name that it has
 * @param locale the language it is set to, before the recipient's; never blank
 */
public record Device(String token, Optional<ZoneId> zone, Optional<String> locale) {
  private static final List<String> BARE = List.of("tokens", "target_arns", "player_ids");

  /** One of which nothing but the token is known. */
  public static Device bare(String token) {
    return new Device(token, Optional.empty(), Optional.empty());
  }

  /**
   * The devices of {@code tokens}, {@code target_arns}, {@code player_ids} and {@code devices},
   * each once and in this order, however often it is named.
   */
  public static List<Device> of(Json.Obj channelData) {
    Map<String, Device> devices = new LinkedHashMap<>();
    Stream.concat(
            BARE.stream()
                .flatMap(name -> channelData.list(name).stream())
                .flatMap(
                    item ->
                        item instanceof Json.Str(var token)
                            ? device(token).stream()
                            : Stream.empty()),
            channelData.list("devices").stream()
                .flatMap(
                    item ->
                        item instanceof Json.Obj object ? device(object).stream() : Stream.empty()))
        .forEach(device -> devices.merge(device.token(), device, Device::or));
    return List.copyOf(devices.values());
  }

  private static Optional<Device> device(String token) {
    return Optional.of(token.strip()).filter(text -> !text.isEmpty()).map(Device::bare);
  }

  private static Optional<Device> device(Json.Obj object) {
    return object
        .text("token")
        .or(() -> object.text("target_arn"))
        .flatMap(Device::device)
        .map(
            it ->
                new Device(
                    it.token(),
                    object.text("timezone").flatMap(Zones::named),
                    object.text("locale").map(String::strip).filter(text -> !text.isEmpty())));
  }

  private Device or(Device other) {
    return new Device(token, zone.or(other::zone), locale.or(other::locale));
  }
}
