package dev.carillon.content;

import dev.carillon.change.Change;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the authors of a branch see: what was saved or committed there, and under it what the branch
 * began with. Making a branch copies nothing; the versions it begins with lie where they were made.
 */
public final class BranchContents implements Contents {
  private final Contents contents;
  private final Branch branch;

  public BranchContents(Contents contents, Branch branch) {
    this.contents = contents;
    this.branch = branch;
  }

  @Override
  public Optional<ContentHead> find(EnvironmentId environment, ContentId id) {
    return contents
        .find(environment, id)
        .map(own -> own.committed().isPresent() ? own : begun(own, based(id)))
        .or(() -> based(id).map(version -> begun(none(id), Optional.of(version))));
  }

  private Optional<VersionId> based(ContentId id) {
    return Optional.ofNullable(branch.base().get(id));
  }

  private ContentHead none(ContentId id) {
    return ContentHead.none(id, branch.createdAt());
  }

  /** What is not committed on the branch is as the branch began. */
  private static ContentHead begun(ContentHead head, Optional<VersionId> base) {
    return new ContentHead(
        head.id(),
        head.draft().filter(draft -> !base.equals(Optional.of(draft))),
        base,
        Optional.empty(),
        head.createdAt(),
        head.updatedAt(),
        head.revision());
  }

  @Override
  public List<ContentHead> all(EnvironmentId environment, ContentType type) {
    Map<String, ContentHead> heads = new LinkedHashMap<>();
    branch
        .base()
        .forEach(
            (id, version) -> {
              if (id.type() == type) {
                heads.put(id.key(), begun(none(id), Optional.of(version)));
              }
            });
    for (ContentHead own : contents.all(environment, type)) {
      heads.put(own.id().key(), own.committed().isPresent() ? own : begun(own, based(own.id())));
    }
    return heads.values().stream().sorted(Comparator.comparing(it -> it.id().key())).toList();
  }

  @Override
  public Optional<Json.Obj> version(EnvironmentId environment, ContentId id, VersionId version) {
    return contents
        .version(environment, id, version)
        .or(() -> contents.version(branch.of(), id, version));
  }

  @Override
  public Map<ContentId, Json.Obj> versions(
      EnvironmentId environment, Map<ContentId, VersionId> wanted) {
    var found = new LinkedHashMap<>(contents.versions(environment, wanted));
    var begun = new LinkedHashMap<>(wanted);
    begun.keySet().removeAll(found.keySet());
    if (!begun.isEmpty()) {
      found.putAll(contents.versions(branch.of(), begun));
    }
    return found;
  }

  @Override
  public ContentHead save(
      EnvironmentId environment, ContentId id, Json.Obj content, Instant now, Change change) {
    Optional<ContentHead> before = find(environment, id);
    if (before.isPresent()
        && before.get().latest().equals(Optional.of(WorkflowReader.version(content)))) {
      return before.get();
    }
    ContentHead saved = contents.save(environment, id, content, now, change);
    return saved.committed().isPresent() ? saved : begun(saved, based(id));
  }
}
