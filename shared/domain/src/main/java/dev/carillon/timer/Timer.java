package dev.carillon.timer;

import dev.carillon.broadcast.BroadcastPlan;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.WebhooksTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A hint that something waits until then. What it is about says whether that is so; a hint that
 * nothing corresponds to is stale and harmless.
 *
 * @param generation of several hints about one subject the one with the highest counts
 * @param minute under which minute it is listed, in minutes since 1970
 */
public record Timer(
    EnvironmentId environment, Subject subject, int generation, Instant dueAt, long minute) {

  private static final int SHARD_BITS = 4;

  public sealed interface Subject {
    /** A run waits. */
    record OfRun(TriggerId trigger, RecipientId recipient, Optional<TenantId> tenant, String waitId)
        implements Subject {
      public RunId run() {
        return RunId.of(trigger, recipient);
      }
    }

    /** A message is held back until a send window opens. */
    record OfMessage(
        MessageId message, Optional<TenantId> tenant, Optional<DeliveryTask.Cancellable> run)
        implements Subject {}

    /** A schedule goes off next. */
    record OfSchedule(ScheduleId schedule) implements Subject {}

    /**
     * A broadcast is to be sent. The generation of the timer is the number of the sending, and it
     * is listed until everybody was reached.
     *
     * @param broadcast its key
     */
    record OfBroadcast(String broadcast) implements Subject {}

    /**
     * An event is to be offered to a webhook endpoint again. The generation of the timer is how
     * many tries it had.
     */
    record OfWebhook(WebhookEndpointId endpoint, String event) implements Subject {}
  }

  /** A run waits. */
  public static Timer ofRun(
      EnvironmentId environment,
      TriggerId trigger,
      RecipientId recipient,
      Optional<TenantId> tenant,
      String waitId,
      int generation,
      Instant dueAt,
      long minute) {
    return new Timer(
        environment,
        new Subject.OfRun(trigger, recipient, tenant, waitId),
        generation,
        dueAt,
        minute);
  }

  /**
   * A schedule occurs next, as stored; empty when it will not. It is listed under its minute, or,
   * had that passed when it was set, under the minute of then: never behind what the sweeper has
   * passed.
   */
  public static Optional<Timer> ofSchedule(Schedule stored) {
    return stored
        .next()
        .map(
            at ->
                new Timer(
                    stored.environment(),
                    new Subject.OfSchedule(stored.id()),
                    stored.revision(),
                    at,
                    Minutes.of(at.isAfter(stored.updatedAt()) ? at : stored.updatedAt())));
  }

  /** A broadcast is to be sent, as planned: never before it was asked for. */
  public static Timer ofBroadcast(EnvironmentId environment, String broadcast, BroadcastPlan plan) {
    return new Timer(
        environment,
        new Subject.OfBroadcast(broadcast),
        plan.number(),
        plan.at(),
        Minutes.of(plan.at()));
  }

  /** The same hint under another minute. */
  public Timer listedAt(long other) {
    return new Timer(environment, subject, generation, dueAt, other);
  }

  /** The same timer, due at another time. */
  public Timer due(Instant other) {
    return new Timer(environment, subject, generation, other, minute);
  }

  /** What the subject is called, the same for all hints about it. */
  public String name() {
    return switch (subject) {
      case Subject.OfRun wait -> wait.run() + "#" + wait.waitId();
      case Subject.OfMessage(var message, _, _) -> "message#" + message.value();
      case Subject.OfSchedule(var schedule) -> "schedule#" + schedule;
      case Subject.OfBroadcast(var broadcast) -> "broadcast#" + broadcast;
      case Subject.OfWebhook(var endpoint, var event) -> "webhook#" + endpoint + "#" + event;
    };
  }

  /** In which of the {@link Timers#SHARDS} parts of a minute it is listed. */
  public int shard() {
    return switch (subject) {
      case Subject.OfRun wait -> wait.run().shard();
      case Subject.OfMessage(var message, _, _) -> message.shard();
      case Subject.OfSchedule(var schedule) -> schedule.shard();
      case Subject.OfBroadcast(var broadcast) ->
          (int) Digest.of("broadcast timer", broadcast).bits(SHARD_BITS);
      case Subject.OfWebhook(var endpoint, var event) ->
          (int) Digest.of("webhook timer", endpoint.toString(), event).bits(SHARD_BITS);
    };
  }

  /** What is to be done when it is due. */
  public Task task() {
    return switch (subject) {
      case Subject.OfRun(var trigger, var recipient, var tenant, var waitId) ->
          new StepsTask.Advance(
              environment,
              trigger,
              recipient,
              tenant,
              Optional.empty(),
              Optional.of(new StepsTask.Wake(waitId, generation, minute)));
      case Subject.OfMessage(var message, var tenant, var run) ->
          new DeliveryTask.Deliver(environment, message, tenant, 1, run, OptionalLong.of(minute));
      case Subject.OfSchedule(var schedule) ->
          new FanoutTask.Fire(environment, schedule, generation, minute);
      case Subject.OfBroadcast(var broadcast) ->
          new FanoutTask.SendOut(environment, broadcast, generation, minute);
      case Subject.OfWebhook(var endpoint, var event) ->
          new WebhooksTask.Call(environment, endpoint, event, generation, OptionalLong.of(minute));
    };
  }
}
