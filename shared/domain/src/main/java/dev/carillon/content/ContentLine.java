package dev.carillon.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The committed content that a run reads: an environment's, or that of one of its branches laid
 * over it. What nobody committed on the branch is what serves in the environment at the moment.
 *
 * @param branch what the keys of the branch's own content begin with; empty for the environment's
 */
public record ContentLine(EnvironmentId environment, Optional<EnvironmentId> branch) {

  /**
   * As {@link Workflows#live}. A workflow that the environment archived is archived on branches
   * too.
   */
  public Optional<Workflows.Live> live(Workflows workflows, WorkflowKey key) {
    Optional<Workflows.Live> below = workflows.live(environment, key);
    return below.filter(Workflows.Live::archived).isPresent()
        ? below
        : branch.flatMap(it -> workflows.live(it, key)).or(() -> below);
  }

  /** As {@link Workflows#glimpse}; on a branch, where few runs are, as {@link #live}. */
  public Optional<Workflows.Live> glimpse(Workflows workflows, WorkflowKey key) {
    return branch.isEmpty() ? workflows.glimpse(environment, key) : live(workflows, key);
  }

  /** As {@link Workflows#version}, whether it was committed on the branch or in the environment. */
  public Optional<Workflow> version(Workflows workflows, WorkflowKey key, VersionId version) {
    return branch
        .flatMap(it -> workflows.version(it, key, version))
        .or(() -> workflows.version(environment, key, version));
  }

  /** What serves of what templates share, the branch's behind the environment's. */
  public List<Map<ContentId, VersionId>> serving(Assets assets) {
    return Stream.concat(Stream.of(environment), branch.stream()).map(assets::serving).toList();
  }

  /**
   * What templates share; where both have a layout, partial or translation of one key, the
   * branch's.
   *
   * @param serving as {@link #serving} gave it
   */
  public LibraryShelf shelf(Assets assets, List<Map<ContentId, VersionId>> serving) {
    var below = LibraryShelf.of(assets, environment, serving.getFirst());
    return branch
        .map(it -> below.with(serving.getLast(), wanted -> assets.parts(it, wanted)))
        .orElse(below);
  }
}
