package dev.carillon.outbound;

import java.time.Duration;

/**
 * How much one request may take.
 *
 * @param connect for one TCP connection to be made; TLS is bounded by the total
 * @param total from the look-up of the name to the last byte of the answer
 * @param requestBytes of the body sent; a longer one is not sent
 * @param responseBytes of the body received; of a longer one this many are kept
 */
public record Bounds(Duration connect, Duration total, int requestBytes, int responseBytes) {
  public Bounds {
    if (connect.toMillis() < 1 || total.toMillis() < 1 || requestBytes < 0 || responseBytes < 0) {
      throw new IllegalArgumentException("Bounds must be positive");
    }
  }
}
