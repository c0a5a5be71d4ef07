package dev.carillon.storage.cache;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one at a time do something about a key, for any number of keys. Some share a lock, so what
 * is done about one must not wait for what is done about another.
 */
public final class StripedLocks {
  private static final int COUNT = 64;

  private final ReentrantLock[] locks = new ReentrantLock[COUNT];

  public StripedLocks() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  public <T> T alone(Object key, Supplier<T> what) {
    ReentrantLock lock = locks[Math.floorMod(key.hashCode(), COUNT)];
    lock.lock();
    try {
      return what.get();
    } finally {
      lock.unlock();
    }
  }
}
