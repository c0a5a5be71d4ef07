package dev.carillon.memory.content;

import dev.carillon.audience.AudienceReader;
import dev.carillon.change.Change;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.ServedParts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.memory.recipient.InMemoryAudiences;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Commits in memory, over the twins of what they let serve. */
public final class InMemoryCommits implements Commits {
  private final Map<EnvironmentId, Map<String, Commit>> commits = new HashMap<>();
  private final InMemoryContents contents;
  private final InMemoryWorkflows workflows;
  private final InMemoryAssets assets;
  private final InMemoryAudiences audiences;

  public InMemoryCommits(
      InMemoryContents contents,
      InMemoryWorkflows workflows,
      InMemoryAssets assets,
      InMemoryAudiences audiences) {
    this.contents = contents;
    this.workflows = workflows;
    this.assets = assets;
    this.audiences = audiences;
  }

  @Override
  public Outcome commit(EnvironmentId environment, List<Serving> all) {
    // The locks of all that a reader of what serves asks.
    synchronized (workflows) {
      synchronized (assets) {
        synchronized (this) {
          return committed(environment, all);
        }
      }
    }
  }

  @Override
  public synchronized boolean archiveAudience(
      EnvironmentId environment, String key, Instant now, Change change) {
    boolean archived =
        contents.archive(environment, new ContentId(ContentType.AUDIENCE, key), now, change);
    audiences.remove(environment, key);
    return archived;
  }

  private Outcome committed(EnvironmentId environment, List<Serving> all) {
    if (all.stream()
        .anyMatch(
            one -> one.seen().archived() || isArchived(environment, one.commit().content()))) {
      return Outcome.ARCHIVED;
    }
    if (!contents.commit(environment, all)) {
      return Outcome.CHANGED;
    }
    if (all.stream().anyMatch(ServedParts::isOne)) {
      assets.commit(environment, ServedParts.over(assets.current(environment), all));
    }
    for (Serving one : all) {
      serve(environment, one);
      commits
          .computeIfAbsent(environment, _ -> new TreeMap<>())
          .put(one.commit().id().toString(), one.commit());
    }
    return Outcome.DONE;
  }

  private boolean isArchived(EnvironmentId environment, ContentId id) {
    return id.type() == ContentType.WORKFLOW
        && workflows.isRetired(environment, new WorkflowKey(id.key()));
  }

  private void serve(EnvironmentId environment, Serving one) {
    String key = one.commit().content().key();
    switch (one.commit().content().type()) {
      case WORKFLOW -> {
        if (WorkflowReader.read(new WorkflowKey(key), one.content())
            instanceof WorkflowReader.Read.Ok(var workflow)) {
          workflows.commit(environment, workflow);
        } else {
          throw new IllegalArgumentException(key + " is no workflow");
        }
      }
      case AUDIENCE -> {
        if (AudienceReader.read(ServedParts.audience(one.content()))
            instanceof AudienceReader.Read.Ok(var audience)) {
          audiences.put(environment, key, audience);
        } else {
          throw new IllegalArgumentException(key + " is no audience");
        }
      }
      case PARTIAL, EMAIL_LAYOUT, TRANSLATION, MESSAGE_TYPE -> {}
    }
  }

  @Override
  public synchronized Optional<Commit> find(EnvironmentId environment, CommitId id) {
    return Optional.ofNullable(commits.getOrDefault(environment, Map.of()).get(id.toString()));
  }

  @Override
  public synchronized Map<CommitId, Commit> find(EnvironmentId environment, Set<CommitId> ids) {
    var found = new HashMap<CommitId, Commit>();
    ids.forEach(id -> find(environment, id).ifPresent(commit -> found.put(id, commit)));
    return found;
  }

  @Override
  public synchronized Page<Commit> page(EnvironmentId environment, PageRequest page) {
    return NewestFirst.page(
        commits.getOrDefault(environment, Map.of()).values(), it -> it.id().toString(), page);
  }

  @Override
  public synchronized Page<Commit> page(
      EnvironmentId environment, ContentId content, PageRequest page) {
    return NewestFirst.page(
        commits.getOrDefault(environment, Map.of()).values().stream()
            .filter(it -> it.content().equals(content))
            .toList(),
        it -> it.id().toString(),
        page);
  }
}
