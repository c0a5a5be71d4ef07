package dev.carillon.workflow;

import dev.carillon.environment.EnvironmentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The committed workflows of an environment. */
public interface Workflows {

  /**
   * Which version serves now.
   *
   * @param active whether the workflow accepts triggers
   * @param archived whether it is gone for good: nothing triggers it, and its runs end when they
   *     wake
   */
  record Live(VersionId version, boolean active, boolean archived) {}

  /**
   * What serves now; empty when no such workflow was ever committed. Never cached: a commit counts
   * at once.
   */
  Optional<Live> live(EnvironmentId environment, WorkflowKey key);

  /**
   * What served within the last second or so, at half the price of {@link #live}: to let a run go
   * on by. What would end one, or what is not seen, is to be asked of {@link #live}.
   */
  Optional<Live> glimpse(EnvironmentId environment, WorkflowKey key);

  /** A version; empty when there is none. Versions never change, so an implementation may cache. */
  Optional<Workflow> version(EnvironmentId environment, WorkflowKey key, VersionId version);

  /**
   * The workflows that who comes into the audience may trigger: all those whose version that serves
   * says so, and perhaps some that did before; {@link Workflow#entryAudience} of what serves tells.
   * Sees every commit answered so far.
   */
  List<WorkflowKey> enteredBy(EnvironmentId environment, String audience);

  /**
   * Stores the version and lets it serve from now on; an inactive workflow stays inactive. Safe to
   * repeat: equal content is the same version.
   *
   * @return false when the workflow is archived; another version then does not serve
   */
  boolean commit(EnvironmentId environment, Workflow workflow);

  /**
   * Lets the workflow accept triggers or not, from now on and whatever its version. Safe to repeat.
   *
   * @return false when there is no such workflow or it is archived; nothing is changed
   */
  boolean setActive(EnvironmentId environment, WorkflowKey key, boolean active);

  /**
   * Puts the workflow away for good: nothing brings it back, and its key is never free again. Its
   * versions stay, for the runs it had. Safe to repeat.
   *
   * @return false when there is no such workflow
   */
  boolean archive(EnvironmentId environment, WorkflowKey key);

  /**
   * As {@link #archive}, also where the workflow never served: nothing will there under its key.
   * Safe to repeat.
   */
  void retire(EnvironmentId environment, WorkflowKey key);

  /** Whether the key was archived or retired, so that nothing can serve under it. */
  boolean isRetired(EnvironmentId environment, WorkflowKey key);

  /** Those of the keys for which {@link #isRetired} holds. */
  Set<WorkflowKey> retired(EnvironmentId environment, Set<WorkflowKey> keys);
}
