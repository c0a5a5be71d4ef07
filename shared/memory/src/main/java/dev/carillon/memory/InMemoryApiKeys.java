package dev.carillon.memory;

import dev.carillon.access.ApiKey;
import dev.carillon.access.FindApiKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** API keys in memory. */
public final class InMemoryApiKeys implements FindApiKey {
  private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();

  @Override
  public Optional<ApiKey> find(String sha256) {
    return Optional.ofNullable(keys.get(sha256));
  }

  /** Makes the key known, or changes what is known of it, for instance that it is revoked. */
  public void put(String sha256, ApiKey key) {
    keys.put(sha256, key);
  }
}
