package dev.carillon.due;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.Optional;

/**
 * A hint that a run waits until then. The run says what it waits for; a hint without such a wait is
 * stale and harmless.
 *
 * @param minute under which minute it is listed, in minutes since 1970
 */
public record DueItem(
    EnvironmentId environment,
    TriggerId trigger,
    RecipientId recipient,
    Optional<TenantId> tenant,
    String waitId,
    int generation,
    Instant dueAt,
    long minute) {

  public RunId run() {
    return RunId.of(trigger, recipient);
  }

  /** The same hint under another minute. */
  public DueItem listedAt(long other) {
    return new DueItem(environment, trigger, recipient, tenant, waitId, generation, dueAt, other);
  }
}
