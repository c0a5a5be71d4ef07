package dev.carillon.bulk;

import dev.carillon.channel.ChannelId;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.EngagementStatus;
import dev.carillon.message.Message;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages of one channel a call is about. What is empty lets all pass; of several values
 * any, of several filters all must hold.
 *
 * @param recipients users; empty for all of the channel
 * @param data scalars at the top of a message's data
 * @param insertedAt when it was made
 */
public record MessageSelection(
    ChannelId channel,
    List<RecipientId> recipients,
    Tenancy tenancy,
    Set<WorkflowKey> workflows,
    State state,
    Map<String, Json> data,
    TimeRange insertedAt) {

  public MessageSelection {
    recipients = List.copyOf(recipients);
    workflows = Set.copyOf(workflows);
    data = Map.copyOf(data);
  }

  /**
   * @param having whether it has a tenant at all; empty for either
   */
  public record Tenancy(Set<TenantId> tenants, Optional<Boolean> having) {
    public Tenancy {
      tenants = Set.copyOf(tenants);
    }

    private boolean holds(Optional<TenantId> tenant) {
      return (tenants.isEmpty() || tenant.map(tenants::contains).orElse(false))
          && having.map(it -> it == tenant.isPresent()).orElse(true);
    }
  }

  /** Where it stands. */
  public record State(
      Set<DeliveryStatus> status, Set<EngagementStatus> engagement, Archived archived) {
    public State {
      status = Set.copyOf(status);
      engagement = Set.copyOf(engagement);
    }

    private boolean holds(Message message) {
      boolean isArchived = message.engagement().containsKey(Engagement.ARCHIVED);
      return (status.isEmpty() || status.contains(message.status()))
          && (engagement.isEmpty() || engagement.stream().anyMatch(it -> it.holds(message)))
          && switch (archived) {
            case EXCLUDE -> !isArchived;
            case INCLUDE -> true;
            case ONLY -> isArchived;
          };
    }
  }

  /** Whether everything but the data fits, which is stored elsewhere for most channels. */
  public boolean wants(Message message) {
    return message.channel().equals(channel)
        && (recipients.isEmpty() || recipients.contains(message.recipient()))
        && tenancy.holds(message.tenant())
        && (workflows.isEmpty()
            || workflows.contains(new WorkflowKey(message.source().workflow().plain())))
        && state.holds(message)
        && insertedAt.contains(message.insertedAt());
  }
}
