package dev.carillon.source;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What came in by sources, kept as long as runs are. */
public interface SourceEvents {

  /** For how long an event's key tells that another is the same. */
  Duration REMEMBERED = Duration.ofHours(24);

  /** Of how many days events are counted. */
  int COUNTED_DAYS = 30;

  /**
   * Stores a new event, and counts it unless it was only tried out.
   *
   * @return false when there is one of that id; nothing is changed
   */
  boolean create(SourceEvent event);

  /** The event as last stored; empty when there is none of that id. */
  Optional<SourceEvent> find(EnvironmentId environment, String source, String id);

  /**
   * Stores the event if nobody did since it was read. The stored one then has the next revision.
   *
   * @return false when somebody else was first, or there is none; nothing is changed
   */
  boolean save(SourceEvent event);

  /** The events of a source that came in within the range and are wanted, newest first. */
  Page<SourceEvent> newestFirst(
      EnvironmentId environment,
      String source,
      TimeRange range,
      Predicate<SourceEvent> wanted,
      PageRequest page);

  /**
   * The events that are kept of a user ({@link SourceEvent#about}), newest first; of those that
   * came in or were carried out within the last second or so, perhaps not all. A page costs what it
   * shows.
   */
  Page<SourceEvent> of(EnvironmentId environment, RecipientId user, PageRequest page);

  /** Forgets the event. Safe to repeat. How many came in stays. */
  void delete(SourceEvent event);

  /**
   * Lets the event be the one of its {@link SourceEvent#identity} for a day, unless another one is.
   * Safe to repeat.
   *
   * @return the id of the event that it is: this one's, or that of the one that was first
   * @throws IllegalArgumentException when nothing tells it from others
   */
  String claim(SourceEvent event, Instant now);

  /** Takes back what {@link #claim} gave to this event. Safe to repeat. */
  void release(SourceEvent event);

  /** What came in within the last {@value #COUNTED_DAYS} days, by type, in their order. */
  List<Tally> tallies(EnvironmentId environment, String source, Instant now);

  /**
   * How many events of a type came in.
   *
   * @param last when the latest did, to the millisecond
   */
  record Tally(String type, long count, Instant last) {}
}
