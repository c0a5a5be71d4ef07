package dev.carillon.change;

import dev.carillon.id.Digest;
import dev.carillon.id.Uuid8;
import java.time.Instant;
import java.util.UUID;

/** Names one change. It carries the millisecond it was made in, so that ids sort by age. */
public record ChangeId(UUID value) {

  /** The id of what a request did to that subject; computed again, it is the same. */
  public static ChangeId of(Instant now, String request, String action, String subject) {
    var digest = Digest.of("change", request, action, subject);
    return new ChangeId(
        Uuid8.timed(now.toEpochMilli(), digest.bits(12), digest.uuid().getLeastSignificantBits()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
