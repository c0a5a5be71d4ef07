package dev.carillon.testing.calls;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Does something on a virtual thread: handing over to another one takes a microsecond there. */
public final class VirtualThread {
  private VirtualThread() {}

  public static <T> T call(Supplier<T> work) {
    var result = new CompletableFuture<T>();
    Thread.ofVirtual().start(() -> result.completeAsync(work, Runnable::run));
    return result.join();
  }
}
