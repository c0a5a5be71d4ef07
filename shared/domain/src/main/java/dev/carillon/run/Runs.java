package dev.carillon.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.util.Optional;
import java.util.function.Predicate;

/** The runs of an environment, of any size, kept for its retention time after they last moved. */
public interface Runs {

  /** The run as last stored, whole; empty when it was never stored or its retention is over. */
  Optional<Run> find(EnvironmentId environment, RunId id);

  /**
   * Whether the run was stored, as it looked lately, at half the price of {@link #find}: true is
   * so, false may be wrong for the last second or so. What follows from false is to end in a {@link
   * #save}, which fails where it was.
   */
  boolean glimpsed(EnvironmentId environment, RunId id);

  /**
   * Stores the run if nobody stored it since it was read: if its {@link Run#revision} is the one
   * stored, or 0 and none is. The stored run then has the next revision.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(Run run);

  /**
   * The runs whose trigger was accepted within {@code range} and that {@code wanted} holds for,
   * newest first and whole. A page may hold fewer than asked for and still have a next one.
   *
   * @param wanted is asked about the {@link Run#outline}, so that the rest of a large run is read
   *     only when it is wanted
   */
  Page<Run> newestFirst(
      EnvironmentId environment, TimeRange range, Predicate<Run> wanted, PageRequest page);

  /**
   * As {@link #newestFirst}, of one recipient; may lag by a second or two behind what was stored.
   */
  Page<Run> newestFirst(
      EnvironmentId environment,
      RecipientId recipient,
      TimeRange range,
      Predicate<Run> wanted,
      PageRequest page);

  /**
   * The stored runs of a trigger, in no particular order.
   *
   * @param cursor where the page before ended; empty for the first
   */
  Page<Run> ofTrigger(EnvironmentId environment, TriggerId trigger, Optional<String> cursor);
}
