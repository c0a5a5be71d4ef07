package dev.carillon.webhook;

import dev.carillon.channel.ChannelId;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/** What filters ask of an event beside its type. */
public record WebhookSubject(
    Optional<WorkflowKey> workflow, Optional<ChannelId> channel, Optional<TenantId> tenant) {

  /** Of nothing that can be filtered by. */
  public static final WebhookSubject NONE =
      new WebhookSubject(Optional.empty(), Optional.empty(), Optional.empty());
}
