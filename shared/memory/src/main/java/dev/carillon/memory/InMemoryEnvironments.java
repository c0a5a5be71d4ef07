package dev.carillon.memory;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.environment.Settings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of environments in memory. */
public final class InMemoryEnvironments implements Environments {
  private final Map<EnvironmentId, Settings> settings = new ConcurrentHashMap<>();

  @Override
  public Settings settings(EnvironmentId environment) {
    return settings.getOrDefault(environment, Settings.NONE);
  }

  @Override
  public void put(EnvironmentId environment, Settings replacement) {
    settings.put(environment, replacement);
  }
}
