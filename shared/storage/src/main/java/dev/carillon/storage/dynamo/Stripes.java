package dev.carillon.storage.dynamo;

import java.util.stream.IntStream;

/** Locks for any number of keys, of which some share one. */
final class Stripes {
  private static final int COUNT = 64;

  private final Object[] locks =
      IntStream.range(0, COUNT).mapToObj(_ -> new Object()).toArray(Object[]::new);

  /** Always the same for the same key. */
  Object of(Object key) {
    return locks[Math.floorMod(key.hashCode(), COUNT)];
  }
}
