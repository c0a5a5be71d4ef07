package dev.carillon.event;

import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that waits for an event of its recipient.
 *
 * @param source what it waits for an event of
 * @param waitId the wait that the event ends
 * @param generation that of the wait
 * @param minute under which the due index lists the wait
 * @param until when it stops waiting
 */
public record Listener(
    RecipientId recipient,
    String source,
    TriggerId trigger,
    Optional<TenantId> tenant,
    String waitId,
    int generation,
    long minute,
    Instant until) {}
