package dev.carillon.memory.content;

import dev.carillon.change.Change;
import dev.carillon.change.ChangeId;
import dev.carillon.change.Changes;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Changes in memory. */
public final class InMemoryChanges implements Changes {
  private final Map<EnvironmentId, Map<String, Change>> changes = new HashMap<>();

  @Override
  public synchronized void record(EnvironmentId environment, Change change) {
    changes.computeIfAbsent(environment, _ -> new TreeMap<>()).put(change.id().toString(), change);
  }

  @Override
  public synchronized Optional<Change> find(EnvironmentId environment, ChangeId id) {
    return Optional.ofNullable(changes.getOrDefault(environment, Map.of()).get(id.toString()));
  }

  @Override
  public synchronized Page<Change> page(EnvironmentId environment, PageRequest page) {
    return NewestFirst.page(
        changes.getOrDefault(environment, Map.of()).values(), it -> it.id().toString(), page);
  }
}
