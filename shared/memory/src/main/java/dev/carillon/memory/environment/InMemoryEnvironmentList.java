package dev.carillon.memory.environment;

import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The environments in memory. */
public final class InMemoryEnvironmentList implements EnvironmentList {
  private final Map<EnvironmentId, EnvironmentEntry> entries = new ConcurrentHashMap<>();

  @Override
  public List<EnvironmentEntry> all() {
    return entries.values().stream()
        .sorted(Comparator.comparingInt(EnvironmentEntry::order))
        .toList();
  }

  @Override
  public void put(EnvironmentEntry entry) {
    entries.put(entry.id(), entry);
  }
}
