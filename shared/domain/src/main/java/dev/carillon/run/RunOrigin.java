package dev.carillon.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run it is: of what trigger, of what version of what workflow, for whom. All of it stands
 * from the start; only {@link Run#onVersion} and {@link Run#forOthers} change some of it.
 *
 * @param cancellationKey the trigger's, empty when nothing can cancel the run
 * @param insertedAt when the run was first decided on
 */
public record RunOrigin(
    EnvironmentId environment,
    RunId id,
    TriggerId trigger,
    WorkflowKey workflow,
    VersionId version,
    RecipientId recipient,
    Optional<RecipientId> actor,
    Optional<TenantId> tenant,
    Optional<String> cancellationKey,
    Instant insertedAt) {

  /** Of the run of a trigger for one of its recipients. */
  static RunOrigin of(Trigger trigger, RecipientId recipient, Instant now) {
    return new RunOrigin(
        trigger.environment(),
        RunId.of(trigger.id(), recipient),
        trigger.id(),
        trigger.workflow(),
        trigger.version(),
        recipient,
        trigger.actor().map(Trigger.Named::id),
        trigger.tenantId(),
        trigger.cancellationKey(),
        now);
  }

  RunOrigin onVersion(VersionId latest) {
    return new RunOrigin(
        environment,
        id,
        trigger,
        workflow,
        latest,
        recipient,
        actor,
        tenant,
        cancellationKey,
        insertedAt);
  }

  RunOrigin forOthers(Optional<RecipientId> otherActor) {
    return new RunOrigin(
        environment,
        id,
        trigger,
        workflow,
        version,
        recipient,
        otherActor,
        tenant,
        Optional.empty(),
        insertedAt);
  }
}
