package dev.carillon.content;

import dev.carillon.id.Digest;
import dev.carillon.id.Uuid8;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Names one commit. It carries the millisecond it was made in, so that ids sort by age. */
public record CommitId(UUID value) {

  /** The id of what {@code cause} leads to for that content; computed again, it is the same. */
  public static CommitId of(Instant now, String cause, ContentId content) {
    var digest = Digest.of("commit", cause, content.toString());
    return new CommitId(
        Uuid8.timed(now.toEpochMilli(), digest.bits(12), digest.uuid().getLeastSignificantBits()));
  }

  /** Empty when no commit is called so. */
  public static Optional<CommitId> parse(String text) {
    try {
      return Optional.of(new CommitId(UUID.fromString(text)))
          .filter(id -> id.toString().equals(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
