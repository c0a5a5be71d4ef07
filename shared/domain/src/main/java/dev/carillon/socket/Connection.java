package dev.carillon.socket;

import dev.carillon.environment.EnvironmentId;
import java.time.Duration;
import java.time.Instant;

/**
 * An open connection.
 *
 * @param apiKey the SHA-256 of the key that it was opened with, as {@link
 *     dev.carillon.access.FindApiKey} has it: once that is revoked the connection is worth nothing
 * @param reach what it may watch
 * @param until when it is over at the latest: it cannot be used from then on, closed or not
 */
public record Connection(
    ConnectionId id, EnvironmentId environment, String apiKey, FeedReach reach, Instant until) {
  /** API Gateway ends a connection after two hours; the rest is for clocks that differ. */
  public static final Duration LONGEST = Duration.ofHours(2).plusMinutes(10);

  /** How many feeds one connection may watch at once. */
  public static final int MOST_FEEDS = 50;
}
