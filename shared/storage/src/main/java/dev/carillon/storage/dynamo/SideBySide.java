package dev.carillon.storage.dynamo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same with many things, some of them at the same time. */
public final class SideBySide {
  /** As many connections as are worth keeping open. */
  private static final int MOST = 8;

  private SideBySide() {}

  /**
   * The items by these keys, each by what it is wanted for; without those that there are none of.
   */
  public static <T> Map<T, Item> get(DynamoTable table, Map<T, Key> keys) {
    var found = new ConcurrentHashMap<T, Item>();
    each(
        keys.entrySet(),
        one -> table.get(one.getValue()).ifPresent(item -> found.put(one.getKey(), item)));
    return found;
  }

  /** Returns when it was done with all; fails as the first of them failed. */
  public static <T> void each(Collection<T> all, Consumer<T> what) {
    if (all.size() < 2) {
      all.forEach(what);
      return;
    }
    try (var threads =
        Executors.newFixedThreadPool(Math.min(MOST, all.size()), Thread.ofVirtual().factory())) {
      List<Future<?>> results = new ArrayList<>();
      all.forEach(one -> results.add(threads.submit(() -> what.accept(one))));
      for (Future<?> result : results) {
        result.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("One of many failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted amid many", e);
    }
  }
}
