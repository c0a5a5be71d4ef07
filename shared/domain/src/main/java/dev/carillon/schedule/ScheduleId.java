package dev.carillon.schedule;

import dev.carillon.id.Digest;
import java.util.UUID;

/** Names a schedule of one recipient. */
public record ScheduleId(UUID value) {
  /** Over how many parts schedules are spread. */
  public static final int SHARDS = 16;

  /** The id of the {@code index}th schedule that a call makes, {@code cause} being unique to it. */
  public static ScheduleId of(String cause, int index) {
    return new ScheduleId(Digest.of("schedule", cause, Integer.toString(index)).uuid());
  }

  public static ScheduleId parse(String text) {
    return new ScheduleId(UUID.fromString(text));
  }

  /** 0 to 15, spread evenly: in which part of a minute, and of its workflow's, it is listed. */
  public int shard() {
    return (int) (value.getLeastSignificantBits() & (SHARDS - 1));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
