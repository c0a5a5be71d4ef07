package dev.carillon.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.StepRef;
import java.time.Instant;

/**
 * Names a message of one run, step and channel: the only one, or of those to several devices or
 * conversations the one in its place. A KSUID.
 */
public record MessageId(String value) {

  public MessageId {
    if (!Ksuid.isValid(value)) {
      throw new IllegalArgumentException("Not a message id: " + value);
    }
  }

  /**
   * @param pace the pace of the run at the step
   */
  public static MessageId of(Instant pace, RunId run, StepRef step, ChannelId channel) {
    return new MessageId(
        Ksuid.of(pace, Digest.of("message", run.toString(), step.value(), channel.toString())));
  }

  /**
   * @param index which of the messages of that run, step and channel, from 0; the first has the id
   *     that an only one would have
   */
  public static MessageId of(Instant pace, RunId run, StepRef step, ChannelId channel, int index) {
    return index == 0
        ? of(pace, run, step, channel)
        : new MessageId(
            Ksuid.of(
                pace,
                Digest.of(
                    "message",
                    run.toString(),
                    step.value(),
                    channel.toString(),
                    Integer.toString(index))));
  }

  /** The second of the pace it was made at. */
  public Instant time() {
    return Ksuid.time(value);
  }

  /** 0 to 15, spread evenly: which of the parts of an hour holds the message. */
  public int shard() {
    return Ksuid.lastByte(value) & 0xF;
  }

  @Override
  public String toString() {
    return value;
  }
}
