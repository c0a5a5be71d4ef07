package dev.carillon.functions.fanout.audience;

import dev.carillon.audience.Audiences.Member;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipients;
import dev.carillon.runtime.Log;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import dev.carillon.workflow.Workflows.Live;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Triggers the workflows of an audience for who came into it, within the tenant it is in it. The
 * trigger's id is made of the stay, and accepting one that exists changes nothing: done twice, it
 * triggers once, with what the first try found.
 */
final class StartEntryWorkflows {
  private final Workflows workflows;
  private final Recipients recipients;
  private final Triggers triggers;
  private final Tasks tasks;
  private final Log log;

  StartEntryWorkflows(
      Workflows workflows, Recipients recipients, Triggers triggers, Tasks tasks, Log log) {
    this.workflows = workflows;
    this.recipients = recipients;
    this.triggers = triggers;
    this.tasks = tasks;
    this.log = log;
  }

  /** A member of a static audience; one that nobody knows triggers nothing, now or later. */
  void handle(FanoutTask.Entered task) {
    if (recipients.find(task.environment(), task.member().user()).isPresent()) {
      entered(
          task.environment(),
          task.audience(),
          task.member(),
          task.since().toString(),
          task.since());
    } else {
      log.decision(
          "audience.unknown-user",
          "environment",
          task.environment().value(),
          "audience",
          task.audience());
    }
  }

  /**
   * Triggers the versions that serve now.
   *
   * @param stay tells the stay from another of the same member
   */
  void entered(
      EnvironmentId environment, String audience, Member member, String stay, Instant since) {
    for (WorkflowKey key : workflows.enteredBy(environment, audience)) {
      workflows
          .live(environment, key)
          .filter(it -> it.active() && !it.archived())
          .filter(it -> isTriggered(environment, key, it, audience))
          .ifPresent(
              live ->
                  start(
                      new Trigger(
                          environment,
                          TriggerId.of(audience, member.user(), member.tenant(), stay, since, key),
                          key,
                          live.version(),
                          List.of(
                              new Trigger.Named(member.user(), Optional.empty(), Json.Obj.EMPTY)),
                          Optional.empty(),
                          member.tenant().map(id -> new Trigger.Tenant(id, Identification.NOTHING)),
                          Json.Obj.EMPTY,
                          Optional.empty(),
                          Trigger.Settings.NONE,
                          new Trigger.Source.OfAudience(audience)),
                      since));
    }
  }

  private boolean isTriggered(
      EnvironmentId environment, WorkflowKey key, Live live, String audience) {
    return workflows
        .version(environment, key, live.version())
        .flatMap(Workflow::entryAudience)
        .equals(Optional.of(audience));
  }

  private void start(Trigger trigger, Instant since) {
    triggers.accept(trigger, Optional.empty(), since);
    tasks.send(new FanoutTask.Start(trigger.environment(), trigger.id(), trigger.tenantId(), 0));
    log.decision(
        "audience.triggered",
        "environment",
        trigger.environment().value(),
        "workflow",
        trigger.workflow().value(),
        "trigger",
        trigger.id());
  }
}
