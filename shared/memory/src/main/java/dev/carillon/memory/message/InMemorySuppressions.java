package dev.carillon.memory.message;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.suppression.Suppression;
import dev.carillon.suppression.Suppressions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Suppressed addresses in memory. */
public final class InMemorySuppressions implements Suppressions {
  private record Key(EnvironmentId environment, String address) {}

  private final Map<Key, Suppression> suppressions = new ConcurrentHashMap<>();

  @Override
  public Optional<Suppression> find(EnvironmentId environment, String address) {
    return Optional.ofNullable(suppressions.get(new Key(environment, Suppression.normal(address))));
  }

  @Override
  public void add(EnvironmentId environment, Suppression suppression) {
    if (suppression.address().length() <= Suppression.LONGEST_ADDRESS) {
      suppressions.putIfAbsent(new Key(environment, suppression.address()), suppression);
    }
  }

  @Override
  public boolean remove(EnvironmentId environment, String address) {
    return suppressions.remove(new Key(environment, Suppression.normal(address))) != null;
  }

  @Override
  public Page<ListedSuppression> page(EnvironmentId environment, PageRequest page) {
    return NewestFirst.page(
        suppressions.entrySet().stream()
            .filter(entry -> entry.getKey().environment().equals(environment))
            .map(entry -> new ListedSuppression(entry.getValue(), entry.getValue().address()))
            .toList(),
        ListedSuppression::position,
        page);
  }
}
