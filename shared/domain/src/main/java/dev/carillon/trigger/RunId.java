package dev.carillon.trigger;

import dev.carillon.id.Digest;
import dev.carillon.id.Uuid8;
import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.UUID;

/**
 * Names the run of one trigger for one recipient; there is at most one. The first 48 bits are the
 * trigger's millisecond, the next 18 that are ours a hash of the trigger, the last 56 a hash of
 * trigger and recipient: as text, all runs of a trigger share their first 21 characters.
 */
public record RunId(UUID value) {
  private static final int TRIGGER_TEXT = 21;
  private static final int RECIPIENT_BITS = 56;
  private static final int TRIGGER_LOW_BITS = 6;

  public static RunId of(TriggerId trigger, RecipientId recipient) {
    Digest ofTrigger = Digest.of("runs", trigger.toString());
    Digest ofBoth = Digest.of("run", trigger.toString(), recipient.collection(), recipient.id());
    long hash = ofTrigger.bits(12 + TRIGGER_LOW_BITS);
    long low =
        ((hash & ((1L << TRIGGER_LOW_BITS) - 1)) << RECIPIENT_BITS) | ofBoth.bits(RECIPIENT_BITS);
    return new RunId(Uuid8.timed(trigger.time().toEpochMilli(), hash >>> TRIGGER_LOW_BITS, low));
  }

  public static RunId parse(String text) {
    return new RunId(UUID.fromString(text));
  }

  /** What the ids of all runs of a trigger begin with, as text. */
  public static String prefix(TriggerId trigger) {
    return of(trigger, RecipientId.user("anybody")).toString().substring(0, TRIGGER_TEXT);
  }

  /** When the run's trigger was accepted. */
  public Instant time() {
    return Instant.ofEpochMilli(Uuid8.millis(value));
  }

  /** 0 to 15, spread evenly: which of the parts of an hour holds the run. */
  public int shard() {
    return (int) (value.getLeastSignificantBits() & 0xF);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
