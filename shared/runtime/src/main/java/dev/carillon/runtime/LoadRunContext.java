package dev.carillon.runtime;

import dev.carillon.batch.Collected;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Participants;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.Workflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the decisions of a run rest on, once for each time the run moves. */
public final class LoadRunContext {
  private final Recipients recipients;
  private final Subscriptions subscriptions;
  private final Schedules schedules;
  private final LoadEnvironment environment;

  public LoadRunContext(
      Recipients recipients,
      Subscriptions subscriptions,
      Schedules schedules,
      LoadEnvironment environment) {
    this.recipients = recipients;
    this.subscriptions = subscriptions;
    this.schedules = schedules;
    this.environment = environment;
  }

  /**
   * @param workflow the version that the run is bound to
   */
  public RunContext load(Trigger trigger, Workflow workflow, Run run) {
    var id = trigger.environment();
    var participants =
        new Participants(
            recipients.find(id, run.recipient()),
            run.actor().flatMap(actor -> recipients.find(id, actor)),
            trigger
                .tenantId()
                .map(TenantId::recipient)
                .flatMap(tenant -> recipients.find(id, tenant)),
            batchActors(run),
            subscription(run));
    return new RunContext(
        trigger, workflow, participants, schedule(trigger), environment.load(trigger.content()));
  }

  /** The context now that the run's batch is closed, in the version that the run goes on in. */
  public RunContext afterBatch(RunContext before, Workflow version, Run run) {
    Map<RecipientId, Recipient> people = batchActors(run);
    Participants known = before.participants();
    Optional<Recipient> actor =
        run.actor()
            .flatMap(
                id ->
                    Optional.ofNullable(people.get(id))
                        .or(() -> known.actor().filter(it -> it.id().equals(id))));
    return before.with(
        version,
        new Participants(known.recipient(), actor, known.tenant(), people, known.subscription()));
  }

  private Optional<Participants.Reached> subscription(Run run) {
    EnvironmentId id = run.environment();
    return run.carried()
        .via()
        .flatMap(object -> subscriptions.find(id, object, run.recipient()))
        .map(
            subscription ->
                new Participants.Reached(subscription, recipients.find(id, subscription.object())));
  }

  private Optional<Schedule> schedule(Trigger trigger) {
    return switch (trigger.source()) {
      case Trigger.Source.OfSchedule(var id) -> schedules.find(trigger.environment(), id);
      case Trigger.Source.Api _,
          Trigger.Source.OfStep _,
          Trigger.Source.OfEvent _,
          Trigger.Source.OfBroadcast _,
          Trigger.Source.OfAudience _ ->
          Optional.empty();
    };
  }

  private Map<RecipientId, Recipient> batchActors(Run run) {
    var people = new HashMap<RecipientId, Recipient>();
    for (RecipientId id : run.carried().batch().map(Collected::actors).orElse(List.of())) {
      recipients.find(run.environment(), id).ifPresent(actor -> people.put(id, actor));
    }
    return people;
  }
}
