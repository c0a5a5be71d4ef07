package dev.carillon.run.decision;

import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.SkipReason;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run does at a step: decided as data, carried out by the caller. The {@code why} of each is
 * for the log.
 */
public sealed interface Move {

  /**
   * Make the step's message on each of these channels and hand it over.
   *
   * @param offers at least one
   * @param why what became of the other channels of a group
   */
  record Deliver(ChannelStep step, List<Offer> offers, Json.Obj why) implements Move {
    public Deliver {
      offers = List.copyOf(offers);
    }
  }

  /**
   * One channel of a delivery.
   *
   * @param scheduledAt when its send window opens; empty when it is open
   * @param devices the same by the clocks of devices that have their own, by their tokens
   */
  record Offer(
      Channel channel,
      Optional<Instant> scheduledAt,
      Map<String, Optional<Instant>> devices,
      Json.Obj why) {
    public Offer {
      devices = Map.copyOf(devices);
    }

    /** On a channel whose window is open. */
    public Offer(Channel channel, Json.Obj why) {
      this(channel, Optional.empty(), Map.of(), why);
    }

    /** When the window opens for the device with that token. */
    public Optional<Instant> scheduledAt(String token) {
      return devices.getOrDefault(token, scheduledAt);
    }
  }

  /**
   * Go on to the next step.
   *
   * @param ok false when the step was skipped because something about it is wrong
   */
  record Skip(SkipReason reason, boolean ok, Json.Obj why) implements Move {}

  /** Wait until then, then go on to the next step. */
  record WaitUntil(Instant dueAt, Json.Obj why) implements Move {}

  /** Wait until then, then take this step. */
  record Hold(Instant dueAt, Json.Obj why) implements Move {}

  /** Bring what the run carries into a batch. */
  record Collect(Step.Batch step, BatchId batch, Batches.Terms terms, Json.Obj why)
      implements Move {}

  /** Go on if the budget allows. */
  record Pass(Step.Throttle step, ThrottleId throttle, Instant windowEnd, Json.Obj why)
      implements Move {}

  /**
   * Go into one of the step's branches.
   *
   * @param arm which one, from 0
   */
  record Enter(int arm, String name, Json.Obj why) implements Move {}

  /** Ask the customer's service. */
  record Fetch(Step.Fetch step) implements Move {}

  /** Trigger another workflow, with the same actor, tenant and data unless it says otherwise. */
  record StartWorkflow(
      WorkflowKey workflow,
      List<RecipientId> recipients,
      Optional<RecipientId> actor,
      Optional<TenantId> tenant,
      Json.Obj data,
      Optional<String> cancellationKey,
      Trigger.Settings settings)
      implements Move {
    public StartWorkflow {
      recipients = List.copyOf(recipients);
    }
  }

  /** Wait for an event, until then at most. */
  record Listen(Step.WaitForEvent step, String source, Instant until, Json.Obj why)
      implements Move {}

  /** Lay this over the run's data. */
  record ChangeData(Json.Obj patch) implements Move {}

  /** Merge these properties into somebody. */
  record Identify(RecipientId whom, Json.Obj properties) implements Move {}

  /** The step cannot be taken; it may be tried again. */
  record Fail(String problem) implements Move {}
}
