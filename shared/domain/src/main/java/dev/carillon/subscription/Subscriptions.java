package dev.carillon.subscription;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import java.util.List;
import java.util.Optional;

/** Who is subscribed to which objects. */
public interface Subscriptions {

  /** The subscription; empty when there is none. Sees every one answered so far. */
  Optional<Subscription> find(EnvironmentId environment, RecipientId object, RecipientId recipient);

  /**
   * Subscribes, or replaces the properties of a subscription there is. Safe to repeat.
   *
   * @return as it is kept now
   */
  Subscribed put(EnvironmentId environment, Subscription subscription);

  /** Ends a subscription; does nothing when there is none. */
  void remove(EnvironmentId environment, RecipientId object, RecipientId recipient);

  /**
   * Who is subscribed to the object, in an order that stays the same.
   *
   * @param cursor where the page before ended, or where one of the {@link #split} begins; empty for
   *     the first
   */
  Page<Subscription> of(EnvironmentId environment, RecipientId object, Optional<String> cursor);

  /**
   * Parts of what follows a page of {@link #of}, to be gone through beside each other: each is a
   * cursor whose pages end where the next part begins. Together they hold what the cursor leads to,
   * each subscriber once, and those who subscribe later as far as they would be found behind the
   * cursor. They are of about one size where the ids are spread about evenly.
   *
   * @return 1 to {@value #PIECES}, another time perhaps others
   */
  List<String> split(EnvironmentId environment, RecipientId object, String cursor);

  /**
   * The most parts of a {@link #split}: as many as the function takes batches at once, less a few
   * for others.
   */
  int PIECES = 16;

  /**
   * Of these pairs those that are subscriptions, in the same order; at most 100 asked for at once.
   * Properties of what is asked for say nothing.
   */
  List<Subscribed> findAll(EnvironmentId environment, List<Subscription> pairs);

  /** One page of who is subscribed to the object, in an order that stays the same. */
  Page<ListedSubscription> toObject(
      EnvironmentId environment, RecipientId object, PageRequest page);

  /** As {@link #toObject}, of what the recipient is subscribed to. */
  Page<ListedSubscription> ofRecipient(
      EnvironmentId environment, RecipientId recipient, PageRequest page);

  /**
   * One of a list.
   *
   * @param position what a {@link PageRequest} may name to go on from here
   */
  record ListedSubscription(Subscribed subscribed, String position) {}
}
