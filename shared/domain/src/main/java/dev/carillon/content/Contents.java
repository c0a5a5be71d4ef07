package dev.carillon.content;

import dev.carillon.change.Change;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the authors of an environment wrote, committed or not. Every read sees every write. */
public interface Contents {

  /** How the content stands; empty when nothing was ever saved or committed under that id. */
  Optional<ContentHead> find(EnvironmentId environment, ContentId id);

  /** All of a type, by key. A team has hundreds, so all are read at once. */
  List<ContentHead> all(EnvironmentId environment, ContentType type);

  /** A version; empty when there is none. Versions never change. */
  Optional<Json.Obj> version(EnvironmentId environment, ContentId id, VersionId version);

  /** As {@link #version}, of many; those that there are none of are left out. */
  Map<ContentId, Json.Obj> versions(EnvironmentId environment, Map<ContentId, VersionId> wanted);

  /**
   * Keeps the content as the draft, over another draft if there is one; what serves stays. Equal
   * content is the same version, and what serves already becomes no draft. What is archived stays
   * as it is. Safe to repeat.
   *
   * @param change kept with it, or neither is
   * @return how it stands then
   */
  ContentHead save(
      EnvironmentId environment, ContentId id, Json.Obj content, Instant now, Change change);
}
