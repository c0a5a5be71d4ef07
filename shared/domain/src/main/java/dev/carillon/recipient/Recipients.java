package dev.carillon.recipient;

import dev.carillon.environment.EnvironmentId;
import java.time.Instant;
import java.util.Optional;

/** Everything known of users, objects and tenants. */
public interface Recipients {

  /** How many bytes the properties of one recipient may take, as JSON, after a merge. */
  int MAX_PROPERTIES_BYTES = 256 * 1024;

  /**
   * The recipient, or empty when nobody identified it. Sees every identification answered so far.
   */
  Optional<Recipient> find(EnvironmentId environment, RecipientId id);

  /**
   * Merges the identification into what is known, creating the recipient when it is new.
   *
   * <p>Safe to repeat: an identification is applied once per {@code cause}, for as long as the
   * cause is among the last 16 that changed this recipient, so that a task delivered again, late,
   * does not undo what came after it.
   *
   * @param cause names what asked: a request or a trigger
   */
  Identified identify(
      EnvironmentId environment,
      RecipientId id,
      Identification identification,
      String cause,
      Instant now);

  sealed interface Identified {
    /** Merged (now or, for a repeated cause, before); this is what is known now. */
    record Merged(Recipient recipient) implements Identified {}

    /** Refused, nothing changed: the merged properties would take more than the limit. */
    record TooLarge(int bytes) implements Identified {}
  }
}
