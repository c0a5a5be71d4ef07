package dev.carillon.run;

import dev.carillon.channel.Channel;
import dev.carillon.condition.Facts;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.time.Zones;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a decision rests on.
 *
 * @param recipient empty when nobody identified it
 * @param tenant the tenant of the run; its recipient is empty only for one that was deleted since
 * @param channels all that the environment has
 * @param zone whose clocks window rules go by
 * @param batchesBefore how many batch steps the run has been through
 * @param facts what the step's conditions and paths are held against
 * @param opening the same, with the data of the run's own trigger: preferences see of a batch only
 *     what opened it
 */
public record StepInput(
    Workflow workflow,
    RunId run,
    RecipientId recipientId,
    Optional<Recipient> recipient,
    Optional<RecipientId> actor,
    Optional<TenantId> tenantId,
    Optional<Recipient> tenant,
    Optional<String> cancellationKey,
    List<Channel> channels,
    EnvironmentSettings environment,
    Trigger.Settings settings,
    Zones.Chosen zone,
    int batchesBefore,
    Facts facts,
    Facts opening,
    Texts texts) {
  public StepInput {
    channels = List.copyOf(channels);
  }

  /** With who is in the audiences that the decision asks about. */
  public StepInput withAudiences(Map<String, Boolean> members) {
    return new StepInput(
        workflow,
        run,
        recipientId,
        recipient,
        actor,
        tenantId,
        tenant,
        cancellationKey,
        channels,
        environment,
        settings,
        zone,
        batchesBefore,
        facts.withAudiences(members),
        opening.withAudiences(members),
        texts);
  }
}
