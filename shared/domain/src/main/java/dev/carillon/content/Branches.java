package dev.carillon.content;

import dev.carillon.environment.EnvironmentId;
import java.util.List;
import java.util.Optional;

/** The branches of environments. Every read sees every write. */
public interface Branches {
  /** How many an environment has at most: they are listed all at once. */
  int MOST = 100;

  /** All of an environment, in no particular order. */
  List<Branch> all(EnvironmentId of);

  /** The branch; empty when there is none that is called so. */
  Optional<Branch> find(EnvironmentId of, String slug);

  /**
   * Keeps the branch as this if it is kept as it was read, or not at all where its revision is 0.
   *
   * @return false when it is not: somebody else made, changed or deleted it
   */
  boolean save(Branch branch);

  /**
   * Lets there be no such branch. Its content stays, and nobody finds it any more.
   *
   * @return false when it is not kept as it was read
   */
  boolean delete(Branch branch);
}
