package dev.carillon.provider;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Content;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.workflow.WorkflowKey;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt to hand a message to a provider: all that its request is made from.
 *
 * @param callbackUrl where the provider may report what became of the message; empty when nothing
 *     listens there
 * @param lookups what questions asked before came to, by {@link Lookup#key}
 * @param now the instant of the attempt
 */
public record DeliveryRequest<C extends Content>(
    Subject message,
    C content,
    ProviderSettings settings,
    Optional<URI> callbackUrl,
    Map<String, String> lookups,
    Instant now) {

  public DeliveryRequest {
    lookups = Map.copyOf(lookups);
  }

  /**
   * Which message it is.
   *
   * @param attempt from 1
   * @param resends how often somebody asked for it to be sent again by hand; a new idempotency key
   *     each time
   * @param trace the trace that it is part of
   */
  public record Subject(
      EnvironmentId environment,
      MessageId id,
      WorkflowKey workflow,
      RecipientId recipient,
      Optional<TenantId> tenant,
      int attempt,
      int resends,
      TraceContext trace) {

    /** The same for every attempt at the message, until somebody resends it by hand. */
    public String idempotencyKey() {
      return resends == 0 ? id.value() : id.value() + "-" + resends;
    }
  }
}
