package dev.carillon.change;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.Optional;

/** The record of who changed what. Nothing of it is ever changed or deleted. */
public interface Changes {

  /**
   * Keeps a change that is not kept with what it is of; before it is made, so that none goes
   * unrecorded. Safe to repeat.
   */
  void record(EnvironmentId environment, Change change);

  /** The change; empty when there is none of that id. Sees every write. */
  Optional<Change> find(EnvironmentId environment, ChangeId id);

  /** Newest first. The position of a change is its id as a text. */
  Page<Change> page(EnvironmentId environment, PageRequest page);
}
