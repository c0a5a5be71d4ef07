package dev.carillon.memory.environment;

import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

public final class InMemoryChannelCredentials implements ChannelCredentials {
  private record Key(EnvironmentId environment, ChannelId channel) {}

  private final Map<Key, Json.Obj> credentials = new ConcurrentHashMap<>();

  @Override
  public Json.Obj find(EnvironmentId environment, ChannelId channel) {
    return credentials.getOrDefault(new Key(environment, channel), Json.Obj.EMPTY);
  }

  @Override
  public void put(EnvironmentId environment, ChannelId channel, Json.Obj values) {
    credentials.put(new Key(environment, channel), values);
  }
}
