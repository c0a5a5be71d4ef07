package dev.carillon.memory.environment;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Channels in memory. */
public final class InMemoryChannels implements Channels {
  /**
   * @param credentials the names of those that it has
   */
  private record Kept(Channel channel, List<String> needs, Set<String> credentials) {}

  private final Map<EnvironmentId, Map<ChannelId, Kept>> channels = new LinkedHashMap<>();

  @Override
  public synchronized ChannelSet configured(EnvironmentId environment) {
    var all = new ArrayList<Channel>();
    var lacking = new LinkedHashMap<ChannelId, List<String>>();
    for (Kept kept : channels.getOrDefault(environment, Map.of()).values()) {
      all.add(kept.channel());
      List<String> lacks =
          kept.needs().stream().filter(it -> !kept.credentials().contains(it)).toList();
      if (!lacks.isEmpty()) {
        lacking.put(kept.channel().id(), lacks);
      }
    }
    return new ChannelSet(all, lacking);
  }

  @Override
  public synchronized void put(EnvironmentId environment, Channel channel, List<String> needs) {
    channels
        .computeIfAbsent(environment, _ -> new LinkedHashMap<>())
        .merge(
            channel.id(),
            new Kept(channel, needs, Set.of()),
            (before, _) -> new Kept(channel, needs, before.credentials()));
  }

  @Override
  public synchronized void noteCredentials(
      EnvironmentId environment, ChannelId channel, Set<String> names) {
    channels
        .getOrDefault(environment, Map.of())
        .computeIfPresent(channel, (_, kept) -> new Kept(kept.channel(), kept.needs(), names));
  }
}
