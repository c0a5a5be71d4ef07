package dev.carillon.webhook;

import dev.carillon.channel.ChannelId;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Set;

/**
 * Which events an endpoint hears of.
 *
 * @param types at least one
 * @param workflows only events of these; empty for all
 * @param channels only events of messages on these; empty for all
 * @param tenants only events within these; empty for all
 */
public record WebhookFilter(
    Set<WebhookEventType> types,
    Set<WorkflowKey> workflows,
    Set<ChannelId> channels,
    Set<TenantId> tenants) {
  public WebhookFilter {
    if (types.isEmpty()) {
      throw new IllegalArgumentException("An endpoint that hears of nothing");
    }
    types = Set.copyOf(types);
    workflows = Set.copyOf(workflows);
    channels = Set.copyOf(channels);
    tenants = Set.copyOf(tenants);
  }

  /** Events of these types, whatever they are of. */
  public static WebhookFilter of(Set<WebhookEventType> types) {
    return new WebhookFilter(types, Set.of(), Set.of(), Set.of());
  }

  /** An event that has no workflow, channel or tenant passes no filter by it. */
  public boolean passes(WebhookEvent event) {
    return passes(event.type(), event.subject());
  }

  /** As {@link #passes(WebhookEvent)}, of an event that is not made yet. */
  public boolean passes(WebhookEventType type, WebhookSubject of) {
    return type == WebhookEventType.TEST
        || (types.contains(type)
            && (workflows.isEmpty() || of.workflow().filter(workflows::contains).isPresent())
            && (channels.isEmpty() || of.channel().filter(channels::contains).isPresent())
            && (tenants.isEmpty() || of.tenant().filter(tenants::contains).isPresent()));
  }
}
