package dev.carillon.memory.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets several threads do the same at the same time. */
public final class Race {
  private Race() {}

  /** What each of them got. */
  public static <T> List<T> run(int threads, Callable<T> task) throws Exception {
    var start = new CyclicBarrier(threads);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      var got = new ArrayList<T>();
      for (Future<T> result : results) {
        got.add(result.get());
      }
      return got;
    }
  }

  /** How many of them got true. */
  public static long winners(int threads, Callable<Boolean> task) throws Exception {
    return run(threads, task).stream().filter(won -> won).count();
  }
}
