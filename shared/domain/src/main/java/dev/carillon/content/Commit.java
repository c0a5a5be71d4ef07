package dev.carillon.content;

import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of one content that was let serve in one environment. Never changes.
 *
 * @param version what serves since
 * @param before what served until then; empty for the first commit of the content
 * @param promoted the commit of the environment below that this one carried up; empty for one that
 *     was made here
 */
public record Commit(
    CommitId id,
    ContentId content,
    VersionId version,
    Optional<VersionId> before,
    Author author,
    Optional<String> message,
    Instant at,
    Optional<CommitId> promoted) {}
