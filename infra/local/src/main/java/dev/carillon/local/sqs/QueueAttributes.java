package dev.carillon.local.sqs;

import java.time.Duration;
import java.util.Optional;

/**
 * A standard queue as the template describes it.
 *
 * @param url what the functions know it by; the engine looks at its last segment only
 * @param visibility how long a received message stays hidden, 0 s to 12 h
 * @param delay before a message without a delay of its own can be received, 0 s to 15 min
 */
public record QueueAttributes(
    String name,
    String url,
    String arn,
    Duration visibility,
    Duration delay,
    Optional<Redrive> redrive) {

  /**
   * Where a message goes that would be received once more than {@code maxReceiveCount} times.
   *
   * @param deadLetterQueue a queue's name; it may be created later
   */
  public record Redrive(int maxReceiveCount, String deadLetterQueue) {}
}
