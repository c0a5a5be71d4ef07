package dev.carillon.tracking.link;

import java.util.Optional;

/**
 * The keys that links are signed with. Each link names its key, so that keys are replaced without
 * breaking links: a key that has ever signed stays findable, for links live as long as the messages
 * that they are in.
 */
public interface LinkKeys {

  /**
   * Whether there is a key at all. A deployment that was seeded before there was tracking has none
   * until it is seeded or pushed to again.
   */
  default boolean any() {
    return true;
  }

  /** The key that new links are signed with. */
  LinkKey current();

  /** The key with this id, current or not; empty when there never was one. */
  Optional<LinkKey> find(int id);
}
