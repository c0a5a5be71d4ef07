package dev.carillon.memory.environment;

import dev.carillon.access.ServiceToken;
import dev.carillon.access.ServiceTokens;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Service tokens in memory. */
public final class InMemoryServiceTokens implements ServiceTokens {
  private final Map<String, ServiceToken> tokens = new ConcurrentHashMap<>();

  @Override
  public Optional<ServiceToken> find(String sha256) {
    return Optional.ofNullable(tokens.get(sha256));
  }

  @Override
  public Map<String, ServiceToken> all() {
    return Map.copyOf(tokens);
  }

  @Override
  public void put(String sha256, ServiceToken token) {
    tokens.put(sha256, token);
  }
}
