package dev.carillon.task;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.id.Digest;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.trigger.TriggerId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something to be done by a function that reads a queue. A task carries ids, never documents, may
 * arrive twice, late or out of order, and is the only record that the work is owed: it is
 * acknowledged once its effects, the tasks it leads to included, are stored.
 */
public sealed interface Task {

  /** Whose work this is, so that queues can serve tenants fairly: 32 hexadecimal digits. */
  default String group() {
    return switch (this) {
      case Fanout task -> group(task.environment(), task.tenant());
      case Cancel task -> group(task.environment(), Optional.empty());
      case Advance task -> group(task.environment(), task.tenant());
      case Deliver task -> group(task.environment(), task.tenant());
      case Signal task -> group(task.environment(), Optional.empty());
      case Occur task -> group(task.environment(), Optional.empty());
      case Drain _, Sweep _ -> Digest.hex("system").substring(0, 32);
    };
  }

  private static String group(EnvironmentId environment, Optional<TenantId> tenant) {
    return Digest.of("group", environment.value(), tenant.map(TenantId::value).orElse(""))
        .hex()
        .substring(0, 32);
  }

  /**
   * Start the runs of the trigger's recipients from the {@code from}th on; with a place, of those
   * subscribed to the {@code from}th, an object.
   */
  record Fanout(
      EnvironmentId environment,
      TriggerId trigger,
      Optional<TenantId> tenant,
      int from,
      Optional<Place> place)
      implements Task {

    /** Of those that the trigger names. */
    public Fanout(
        EnvironmentId environment, TriggerId trigger, Optional<TenantId> tenant, int from) {
      this(environment, trigger, tenant, from, Optional.empty());
    }
  }

  /**
   * A place among the subscribers of an object that a trigger names.
   *
   * @param page which page of its subscribers, from 0
   * @param cursor where the subscribers that are next begin; empty for the first
   * @param nested whether any object was found among subscribers so far
   * @param member whose subscribers are next, when it is not the object itself
   */
  record Place(int page, Optional<String> cursor, boolean nested, Optional<Member> member) {}

  /**
   * A subscriber that is an object itself.
   *
   * @param entry which entry of the page, from 0; the next object from there on
   * @param page which page of its own subscribers, from 0
   */
  record Member(int entry, int page) {}

  /**
   * Let the waiting runs of a cancelled trigger notice it.
   *
   * @param recipient only this one's; empty for all
   * @param cursor where the task before ended
   */
  record Cancel(
      EnvironmentId environment,
      TriggerId trigger,
      Optional<RecipientId> recipient,
      Optional<String> cursor)
      implements Task {}

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
      implements Task {}

  /**
   * A hint that a wait is over.
   *
   * @param minute under which minute the due index listed it
   */
  record Wake(String waitId, int generation, long minute) {}

  /**
   * Hand the message to its provider.
   *
   * @param attempt which attempt this is to be, from 1
   * @param run the run's trigger and recipient when a cancellation can still stop it
   * @param minute under which minute the due index lists it; empty when it is not listed, because
   *     nothing holds the message back
   */
  record Deliver(
      EnvironmentId environment,
      MessageId message,
      Optional<TenantId> tenant,
      int attempt,
      Optional<Cancellable> run,
      OptionalLong minute)
      implements Task {}

  record Cancellable(TriggerId trigger, RecipientId recipient) {}

  /** Tell the event to the runs of its recipient that wait for it. */
  record Signal(EnvironmentId environment, Event event) implements Task {}

  /**
   * Let a schedule go off.
   *
   * @param revision that of the schedule when the occurrence was set; an earlier one is stale
   * @param minute under which minute the due index lists it
   */
  record Occur(EnvironmentId environment, ScheduleId schedule, int revision, long minute)
      implements Task {}

  /**
   * Wake what is due in a minute.
   *
   * @param part one shard of it and where to go on there; empty to begin with all shards
   */
  record Drain(long minute, Optional<Part> part) implements Task {}

  record Part(int shard, Optional<String> cursor) {}

  /** Look for what should have been woken and was not. */
  record Sweep() implements Task {}
}
