package dev.carillon.timer;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** All that waits, in all environments, by the minute it is due in. */
public interface Timers {

  /** Over how many parts a minute is spread, so that many runs may be due in one. */
  int SHARDS = 16;

  /** Lists the hint. Safe to repeat. */
  void put(Timer item);

  /** Takes the hint off the list; does nothing when it is not there. */
  void remove(Timer item);

  /**
   * The hints of a minute in one of its shards.
   *
   * @param cursor where the page before ended; empty for the first
   */
  Page<Timer> page(long minute, int shard, Optional<String> cursor);

  /**
   * The hints of one environment among those of a minute's shard, in the order of their {@link
   * DueItem#name names}.
   *
   * @param after only names behind this one; empty for all
   * @param size how many at most, 1 to 100
   */
  List<Timer> of(
      EnvironmentId environment, long minute, int shard, Optional<String> after, int size);

  /**
   * Whether the hint is listed under its minute, with its generation or a later one. Sees all that
   * was put so far.
   */
  boolean lists(Timer item);

  /**
   * The first minutes from {@code first} to {@code last}, both included, under which anything was
   * ever listed, ascending; some may be empty by now. What this costs depends on how many there
   * are, not on how long the time is: neither a sweep of a long silence nor a list of what waits
   * within a year need walk it.
   *
   * @param most how many at most
   */
  List<Long> minutes(long first, long last, int most);

  /**
   * A part of the list.
   *
   * @param minute since 1970
   * @param shard from 0, less than {@link #SHARDS}
   */
  record Part(long minute, int shard) {}

  /**
   * The first parts from {@code first} on under which anything of the environment was ever listed,
   * by minute and shard; some may hold nothing by now. What this costs depends on how many there
   * are: a list of what waits need not look into parts where nothing of it does.
   *
   * @param last the last minute, included
   * @param most how many at most
   */
  List<Part> parts(EnvironmentId environment, Part first, long last, int most);

  /**
   * Notes the part in which the hint is listed already, for {@link #parts}: what an earlier build
   * listed has no note. Safe to repeat.
   */
  void note(Timer listed);

  /**
   * Up to which minute all that is listed has been noted; {@link Long#MAX_VALUE} when all is, and
   * absent when nobody has begun.
   */
  OptionalLong notedTo();

  /** Moves that forward; never back. */
  void raiseNotedTo(long minute);

  /** The last minute that the sweeper found empty; absent before its first sweep. */
  OptionalLong watermark();

  /** Moves the watermark forward; never back, no matter who else moves it. */
  void raiseWatermark(long minute);
}
