package dev.carillon.webhook;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import java.util.Optional;
import java.util.function.Predicate;

/** The logs of endpoints: what was sent to them and what is to be. */
public interface WebhookDeliveries {

  /**
   * Stores a new delivery.
   *
   * @return false when there is one of this event to this endpoint: nothing is changed, and the one
   *     that exists is what counts
   */
  boolean create(WebhookDelivery delivery);

  /** As last stored; empty when there is none or its retention is over. */
  Optional<WebhookDelivery> find(
      EnvironmentId environment, WebhookEndpointId endpoint, String event);

  /**
   * Stores the changed delivery if nobody stored it since it was read. The stored one then has the
   * next revision.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(WebhookDelivery delivery);

  /**
   * Deletes what is kept of the event on its way to the endpoint, whatever its revision; does
   * nothing when there is none. Safe to repeat.
   */
  void delete(EnvironmentId environment, WebhookEndpointId endpoint, String event);

  /**
   * Those to an endpoint of what happened within {@code range} and {@code wanted} holds for, newest
   * first, by {@link WebhookDelivery#position}. A page may hold fewer than asked for and still have
   * a next one.
   */
  Page<WebhookDelivery> newestFirst(
      EnvironmentId environment,
      WebhookEndpointId endpoint,
      TimeRange range,
      Predicate<WebhookDelivery> wanted,
      PageRequest page);
}
