package dev.carillon.storage.dynamo.waiting;

import dev.carillon.batch.BatchId;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Listener;
import dev.carillon.id.Digest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.workflow.WorkflowKey;

/** Where schedules, batches, throttles and listeners lie. The whole layout is in {@link Keys}. */
public final class WaitingKeys {

  private WaitingKeys() {}

  public static Key schedule(EnvironmentId environment, ScheduleId id) {
    return new Key(environment.value() + "#SCH#" + id, "SCHEDULE");
  }

  public static String schedulesOf(EnvironmentId environment, WorkflowKey workflow, int shard) {
    return environment.value() + "#SCHW#" + workflow.value() + "#" + Integer.toHexString(shard);
  }

  /** Beside the recipient's own partition, which is read as a whole for each of its runs. */
  public static String schedulesOf(EnvironmentId environment, RecipientId id) {
    return environment.value() + "#SCHR#" + Keys.recipient(id);
  }

  /** The id is a hash already. */
  public static String batch(EnvironmentId environment, BatchId batch) {
    return environment.value() + "#BATCH#" + batch.value();
  }

  public static Key sendSlots(EnvironmentId environment, ChannelId channel) {
    return new Key(environment.value() + "#SLOTS#" + channel, "HEAD");
  }

  public static Key circuit(EnvironmentId environment, ChannelId channel) {
    return new Key(environment.value() + "#CIRC#" + channel, "HEAD");
  }

  public static Key throttle(EnvironmentId environment, ThrottleId throttle) {
    return new Key(environment.value() + "#THR#" + throttle.value(), "HEAD");
  }

  public static Key passer(EnvironmentId environment, ThrottleId throttle, String passer) {
    return new Key(
        throttle(environment, throttle).partition(), "P#" + Digest.hex(Keys.unicode(passer)));
  }

  public static String waiting(EnvironmentId environment) {
    return environment.value() + "#WAITING";
  }

  public static String listeners(EnvironmentId environment, RecipientId recipient) {
    return environment.value() + "#WAIT#" + Keys.recipient(recipient);
  }

  /** What the sort keys of those who wait for that source begin with. */
  public static String listenersFor(String source) {
    return Keys.part(source) + "#";
  }

  public static Key listener(EnvironmentId environment, Listener listener) {
    return new Key(
        listeners(environment, listener.recipient()),
        listenersFor(listener.source()) + listener.trigger() + "#" + Keys.part(listener.waitId()));
  }

  /** That somebody in the environment waits for that source. No recipient is called so. */
  static Key awaited(EnvironmentId environment, String source) {
    return new Key(awaited(environment), Keys.part(source));
  }

  static String awaited(EnvironmentId environment) {
    return environment.value() + "#WAIT#ANYBODY";
  }
}
