package dev.carillon.run.decision;

import dev.carillon.channel.ChannelSet;
import dev.carillon.condition.Facts;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.StepOutcome;
import dev.carillon.time.Zones;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import java.util.Map;
import java.util.Optional;

/**
 * What the decision of one step rests on.
 *
 * @param facts what the step's conditions and paths are held against
 * @param opening the same, with the data of the run's own trigger: preferences see of a batch only
 *     what opened it
 */
public record StepInput(RunContext context, Run run, Facts facts, Facts opening, Texts texts) {

  Workflow workflow() {
    return context.workflow();
  }

  RecipientId recipientId() {
    return run.recipient();
  }

  /** Empty when nobody identified the recipient. */
  public Optional<Recipient> recipient() {
    return context.participants().recipient();
  }

  Optional<RecipientId> actor() {
    return run.actor();
  }

  Optional<TenantId> tenantId() {
    return run.tenant();
  }

  Optional<String> cancellationKey() {
    return run.cancellationKey();
  }

  ChannelSet channels() {
    return context.environment().channels();
  }

  EnvironmentSettings environment() {
    return context.environment().settings();
  }

  Trigger.Settings settings() {
    return context.trigger().settings();
  }

  Zones.Chosen zone() {
    return context.zone();
  }

  /** How many batch steps the run has been through. */
  int batchesBefore() {
    return (int)
        workflow().allSteps().stream()
            .filter(Step.Batch.class::isInstance)
            .filter(step -> run.outcomes().get(step.ref()) instanceof StepOutcome.Done)
            .count();
  }

  /** With who is in the audiences that the decision asks about. */
  public StepInput withAudiences(Map<String, Boolean> members) {
    return new StepInput(
        context, run, facts.withAudiences(members), opening.withAudiences(members), texts);
  }
}
