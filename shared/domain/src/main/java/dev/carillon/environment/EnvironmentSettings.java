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
 * @param trackingDomains the host names of tracked links, by use, as files give them: {@code link},
 *     {@code short_link}, {@code open}; what is missing is the deployment's own
 * @param preferenceCenter what the page shows on which people change their preferences, as files
 *     give it: {@code enabled}, {@code title}, {@code body}, {@code show_account_name}, {@code
 *     rows}
 */
public record EnvironmentSettings(
    Optional<ZoneId> timezone,
    Json.Obj preferences,
    List<Json.Obj> channelGroups,
    Json.Obj trackingDomains,
    Json.Obj preferenceCenter) {

  public static final EnvironmentSettings NONE =
      new EnvironmentSettings(Optional.empty(), Json.Obj.EMPTY, List.of());

  /** With the deployment's own domain for tracked links, and the standard page of preferences. */
  public EnvironmentSettings(
      Optional<ZoneId> timezone, Json.Obj preferences, List<Json.Obj> channelGroups) {
    this(timezone, preferences, channelGroups, Json.Obj.EMPTY, Json.Obj.EMPTY);
  }

  /** These with other preferences. */
  public EnvironmentSettings withPreferences(Json.Obj set) {
    return new EnvironmentSettings(timezone, set, channelGroups, trackingDomains, preferenceCenter);
  }

  /** These with another page on which people change their preferences. */
  public EnvironmentSettings withPreferenceCenter(Json.Obj page) {
    return new EnvironmentSettings(timezone, preferences, channelGroups, trackingDomains, page);
  }

  /** These with other groups of channels. */
  public EnvironmentSettings withChannelGroups(List<Json.Obj> groups) {
    return new EnvironmentSettings(
        timezone, preferences, groups, trackingDomains, preferenceCenter);
  }

  public EnvironmentSettings {
    channelGroups = List.copyOf(channelGroups);
  }
}
