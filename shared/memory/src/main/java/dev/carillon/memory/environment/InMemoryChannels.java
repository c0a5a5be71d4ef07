package dev.carillon.memory.environment;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Channels in memory. */
public final class InMemoryChannels implements Channels {
  private final Map<EnvironmentId, Map<ChannelId, Channel>> channels = new LinkedHashMap<>();

  @Override
  public synchronized List<Channel> all(EnvironmentId environment) {
    return List.copyOf(channels.getOrDefault(environment, Map.of()).values());
  }

  @Override
  public synchronized void put(EnvironmentId environment, Channel channel) {
    channels.computeIfAbsent(environment, _ -> new LinkedHashMap<>()).put(channel.id(), channel);
  }
}
