package dev.carillon.webhook;

import dev.carillon.environment.EnvironmentId;
import java.util.List;
import java.util.Optional;

/** The endpoints of an environment, of which there are few. */
public interface WebhookEndpoints {

  /** How many an environment may have; each is asked of every event. */
  int MOST = 50;

  /** The endpoint as last stored; empty when there is none, or no more. */
  Optional<WebhookEndpoint> find(EnvironmentId environment, WebhookEndpointId id);

  /** All of them, oldest first. */
  List<WebhookEndpoint> all(EnvironmentId environment);

  /**
   * Stores the endpoint if nobody stored or deleted it since it was read: if its revision is the
   * one stored, or 0 and there is none. The stored one then has the next revision.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(WebhookEndpoint endpoint);

  /** Deletes it. Safe to repeat. */
  void delete(EnvironmentId environment, WebhookEndpointId id);
}
