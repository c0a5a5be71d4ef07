package dev.carillon.storage;

import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.cache.TtlCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The credentials of channels' providers, one secret for each channel that has any: {@code
 * <prefix><environment>/channels/<channel id>}. A change by anybody is noticed within a minute;
 * Secrets Manager keeps the version before.
 */
public final class ChannelSecrets implements ChannelCredentials {
  private static final Duration AGE = Duration.ofMinutes(1);

  private record Key(EnvironmentId environment, ChannelId channel) {}

  private final SecretStore secrets;
  private final TtlCache<Key, Json.Obj> credentials;
  private final TtlCache<Key, Optional<Replaced>> replaced;

  ChannelSecrets(SecretStore secrets, InstantSource clock) {
    this.secrets = secrets;
    this.credentials = new TtlCache<>(clock, AGE, key -> secrets.read(name(key)));
    this.replaced =
        new TtlCache<>(
            clock,
            AGE,
            key ->
                secrets
                    .previous(name(key))
                    .map(before -> new Replaced(before.values(), before.until())));
  }

  @Override
  public Json.Obj find(EnvironmentId environment, ChannelId channel) {
    return credentials.get(new Key(environment, channel));
  }

  @Override
  public Optional<Replaced> replaced(EnvironmentId environment, ChannelId channel) {
    return replaced.get(new Key(environment, channel));
  }

  @Override
  public void put(EnvironmentId environment, ChannelId channel, Json.Obj values) {
    var key = new Key(environment, channel);
    secrets.write(name(key), values);
    credentials.forget(key);
    replaced.forget(key);
  }

  private static String name(Key key) {
    return key.environment().value() + "/channels/" + key.channel();
  }
}
