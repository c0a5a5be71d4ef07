package dev.carillon.task;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.TenantId;
import java.util.Optional;

/**
 * Something to be done by a function that reads a queue. A task carries ids, never documents, may
 * arrive twice, late or out of order, and is the only record that the work is owed: it is
 * acknowledged once its effects, the tasks it leads to included, are stored. Each queue has its own
 * kind of task.
 */
public sealed interface Task
    permits FanoutTask, StepsTask, DeliveryTask, WakeTask, BroadcastTask, WebhooksTask {

  /** Whose work this is, so that queues can serve tenants fairly: 32 hexadecimal digits. */
  String group();

  /** The queue that takes the task. */
  TaskQueue queue();

  /** The group of what an environment asks for, or one of its tenants. */
  static String group(EnvironmentId environment, Optional<TenantId> tenant) {
    return group("group", environment, tenant.map(TenantId::value).orElse(""));
  }

  /**
   * The group of all that an environment tries again: after an outage it is one that has too much,
   * and new tasks of every tenant go before it. Ten tenants' retries in ten groups would look no
   * busier than anybody.
   */
  static String groupOfRetries(EnvironmentId environment) {
    return group("group of retries", environment, "");
  }

  private static String group(String kind, EnvironmentId environment, String tenant) {
    return Digest.of(kind, environment.value(), tenant).hex().substring(0, 32);
  }
}
