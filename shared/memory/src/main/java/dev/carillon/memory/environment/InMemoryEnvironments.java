package dev.carillon.memory.environment;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.environment.Environments;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The settings of environments in memory. */
public final class InMemoryEnvironments implements Environments {
  private final Map<EnvironmentId, EnvironmentSettings> settings = new ConcurrentHashMap<>();

  @Override
  public EnvironmentSettings settings(EnvironmentId environment) {
    return settings.getOrDefault(environment, EnvironmentSettings.NONE);
  }

  @Override
  public void change(EnvironmentId environment, UnaryOperator<EnvironmentSettings> change) {
    settings.compute(
        environment,
        (_, before) -> change.apply(before == null ? EnvironmentSettings.NONE : before));
  }
}
