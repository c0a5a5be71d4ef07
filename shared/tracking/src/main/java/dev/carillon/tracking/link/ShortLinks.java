package dev.carillon.tracking.link;

import dev.carillon.tracking.TrackedLink;
import java.util.Optional;

/** The short links of all environments. They are kept for good: a link lives as long as its SMS. */
public interface ShortLinks {

  /**
   * Stores the link under the key unless there is one. Safe to repeat.
   *
   * @return false when the key leads somewhere else already: nothing is changed
   */
  boolean put(ShortKey key, TrackedLink link);

  /** The link; empty when there is none. One read. */
  Optional<TrackedLink> find(ShortKey key);
}
