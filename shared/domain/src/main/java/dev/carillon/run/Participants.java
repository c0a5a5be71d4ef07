package dev.carillon.run;

import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscription;
import java.util.Map;
import java.util.Optional;

/**
 * The people of a run, as they are stored now.
 *
 * @param recipient empty when nobody identified it
 * @param actor empty when the run has none, or nobody identified it
 * @param tenant as {@code actor}
 * @param batchActors those among the actors of the run's batch who are known
 * @param subscription through which the run reached its recipient, if through one that still is
 */
public record Participants(
    Optional<Recipient> recipient,
    Optional<Recipient> actor,
    Optional<Recipient> tenant,
    Map<RecipientId, Recipient> batchActors,
    Optional<Reached> subscription) {

  public Participants {
    batchActors = Map.copyOf(batchActors);
  }

  /**
   * A subscription through which a run reached its recipient.
   *
   * @param object empty when nobody identified it
   */
  public record Reached(Subscription subscription, Optional<Recipient> object) {}

  /** The recipient alone, or nobody. */
  public static Participants of(Optional<Recipient> recipient) {
    return new Participants(
        recipient, Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
  }
}
