package dev.carillon.content;

import dev.carillon.change.ChangeId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.workflow.VersionId;

/**
 * Hears of saves before they are made, so that who dies after making one has told of it. Who
 * listens looks for the change that is kept with it, and hears of nothing when there is none within
 * minutes.
 */
@FunctionalInterface
public interface AnnounceSaves {

  /**
   * This is about to be saved. Safe to repeat: a change has one id.
   *
   * @param environment where it is saved; perhaps a branch
   * @param change what is kept with the save
   */
  void announce(EnvironmentId environment, ContentId content, VersionId version, ChangeId change);
}
