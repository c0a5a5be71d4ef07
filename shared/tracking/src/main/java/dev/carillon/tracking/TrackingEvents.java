package dev.carillon.tracking;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of the clicks and opens of mail, for as long as the mail itself is kept: the
 * browser and the address among it, which are in no timeline.
 */
public interface TrackingEvents {

  /** How many of a message are given; the newest. */
  int MOST = 1_000;

  /** Stores it under its id; told again, it changes nothing. One write. */
  void put(TrackingEvent event);

  /** Those of a message, newest first, at most {@value #MOST}. Costs by how many there are. */
  List<TrackingEvent> ofMessage(EnvironmentId environment, MessageId message);

  /**
   * The one of a message with that id, which came at that instant; empty when it is not stored. One
   * read.
   */
  Optional<TrackingEvent> find(EnvironmentId environment, MessageId message, Instant at, String id);

  /** Deletes those of a message. Safe to repeat. */
  void deleteOf(EnvironmentId environment, MessageId message);
}
