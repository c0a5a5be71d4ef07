package dev.carillon.environment;

import dev.carillon.json.Json;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What holds for a whole environment.
 *
 * @param timezone of recipients that have none of their own; empty: Etc/UTC
 * @param preferences the preference set that comes below those of tenants and recipients
 * @param channelGroups the groups that steps may name instead of a channel, as files give them
 */
public record EnvironmentSettings(
    Optional<ZoneId> timezone, Json.Obj preferences, List<Json.Obj> channelGroups) {

  public static final EnvironmentSettings NONE =
      new EnvironmentSettings(Optional.empty(), Json.Obj.EMPTY, List.of());

  public EnvironmentSettings {
    channelGroups = List.copyOf(channelGroups);
  }
}
