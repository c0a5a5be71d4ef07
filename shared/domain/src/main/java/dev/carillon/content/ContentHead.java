package dev.carillon.content;

import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a content stands in an environment.
 *
 * @param draft what was saved and is not committed; empty when all that was saved is
 * @param committed the version that serves; empty when none was ever committed
 * @param commit the commit that let it serve
 * @param createdAt when it was first saved or committed here
 * @param updatedAt when it was last saved or committed here
 * @param revision how often this was written; 0: there is no such content yet
 */
public record ContentHead(
    ContentId id,
    Optional<VersionId> draft,
    Optional<VersionId> committed,
    Optional<CommitId> commit,
    Instant createdAt,
    Instant updatedAt,
    long revision) {

  /** That of a content that there is not yet. */
  public static ContentHead none(ContentId id, Instant now) {
    return new ContentHead(id, Optional.empty(), Optional.empty(), Optional.empty(), now, now, 0);
  }

  /** What its author sees: the draft, otherwise what serves; empty when there is neither. */
  public Optional<VersionId> latest() {
    return draft.or(() -> committed);
  }

  /** Whether it was archived: nobody can save or commit anything under its id any more. */
  public boolean archived() {
    return revision > 0 && latest().isEmpty();
  }

  /** This after it was archived. */
  public ContentHead archived(Instant now) {
    return new ContentHead(
        id, Optional.empty(), Optional.empty(), commit, createdAt, now, revision + 1);
  }

  /** This after a save. What serves already is no draft. */
  public ContentHead saved(VersionId version, Instant now) {
    return new ContentHead(
        id,
        committed.equals(Optional.of(version)) ? Optional.empty() : Optional.of(version),
        committed,
        commit,
        createdAt,
        now,
        revision + 1);
  }

  /** This after a commit. A draft of another version stays one. */
  public ContentHead committed(Commit made) {
    return new ContentHead(
        id,
        draft.filter(it -> !it.equals(made.version())),
        Optional.of(made.version()),
        Optional.of(made.id()),
        createdAt,
        made.at(),
        revision + 1);
  }
}
