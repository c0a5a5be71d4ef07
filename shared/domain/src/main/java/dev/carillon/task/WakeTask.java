package dev.carillon.task;

import dev.carillon.id.Digest;
import java.util.Optional;

/** What {@code wake} does. */
public sealed interface WakeTask extends Task {

  @Override
  default TaskQueue queue() {
    return TaskQueue.WAKE;
  }

  @Override
  default String group() {
    return Digest.hex("system").substring(0, 32);
  }

  /**
   * Wake what is due in a minute.
   *
   * @param part one shard of it and where to go on there; empty to begin with all shards
   */
  record Drain(long minute, Optional<Part> part) implements WakeTask {}

  record Part(int shard, Optional<String> cursor) {}

  /** Look for what should have been woken and was not. */
  record Sweep() implements WakeTask {}
}
