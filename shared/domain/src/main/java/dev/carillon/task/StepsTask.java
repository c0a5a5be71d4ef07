package dev.carillon.task;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TriggerId;
import java.util.Optional;

/** What {@code steps} does. */
public sealed interface StepsTask extends Task {

  @Override
  default TaskQueue queue() {
    return TaskQueue.STEPS;
  }

  @Override
  default String group() {
    return switch (this) {
      case Advance task -> Task.group(task.environment(), task.tenant());
      case Match task -> Task.group(task.environment(), Optional.empty());
    };
  }

  /**
   * Move the run of this recipient on.
   *
   * @param via through the subscription to which object the run starts; empty when its trigger
   *     names the recipient, and for a run that has started
   * @param wake what the run is thought to wait for; empty for its start
   */
  record Advance(
      EnvironmentId environment,
      TriggerId trigger,
      RecipientId recipient,
      Optional<TenantId> tenant,
      Optional<RecipientId> via,
      Optional<Wake> wake)
      implements StepsTask {}

  /**
   * A hint that a wait is over.
   *
   * @param minute under which minute its timer was listed
   */
  record Wake(String waitId, int generation, long minute) {}

  /**
   * Hold an event against the runs of its recipient that wait for one.
   *
   * @param event its id; the same event told twice has the same
   * @param source what it is an event of
   * @param data what conditions see of it
   */
  record Match(
      EnvironmentId environment, String event, RecipientId recipient, String source, Json.Obj data)
      implements StepsTask {}
}
