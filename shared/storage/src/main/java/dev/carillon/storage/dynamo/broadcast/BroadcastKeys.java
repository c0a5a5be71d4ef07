package dev.carillon.storage.dynamo.broadcast;

import dev.carillon.broadcast.Broadcast;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;

/** Where broadcasts lie. The whole layout is in {@link Keys}. */
final class BroadcastKeys {
  static final String HEAD = "HEAD";
  static final String CHUNK = "BODY";

  private BroadcastKeys() {}

  static String partition(EnvironmentId environment, String key) {
    return environment.value() + "#BROADCAST#" + Keys.part(key);
  }

  static Key head(EnvironmentId environment, String key) {
    return new Key(partition(environment, key), HEAD);
  }

  /** What the sort keys of the parts of a sending begin with. */
  static String parts(int sending) {
    return "PART#%06d#".formatted(sending);
  }

  static Key part(EnvironmentId environment, String key, int sending, int part) {
    return new Key(partition(environment, key), parts(sending) + "%02d".formatted(part));
  }

  /** By what the broadcasts of an environment are listed. */
  static String links(EnvironmentId environment) {
    return environment.value() + "#BROADCASTS#ALL";
  }

  static Key link(Broadcast broadcast) {
    return new Key(links(broadcast.environment()), broadcast.position());
  }
}
