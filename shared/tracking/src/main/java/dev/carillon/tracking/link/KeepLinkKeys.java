package dev.carillon.tracking.link;

import java.util.Optional;

/** Where the ring of keys is kept that links are signed with. */
public interface KeepLinkKeys {

  /** The ring as last stored; empty when there is none yet. */
  Optional<KeyRing> ring();

  /**
   * Stores a ring with a new current key. Of two that give the same id to different keys, one is
   * stored: no key that may have signed is ever lost.
   *
   * @param next a ring that holds all keys of the one before
   * @return false when somebody else made a key with that id; nothing is changed
   */
  boolean put(KeyRing next);
}
