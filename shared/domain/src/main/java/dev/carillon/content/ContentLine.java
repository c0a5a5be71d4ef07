package dev.carillon.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.Optional;

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

  /** As {@link Assets#library}; where both have a layout or partial of one key, the branch's. */
  public Assets.Library library(Assets assets) {
    Assets.Library below = assets.library(environment);
    return branch.map(it -> below.under(assets.library(it))).orElse(below);
  }
}
