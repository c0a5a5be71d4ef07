package dev.carillon.memory.outgoing;

import dev.carillon.webhook.stream.CollectorHeaders;
import java.util.Map;

/** {@link CollectorHeaders} in memory. */
public final class InMemoryCollectorHeaders implements CollectorHeaders {
  private volatile Map<String, String> headers = Map.of();

  @Override
  public Map<String, String> find() {
    return headers;
  }

  @Override
  public void put(Map<String, String> next) {
    headers = Map.copyOf(next);
  }
}
