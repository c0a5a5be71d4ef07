package dev.carillon.memory.content;

import dev.carillon.change.Change;
import dev.carillon.content.Commits.Serving;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contents in memory. */
public final class InMemoryContents implements Contents {
  private record Key(EnvironmentId environment, ContentId id) {}

  private record VersionKey(Key key, VersionId version) {}

  private final Map<Key, ContentHead> heads = new HashMap<>();
  private final Map<VersionKey, Json.Obj> versions = new HashMap<>();
  private final InMemoryChanges changes;

  public InMemoryContents(InMemoryChanges changes) {
    this.changes = changes;
  }

  @Override
  public synchronized Optional<ContentHead> find(EnvironmentId environment, ContentId id) {
    return Optional.ofNullable(heads.get(new Key(environment, id)));
  }

  @Override
  public synchronized List<ContentHead> all(EnvironmentId environment, ContentType type) {
    return heads.entrySet().stream()
        .filter(it -> it.getKey().environment().equals(environment))
        .map(Map.Entry::getValue)
        .filter(it -> it.id().type() == type)
        .sorted(Comparator.comparing(it -> it.id().key()))
        .toList();
  }

  @Override
  public synchronized Optional<Json.Obj> version(
      EnvironmentId environment, ContentId id, VersionId version) {
    return Optional.ofNullable(versions.get(new VersionKey(new Key(environment, id), version)));
  }

  @Override
  public synchronized Map<ContentId, Json.Obj> versions(
      EnvironmentId environment, Map<ContentId, VersionId> wanted) {
    var found = new HashMap<ContentId, Json.Obj>();
    wanted.forEach(
        (id, version) ->
            version(environment, id, version).ifPresent(content -> found.put(id, content)));
    return found;
  }

  @Override
  public synchronized ContentHead save(
      EnvironmentId environment, ContentId id, Json.Obj content, Instant now, Change change) {
    VersionId version = WorkflowReader.version(content);
    ContentHead before = find(environment, id).orElse(ContentHead.none(id, now));
    if (before.archived() || before.latest().equals(Optional.of(version))) {
      return before;
    }
    changes.record(environment, change);
    return put(environment, before.saved(version, now), version, content);
  }

  /** Whether all stand as they were seen; then they stand as committed. */
  synchronized boolean commit(EnvironmentId environment, List<Serving> all) {
    for (Serving one : all) {
      ContentId id = one.commit().content();
      long revision = find(environment, id).map(ContentHead::revision).orElse(0L);
      if (revision != one.seen().revision()) {
        return false;
      }
    }
    for (Serving one : all) {
      put(environment, one.seen().committed(one.commit()), one.commit().version(), one.content());
      changes.record(environment, one.change());
    }
    return true;
  }

  /** False when it is archived already. */
  synchronized boolean archive(
      EnvironmentId environment, ContentId id, Instant now, Change change) {
    ContentHead before = find(environment, id).orElse(ContentHead.none(id, now));
    if (before.archived()) {
      return false;
    }
    heads.put(new Key(environment, id), before.archived(now));
    changes.record(environment, change);
    return true;
  }

  private ContentHead put(
      EnvironmentId environment, ContentHead head, VersionId version, Json.Obj content) {
    var key = new Key(environment, head.id());
    versions.put(new VersionKey(key, version), content);
    heads.put(key, head);
    return head;
  }
}
