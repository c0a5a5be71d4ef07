package dev.carillon.memory.environment;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.rate.CallAllowances;
import java.util.HashMap;
import java.util.Map;

/** Counts of calls in memory. */
public final class InMemoryCallAllowances implements CallAllowances {
  private record Of(EnvironmentId environment, String of, long second) {}

  private final Map<Of, Integer> taken = new HashMap<>();

  @Override
  public synchronized int take(
      EnvironmentId environment, String of, long second, int perSecond, int want) {
    int before = taken.merge(new Of(environment, of, second), want, Integer::sum) - want;
    return Math.clamp(perSecond - before, 0, want);
  }
}
