package dev.carillon.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.util.Map;

/**
 * A line of content beside that of an environment, on which a team tries things before the
 * environment has them. It begins with what serves there, and shares its recipients.
 *
 * @param of the environment it branches off
 * @param slug what people call it; no other branch of that environment is called so
 * @param base what served in the environment when the branch was made or last rebased
 * @param revision how often this was written; 0: it is not kept yet
 */
public record Branch(
    EnvironmentId of,
    String slug,
    Instant createdAt,
    Instant updatedAt,
    Map<ContentId, VersionId> base,
    long revision) {
  private static final String PREFIX = "branch-";
  private static final int DIGITS = 32;

  public Branch {
    base = Map.copyOf(base);
  }

  /**
   * What keys of its own content begin with, in the place of an environment. Another branch that is
   * called so later has another.
   */
  public EnvironmentId id() {
    return new EnvironmentId(
        PREFIX
            + Digest.hex(of.value() + " " + slug + " " + createdAt.toEpochMilli())
                .substring(0, DIGITS));
  }

  /** This, on top of what serves in the environment now. */
  public Branch rebased(Map<ContentId, VersionId> serving, Instant now) {
    return new Branch(of, slug, createdAt, now, serving, revision);
  }
}
