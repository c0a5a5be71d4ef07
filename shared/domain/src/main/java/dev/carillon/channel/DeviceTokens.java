package dev.carillon.channel;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The devices among a recipient's channel data: tokens, ARNs and ids, bare or as objects. */
public final class DeviceTokens {
  private static final List<String> BARE = List.of("tokens", "target_arns", "player_ids");
  private static final String DEVICES = "devices";

  private DeviceTokens() {}

  /** The same data without that token, wherever it stands; equal where it stands nowhere. */
  public static Json.Obj without(Json.Obj data, String token) {
    Json.Obj rest = data;
    for (String name : BARE) {
      rest = kept(rest, name, item -> !(item instanceof Json.Str(var text) && same(text, token)));
    }
    return kept(
        rest,
        DEVICES,
        item ->
            !(item instanceof Json.Obj device)
                || Stream.of(device.text("token"), device.text("target_arn"))
                    .flatMap(Optional::stream)
                    .noneMatch(text -> same(text, token)));
  }

  private static Json.Obj kept(
      Json.Obj data, String name, java.util.function.Predicate<Json> stays) {
    return data.get(name).orElse(Json.NULL) instanceof Json.Arr(var items)
        ? data.with(name, Json.array(items.stream().filter(stays).toList()))
        : data;
  }

  private static boolean same(String one, String other) {
    return one.strip().equals(other);
  }
}
