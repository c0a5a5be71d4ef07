package dev.carillon.memory.environment;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ApiKeys;
import dev.carillon.environment.EnvironmentId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** API keys in memory. */
public final class InMemoryApiKeys implements ApiKeys {
  private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();

  @Override
  public Optional<ApiKey> find(String sha256) {
    return Optional.ofNullable(keys.get(sha256));
  }

  @Override
  public void put(String sha256, ApiKey key) {
    keys.put(sha256, key);
  }

  @Override
  public Map<String, ApiKey> all(EnvironmentId environment) {
    return keys.entrySet().stream()
        .filter(it -> it.getValue().environment().equals(environment))
        .filter(it -> it.getValue().expiresAt().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public boolean any(EnvironmentId environment, ApiKey.Kind kind) {
    return keys.values().stream()
        .anyMatch(key -> key.environment().equals(environment) && key.kind() == kind);
  }
}
