package dev.carillon.memory.waiting;

import dev.carillon.timer.MinuteSchedules;
import dev.carillon.timer.Minutes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Schedules in memory; the test fires them. */
public final class InMemoryMinuteSchedules implements MinuteSchedules {
  private final TreeSet<Long> standing = new TreeSet<>();

  @Override
  public synchronized void ensure(long minute) {
    standing.add(minute);
  }

  /** The minutes that have a schedule that did not go off yet, earliest first. */
  public synchronized List<Long> standing() {
    return List.copyOf(standing);
  }

  /** When the next one goes off; empty when none stands. */
  public synchronized Optional<Instant> next() {
    return standing.isEmpty() ? Optional.empty() : Optional.of(firesAt(standing.first()));
  }

  /** Lets go off what is due: the minutes whose schedules then stand no more, earliest first. */
  public synchronized List<Long> fire(Instant now) {
    List<Long> due = standing.stream().filter(minute -> !firesAt(minute).isAfter(now)).toList();
    due.forEach(standing::remove);
    return due;
  }

  private static Instant firesAt(long minute) {
    return Minutes.start(minute).minus(Duration.ofMinutes(LEAD_MINUTES));
  }
}
