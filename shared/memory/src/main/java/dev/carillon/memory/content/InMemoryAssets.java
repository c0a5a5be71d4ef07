package dev.carillon.memory.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.workflow.Assets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Layouts and partials in memory. */
public final class InMemoryAssets implements Assets {
  private final Map<EnvironmentId, Library> libraries = new ConcurrentHashMap<>();

  @Override
  public Library library(EnvironmentId environment) {
    return libraries.getOrDefault(environment, Library.EMPTY);
  }

  @Override
  public Library current(EnvironmentId environment) {
    return library(environment);
  }

  @Override
  public void commit(EnvironmentId environment, Library library) {
    libraries.put(environment, library);
  }
}
