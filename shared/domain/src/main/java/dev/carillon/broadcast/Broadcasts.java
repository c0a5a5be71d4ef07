package dev.carillon.broadcast;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.List;
import java.util.Optional;

/** The broadcasts of an environment, and how far the sending of each has got. */
public interface Broadcasts {

  /** The broadcast as last stored; empty when there is none. Sees every write. */
  Optional<Broadcast> find(EnvironmentId environment, String key);

  /**
   * All there are, newest first, by {@link Broadcast#position}. A page may hold fewer than asked
   * for and still have a next one.
   */
  Page<Broadcast> newestFirst(EnvironmentId environment, PageRequest page);

  /**
   * Stores it if nobody stored it since it was read: if its {@link Broadcast#revision} is the one
   * stored, or 0 and there is none. When it was made never changes.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(Broadcast broadcast);

  /**
   * How far the parts of a sending have got; a part of which no page is through is left out. Sees
   * every one noted so far.
   *
   * @param sending its {@link BroadcastPlan#number}
   */
  List<BroadcastProgress> progress(EnvironmentId environment, String key, int sending);

  /**
   * Notes that a part of a sending has got further; of one that was noted as far or farther nothing
   * changes.
   *
   * @return false when it was
   */
  boolean note(EnvironmentId environment, String key, int sending, BroadcastProgress progress);
}
