package dev.carillon.content;

import dev.carillon.environment.EnvironmentId;
import java.util.List;

/**
 * Hears of commits before they are made, so that who dies after making one has told of it. Who
 * listens looks for the commit, and hears of nothing when it was not made within minutes.
 */
@FunctionalInterface
public interface AnnounceCommits {

  /**
   * These are about to be made. Safe to repeat: a commit has one id.
   *
   * @param environment where they are to serve; perhaps a branch
   * @param commits at least one
   */
  void announce(EnvironmentId environment, List<Commit> commits);
}
