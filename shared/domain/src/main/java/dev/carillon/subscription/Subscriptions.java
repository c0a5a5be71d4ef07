package dev.carillon.subscription;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import java.util.Optional;

/** Who is subscribed to which objects. */
public interface Subscriptions {

  /** The subscription; empty when there is none. Sees every one answered so far. */
  Optional<Subscription> find(EnvironmentId environment, RecipientId object, RecipientId recipient);

  /** Subscribes, or replaces the properties of a subscription there is. Safe to repeat. */
  void put(EnvironmentId environment, Subscription subscription);

  /** Ends a subscription; does nothing when there is none. */
  void remove(EnvironmentId environment, RecipientId object, RecipientId recipient);

  /**
   * Who is subscribed to the object, in an order that stays the same.
   *
   * @param cursor where the page before ended; empty for the first
   */
  Page<Subscription> of(EnvironmentId environment, RecipientId object, Optional<String> cursor);
}
