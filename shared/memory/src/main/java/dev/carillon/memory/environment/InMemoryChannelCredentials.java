package dev.carillon.memory.environment;

import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

public final class InMemoryChannelCredentials implements ChannelCredentials {
  private record Key(EnvironmentId environment, ChannelId channel) {}

  private record Kept(Json.Obj values, Optional<Replaced> before) {}

  private final Map<Key, Kept> credentials = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public InMemoryChannelCredentials(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Json.Obj find(EnvironmentId environment, ChannelId channel) {
    return kept(environment, channel).map(Kept::values).orElse(Json.Obj.EMPTY);
  }

  @Override
  public Optional<Replaced> replaced(EnvironmentId environment, ChannelId channel) {
    return kept(environment, channel).flatMap(Kept::before);
  }

  private Optional<Kept> kept(EnvironmentId environment, ChannelId channel) {
    return Optional.ofNullable(credentials.get(new Key(environment, channel)));
  }

  @Override
  public void put(EnvironmentId environment, ChannelId channel, Json.Obj values) {
    credentials.merge(
        new Key(environment, channel),
        new Kept(values, Optional.empty()),
        (before, now) ->
            new Kept(now.values(), Optional.of(new Replaced(before.values(), clock.instant()))));
  }
}
