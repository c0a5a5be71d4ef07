package dev.carillon.memory.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Workflows in memory. */
public final class InMemoryWorkflows implements Workflows {

  private record Key(EnvironmentId environment, WorkflowKey workflow) {}

  private record VersionKey(Key key, VersionId version) {}

  private final Map<Key, Live> live = new HashMap<>();
  private final Map<VersionKey, Workflow> versions = new HashMap<>();
  private final Set<Key> retired = new HashSet<>();

  @Override
  public synchronized Optional<Live> live(EnvironmentId environment, WorkflowKey key) {
    return Optional.ofNullable(live.get(new Key(environment, key)));
  }

  @Override
  public Optional<Live> glimpse(EnvironmentId environment, WorkflowKey key) {
    return live(environment, key);
  }

  @Override
  public synchronized Optional<Workflow> version(
      EnvironmentId environment, WorkflowKey key, VersionId version) {
    return Optional.ofNullable(versions.get(new VersionKey(new Key(environment, key), version)));
  }

  @Override
  public synchronized List<WorkflowKey> enteredBy(EnvironmentId environment, String audience) {
    return live.entrySet().stream()
        .filter(it -> it.getKey().environment().equals(environment))
        .filter(
            it ->
                versions
                    .get(new VersionKey(it.getKey(), it.getValue().version()))
                    .entryAudience()
                    .equals(Optional.of(audience)))
        .map(it -> it.getKey().workflow())
        .sorted(Comparator.comparing(WorkflowKey::value))
        .toList();
  }

  @Override
  public synchronized boolean commit(EnvironmentId environment, Workflow workflow) {
    var key = new Key(environment, workflow.key());
    Live standing = live.get(key);
    if (isRetired(environment, workflow.key())) {
      return false;
    }
    versions.put(new VersionKey(key, workflow.version()), workflow);
    live.put(key, new Live(workflow.version(), standing == null || standing.active(), false));
    return true;
  }

  @Override
  public synchronized boolean setActive(
      EnvironmentId environment, WorkflowKey key, boolean active) {
    Live after =
        live.computeIfPresent(
            new Key(environment, key),
            (_, before) -> before.archived() ? before : new Live(before.version(), active, false));
    return after != null && !after.archived();
  }

  @Override
  public synchronized boolean archive(EnvironmentId environment, WorkflowKey key) {
    return live.computeIfPresent(
            new Key(environment, key),
            (_, before) -> new Live(before.version(), before.active(), true))
        != null;
  }

  @Override
  public synchronized void retire(EnvironmentId environment, WorkflowKey key) {
    archive(environment, key);
    retired.add(new Key(environment, key));
  }

  @Override
  public synchronized Set<WorkflowKey> retired(EnvironmentId environment, Set<WorkflowKey> keys) {
    return keys.stream().filter(key -> isRetired(environment, key)).collect(Collectors.toSet());
  }

  @Override
  public synchronized boolean isRetired(EnvironmentId environment, WorkflowKey key) {
    return retired.contains(new Key(environment, key))
        || live(environment, key).filter(Live::archived).isPresent();
  }
}
