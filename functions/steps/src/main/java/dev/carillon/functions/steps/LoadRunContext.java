package dev.carillon.functions.steps;

import dev.carillon.audience.Membership;
import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.Facts;
import dev.carillon.condition.StepStatus;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.environment.Environments;
import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Decide;
import dev.carillon.run.Run;
import dev.carillon.run.RunVariables;
import dev.carillon.run.StepInput;
import dev.carillon.run.StepOutcome;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.time.Zones;
import dev.carillon.trigger.Trigger;
import dev.carillon.variable.SecretValues;
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
final class LoadRunContext {
  private final Recipients recipients;
  private final Subscriptions subscriptions;
  private final Schedules schedules;
  private final Environments environments;
  private final Channels channels;
  private final Variables variables;
  private final Assets assets;
  private final Messages messages;
  private final Membership membership;

  LoadRunContext(
      Recipients recipients,
      Subscriptions subscriptions,
      Schedules schedules,
      Environments environments,
      Channels channels,
      Variables variables,
      Assets assets,
      Messages messages,
      Membership membership) {
    this.recipients = recipients;
    this.subscriptions = subscriptions;
    this.schedules = schedules;
    this.environments = environments;
    this.channels = channels;
    this.variables = variables;
    this.assets = assets;
    this.messages = messages;
    this.membership = membership;
  }

  /**
   * What is known as the run sets out, the same for all the steps until it rests.
   *
   * @param recipient empty when nobody identified it
   * @param people those among the actors of the run's batch who are known
   * @param secrets the values among the variables that no log shows
   * @param schedule the schedule that started the run, if one did and is still there
   */
  record RunContext(
      Trigger trigger,
      Workflow workflow,
      Optional<Recipient> recipient,
      Optional<Recipient> actor,
      Optional<Recipient> tenant,
      Map<RecipientId, Recipient> people,
      Optional<RunVariables.Reached> subscription,
      Optional<Schedule> schedule,
      List<Channel> channels,
      EnvironmentSettings environment,
      Variables.Values variables,
      SecretValues secrets,
      Assets.Library library) {

    /** Whose clocks windows go by. */
    Zones.Chosen zone() {
      return Zones.of(recipient.flatMap(known -> known.text("timezone")), environment.timezone());
    }

    /** The preference sets that may speak for the recipient. */
    PreferenceSets sets() {
      return PreferenceSets.of(recipient, trigger.tenantId(), tenant, environment);
    }

    /** What templates and conditions see now. */
    Json.Obj scope(Run run, Instant now) {
      return scope(run, data(run), now);
    }

    /** The data of the run as it stands. */
    Json.Obj data(Run run) {
      return run.carried().data().orElseGet(() -> trigger.dataFor(run.recipient()));
    }

    private Json.Obj scope(Run run, Json.Obj data, Instant now) {
      return RunVariables.of(
          new RunVariables.About(
              workflow,
              run.id(),
              trigger.id(),
              data,
              run.recipient(),
              recipient,
              actor,
              tenant,
              people,
              run.carried().batch(),
              subscription,
              schedule,
              sets(),
              run.outcomes(),
              run.cancellationKey(),
              variables.all()),
          now);
    }

    /** What conditions see: as templates do, but for the values of secrets in logs. */
    Facts facts(Run run, Instant now) {
      return facts(scope(run, now), now);
    }

    /** The same with the data of the run's own trigger, whatever steps made of it. */
    Facts opening(Run run, Instant now) {
      return facts(scope(run, trigger.dataFor(run.recipient()), now), now);
    }

    private Facts facts(Json.Obj scope, Instant now) {
      return Facts.of(scope, now).withSecrets(variables.secret().fields().keySet());
    }
  }

  RunContext known(Trigger trigger, Workflow workflow, Run run) {
    var environment = trigger.environment();
    var values = variables.values(environment);
    return new RunContext(
        trigger,
        workflow,
        recipients.find(environment, run.recipient()),
        run.actor().flatMap(actor -> recipients.find(environment, actor)),
        trigger.tenantId().map(TenantId::recipient).flatMap(id -> recipients.find(environment, id)),
        people(run),
        run.carried()
            .via()
            .flatMap(object -> subscriptions.find(environment, object, run.recipient()))
            .map(
                subscription ->
                    new RunVariables.Reached(
                        subscription, recipients.find(environment, subscription.object()))),
        schedule(trigger),
        channels.all(environment),
        environments.settings(environment),
        values,
        SecretValues.of(values.secret()),
        assets.library(environment));
  }

  private Optional<Schedule> schedule(Trigger trigger) {
    return switch (trigger.source()) {
      case Trigger.Source.OfSchedule(var id) -> schedules.find(trigger.environment(), id);
      case Trigger.Source.Api _, Trigger.Source.OfStep _ -> Optional.empty();
    };
  }

  /** What is known now that the run's batch is closed, in the version that the run goes on in. */
  RunContext afterBatch(RunContext before, Workflow version, Run run) {
    Map<RecipientId, Recipient> people = people(run);
    return new RunContext(
        before.trigger(),
        version,
        before.recipient(),
        run.actor()
            .flatMap(
                id ->
                    Optional.ofNullable(people.get(id))
                        .or(() -> before.actor().filter(actor -> actor.id().equals(id)))),
        before.tenant(),
        people,
        before.subscription(),
        before.schedule(),
        before.channels(),
        before.environment(),
        before.variables(),
        before.secrets(),
        before.library());
  }

  /** Those among the actors of the run's batch who are known. */
  private Map<RecipientId, Recipient> people(Run run) {
    var people = new HashMap<RecipientId, Recipient>();
    run.carried()
        .batch()
        .ifPresent(
            batch ->
                batch
                    .actors()
                    .forEach(
                        id ->
                            recipients
                                .find(run.environment(), id)
                                .ifPresent(actor -> people.put(id, actor))));
    return people;
  }

  /** The facts, with the statuses of earlier messages that the conditions ask about, as of now. */
  Facts answering(Conditions conditions, Facts facts, Run run) {
    Map<String, StepStatus> statuses = new HashMap<>();
    for (String ref : conditions.refs()) {
      statuses.put(ref, status(run, new StepRef(ref)));
    }
    return statuses.isEmpty() ? facts : facts.withStatuses(statuses);
  }

  /** The situation with who is in the audiences that the step's decision may ask about. */
  StepInput withAudiences(Step step, StepInput situation, Run run, Instant now) {
    var keys = Decide.audiences(step, situation);
    return keys.isEmpty() || situation.recipient().isEmpty()
        ? situation
        : situation.withAudiences(
            membership.of(run.environment(), keys, situation.recipient().get(), run.tenant(), now));
  }

  /** The facts, with the audiences that the conditions ask about. */
  Facts inAudiences(Conditions conditions, Facts facts, Optional<Recipient> recipient, Run run) {
    var keys = conditions.audiences();
    return keys.isEmpty() || recipient.isEmpty()
        ? facts
        : facts.withAudiences(
            membership.of(run.environment(), keys, recipient.get(), run.tenant(), facts.now()));
  }

  private StepStatus status(Run run, StepRef ref) {
    return switch (run.outcomes().get(ref)) {
      case null -> new StepStatus.Unknown();
      case StepOutcome.Skipped _ -> new StepStatus.Skipped();
      case StepOutcome.Done _, StepOutcome.Awaited _ -> new StepStatus.Unknown();
      case StepOutcome.Sent(var ids) -> {
        var standings =
            ids.stream()
                .flatMap(id -> messages.find(run.environment(), id).stream())
                .map(LoadRunContext::standing)
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
