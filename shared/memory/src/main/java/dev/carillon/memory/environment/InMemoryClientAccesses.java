package dev.carillon.memory.environment;

import dev.carillon.access.ClientAccess;
import dev.carillon.access.ClientAccesses;
import dev.carillon.environment.EnvironmentId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What clients may do, in memory. */
public final class InMemoryClientAccesses implements ClientAccesses {
  private final Map<EnvironmentId, ClientAccess> accesses = new ConcurrentHashMap<>();

  @Override
  public ClientAccess find(EnvironmentId environment) {
    return accesses.getOrDefault(environment, ClientAccess.STANDARD);
  }

  @Override
  public void change(EnvironmentId environment, UnaryOperator<ClientAccess> change) {
    accesses.compute(
        environment, (_, before) -> change.apply(before == null ? ClientAccess.STANDARD : before));
  }
}
