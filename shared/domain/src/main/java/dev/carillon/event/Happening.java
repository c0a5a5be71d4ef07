package dev.carillon.event;

import dev.carillon.channel.ChannelId;
import dev.carillon.recipient.TenantId;
import dev.carillon.task.WebhooksTask;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/**
 * What happened, as its publisher knows it: the event that runs may wait for, and what it is of,
 * for subscribers that look at that themselves.
 */
public record Happening(Event event, Of of) {

  /** What happened to what. */
  public sealed interface Of {
    /**
     * An event in the timeline of a message.
     *
     * @param type as the timeline has it
     * @param tracked whether it is what an open pixel or a tracked link of a mail told
     */
    record Message(
        WebhooksTask.Subject.OfMessage subject,
        String type,
        WorkflowKey workflow,
        ChannelId channel,
        Optional<TenantId> tenant,
        boolean tracked)
        implements Of {}

    /** A run came to be in another state. */
    record Run(WebhooksTask.Subject.OfRun subject, WorkflowKey workflow, Optional<TenantId> tenant)
        implements Of {}

    /** A recipient was updated. */
    record Recipient() implements Of {}
  }
}
