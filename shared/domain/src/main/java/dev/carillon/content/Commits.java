package dev.carillon.content;

import dev.carillon.change.Change;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commits of an environment. */
public interface Commits {
  /**
   * How many contents can come to serve in one step. A transaction of DynamoDB has at most 100
   * writes, a content takes five of them.
   */
  int MOST = 19;

  /**
   * One content that is to serve.
   *
   * @param seen how it stood when the commit was decided on
   * @param content what {@link Commit#version} is the hash of
   */
  record Serving(Commit commit, ContentHead seen, Json.Obj content, Change change) {}

  /** What became of a commit. */
  enum Outcome {
    /** All of it serves. */
    DONE,

    /** One of the contents does not stand as it was seen: nothing has changed. */
    CHANGED,

    /** One of the contents is archived: nothing has changed. */
    ARCHIVED
  }

  /**
   * Lets all of these serve, or none. Who reads what serves sees all of it or nothing, layouts and
   * partials within seconds. Of two that were decided on the same heads one is done. Repeating one
   * that was done is {@link Outcome#CHANGED}.
   *
   * @param all 1 to {@value #MOST}, each of another content
   */
  Outcome commit(EnvironmentId environment, List<Serving> all);

  /**
   * Lets an audience be none any more, drafts included, and its key never free again, whether or
   * not there was one. Who was put into it is kept, and nobody is in it.
   *
   * @param change kept with it, or neither is
   * @return false when it is archived already
   */
  boolean archiveAudience(EnvironmentId environment, String key, Instant now, Change change);

  /** The commit; empty when there is none in this environment. */
  Optional<Commit> find(EnvironmentId environment, CommitId id);

  /**
   * As {@link #find(EnvironmentId, CommitId)}, of many; those that there are none of are left out.
   */
  Map<CommitId, Commit> find(EnvironmentId environment, Set<CommitId> ids);

  /** Newest first. The position of a commit is its id as a text. */
  Page<Commit> page(EnvironmentId environment, PageRequest page);

  /** As {@link #page}, of one content. */
  Page<Commit> page(EnvironmentId environment, ContentId content, PageRequest page);
}
