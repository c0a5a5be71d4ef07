package dev.carillon.webhook;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.webhook.signature.WebhookSecret;
import java.util.List;
import java.util.Optional;

/** The endpoints of an environment, of which there are few. */
public interface WebhookEndpoints {

  /** How many an environment may have; each is asked of every event. */
  int MOST = 50;

  /** How long an answer of {@link #hearing} may be used. */
  int REMEMBERED_SECONDS = 5;

  /** The endpoint as last stored; empty when there is none, or no more. */
  Optional<WebhookEndpoint> find(EnvironmentId environment, WebhookEndpointId id);

  /**
   * What publishers know of them; asked for everything that happens, so remembered for up to
   * {@value #REMEMBERED_SECONDS} seconds: a new endpoint hears of what happens from then on.
   */
  List<WebhookHearing> hearing(EnvironmentId environment);

  /** All of them, oldest first. */
  List<WebhookEndpoint> all(EnvironmentId environment);

  /**
   * Stores the endpoint if nobody stored or deleted it since it was read: if its revision is the
   * one stored, or 0 and there is none. The stored one then has the next revision.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(WebhookEndpoint endpoint);

  /** A new secret that nobody can guess; stored nowhere yet. */
  WebhookSecret freshSecret();

  /** Deletes it. Safe to repeat. */
  void delete(EnvironmentId environment, WebhookEndpointId id);
}
