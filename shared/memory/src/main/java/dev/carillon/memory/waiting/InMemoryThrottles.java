package dev.carillon.memory.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.throttle.Throttles;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Budgets in memory. */
public final class InMemoryThrottles implements Throttles {
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private record Key(EnvironmentId environment, ThrottleId throttle) {}

  private record Window(Instant end, int passed) {}

  private static final class Budget {
    private final Map<String, Passage.Passed> passers = new HashMap<>();
    private Window window = new Window(Instant.MIN, 0);
  }

  private final Map<Key, Budget> budgets = new HashMap<>();

  @Override
  public synchronized Passage pass(
      EnvironmentId environment,
      ThrottleId throttle,
      String passer,
      int limit,
      Instant windowEnd,
      Instant now) {
    Budget budget = budgets.computeIfAbsent(new Key(environment, throttle), _ -> new Budget());
    budget.passers.values().removeIf(it -> !now.isBefore(it.windowEnd().plus(REMEMBERED)));
    Passage.Passed before = budget.passers.get(passer);
    if (before != null) {
      return before;
    }
    Window open = now.isBefore(budget.window.end()) ? budget.window : new Window(windowEnd, 0);
    if (open.passed() >= limit) {
      return new Passage.Exceeded(open.end());
    }
    budget.window = new Window(open.end(), open.passed() + 1);
    var passed = new Passage.Passed(budget.window.passed(), open.end());
    budget.passers.put(passer, passed);
    return passed;
  }
}
