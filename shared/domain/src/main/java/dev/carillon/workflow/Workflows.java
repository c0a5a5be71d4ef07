package dev.carillon.workflow;

import dev.carillon.environment.EnvironmentId;
import java.util.Optional;

/** The committed workflows of an environment. */
public interface Workflows {

  /** Which version serves now, and whether the workflow accepts triggers. */
  record Live(VersionId version, boolean active) {}

  /**
   * What serves now; empty when no such workflow was ever committed. Never cached: a commit counts
   * at once.
   */
  Optional<Live> live(EnvironmentId environment, WorkflowKey key);

  /** A version; empty when there is none. Versions never change, so an implementation may cache. */
  Optional<Workflow> version(EnvironmentId environment, WorkflowKey key, VersionId version);

  /**
   * Stores the version and lets it serve from now on; an inactive workflow stays inactive. Safe to
   * repeat: equal content is the same version.
   */
  void commit(EnvironmentId environment, Workflow workflow);
}
