package dev.carillon.recipient;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

  /**
   * Changes what is known of the recipient, creating it when it is new: for calls that replace or
   * remove, where {@link #identify} only adds. Safe to repeat as far as the change itself is.
   *
   * @param change may be asked several times; is given a recipient of whom nothing is known when
   *     nobody identified it. Where it gives back an equal one, nothing is written, and a recipient
   *     that was not there is not made.
   */
  Identified change(
      EnvironmentId environment, RecipientId id, UnaryOperator<Recipient> change, Instant now);

  /**
   * Forgets the recipient: its properties, preferences and channel data. Anybody who identifies it
   * later begins with nothing. Safe to repeat.
   *
   * @return false when there was no such recipient
   */
  boolean delete(EnvironmentId environment, RecipientId id);

  /**
   * The ids of a collection, each once, in an order that stays the same while others come and go.
   * An id may be listed whose recipient is not there, or not yet; {@link #find} tells. A page may
   * hold fewer than asked for and still have a next one.
   */
  Page<ListedRecipient> of(EnvironmentId environment, String collection, PageRequest page);

  /** In so many parts a collection can be gone through beside each other. */
  int PARTS = 16;

  /**
   * As {@link #of}, of one part of the collection. All parts together are all of it.
   *
   * @param part from 0, less than {@link #PARTS}
   */
  Page<ListedRecipient> partOf(
      EnvironmentId environment, String collection, int part, PageRequest page);

  /**
   * One of a list.
   *
   * @param position what a {@link PageRequest} may name to go on from here
   */
  record ListedRecipient(RecipientId id, String position) {}

  sealed interface Identified {
    /** Merged (now or, for a repeated cause, before); this is what is known now. */
    record Merged(Recipient recipient) implements Identified {}

    /** Refused, nothing changed: the merged properties would take more than the limit. */
    record TooLarge(int bytes) implements Identified {}
  }
}
