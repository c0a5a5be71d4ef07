package dev.carillon.steps;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.condition.Facts;
import dev.carillon.condition.StepStatus;
import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Outcome;
import dev.carillon.run.Run;
import dev.carillon.run.Scope;
import dev.carillon.trigger.Trigger;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what the decisions of a run rest on, once for each time the run moves. */
final class Gather {
  private final Recipients recipients;
  private final Channels channels;
  private final Variables variables;
  private final Assets assets;
  private final Messages messages;

  Gather(
      Recipients recipients,
      Channels channels,
      Variables variables,
      Assets assets,
      Messages messages) {
    this.recipients = recipients;
    this.channels = channels;
    this.variables = variables;
    this.assets = assets;
    this.messages = messages;
  }

  /**
   * What is known as the run sets out, the same for all the steps until it rests.
   *
   * @param recipient empty when nobody identified it
   */
  record Known(
      Trigger trigger,
      Workflow workflow,
      Optional<Recipient> recipient,
      Optional<Recipient> actor,
      Optional<Recipient> tenant,
      List<Channel> channels,
      Variables.Values variables,
      Assets.Library library) {

    /** What templates and conditions see now. */
    Json.Obj scope(Run run, Instant now) {
      return Scope.of(
          new Scope.About(
              workflow,
              run.id(),
              trigger.id().time(),
              trigger.dataFor(run.recipient()),
              run.recipient(),
              recipient,
              actor,
              tenant,
              run.cancellationKey(),
              variables.all()),
          now);
    }
  }

  Known known(Trigger trigger, Workflow workflow, RecipientId recipient) {
    return new Known(
        trigger,
        workflow,
        recipients.find(trigger.environment(), recipient),
        trigger.actor().flatMap(actor -> recipients.find(trigger.environment(), actor.id())),
        trigger
            .tenantId()
            .map(TenantId::recipient)
            .flatMap(id -> recipients.find(trigger.environment(), id)),
        channels.all(trigger.environment()),
        variables.values(trigger.environment()),
        assets.library(trigger.environment()));
  }

  /** What the step's conditions are held against, the statuses of earlier messages as of now. */
  Facts facts(Step step, Known known, Run run, Instant now) {
    Map<String, StepStatus> statuses = new HashMap<>();
    for (String ref : step.conditions().refs()) {
      statuses.put(ref, status(run, new StepRef(ref)));
    }
    return new Facts(
        known.scope(run, now), statuses, known.variables().secret().fields().keySet(), now);
  }

  private StepStatus status(Run run, StepRef ref) {
    return switch (run.outcomes().get(ref)) {
      case null -> new StepStatus.Unknown();
      case Outcome.Skipped _ -> new StepStatus.Skipped();
      case Outcome.Done _, Outcome.Heard _ -> new StepStatus.Unknown();
      case Outcome.Sent(var ids) -> {
        var standings =
            ids.stream()
                .flatMap(id -> messages.find(run.environment(), id).stream())
                .map(Gather::standing)
                .toList();
        yield standings.isEmpty() ? new StepStatus.Unknown() : new StepStatus.Made(standings);
      }
    };
  }

  private static StepStatus.Standing standing(Message message) {
    return new StepStatus.Standing(
        message.status().wireName(),
        message.engagement().keySet().stream()
            .map(Engagement::wireName)
            .collect(Collectors.toSet()));
  }
}
