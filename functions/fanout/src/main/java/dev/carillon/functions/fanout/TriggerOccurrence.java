package dev.carillon.functions.fanout;

import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Workflows;
import dev.carillon.workflow.Workflows.Live;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Triggers a workflow because its schedule occurs. The trigger's id is made of schedule and
 * occurrence, and accepting one that exists changes nothing: done twice, it triggers once, with
 * what the first try found.
 */
final class TriggerOccurrence {
  private final Workflows workflows;
  private final Triggers triggers;
  private final Tasks tasks;

  TriggerOccurrence(Workflows workflows, Triggers triggers, Tasks tasks) {
    this.workflows = workflows;
    this.triggers = triggers;
    this.tasks = tasks;
  }

  /**
   * Triggers the version that serves now.
   *
   * @return false when the workflow is missing, archived or inactive; nothing was triggered
   */
  boolean handle(Schedule schedule, Instant occurrence, Instant now) {
    Optional<Live> live =
        workflows
            .live(schedule.environment(), schedule.workflow())
            .filter(it -> it.active() && !it.archived());
    if (live.isEmpty()) {
      return false;
    }
    var trigger =
        new Trigger(
            schedule.environment(),
            TriggerId.of(schedule.id(), occurrence),
            schedule.workflow(),
            live.get().version(),
            List.of(named(schedule.recipient())),
            schedule.actor().map(TriggerOccurrence::named),
            schedule.tenant().map(id -> new Trigger.Tenant(id, Identification.NOTHING)),
            schedule.data(),
            Optional.empty(),
            Trigger.Settings.NONE,
            new Trigger.Source.OfSchedule(schedule.id()));
    triggers.accept(trigger, Optional.empty(), now);
    tasks.send(new FanoutTask.Start(trigger.environment(), trigger.id(), trigger.tenantId(), 0));
    return true;
  }

  private static Trigger.Named named(RecipientId id) {
    return new Trigger.Named(id, Optional.empty(), Json.Obj.EMPTY);
  }
}
