package dev.carillon.testing.simulation;

import dev.carillon.testing.calls.SteppedInvocation.Step;
import java.util.EnumMap;
import java.util.Map;

/** How much happened. */
public final class FaultCounts {
  private final Map<Step, Long> steps = new EnumMap<>(Step.class);
  private long duplicates;
  private long losses;
  private long runs;

  public void count(Step step) {
    steps.merge(step, 1L, Long::sum);
  }

  public void duplicate() {
    duplicates++;
  }

  public void loss() {
    losses++;
  }

  public void runs(long count) {
    runs += count;
  }

  public long runs() {
    return runs;
  }

  public void add(FaultCounts other) {
    other.steps.forEach((step, count) -> steps.merge(step, count, Long::sum));
    duplicates += other.duplicates;
    losses += other.losses;
    runs += other.runs;
  }

  private long of(Step step) {
    return steps.getOrDefault(step, 0L);
  }

  @Override
  public String toString() {
    return "%,d runs, %,d calls of ports, %,d deaths, %,d answers lost, %,d calls turned away, %,d tasks doubled, %,d lost"
        .formatted(
            runs,
            of(Step.CALL),
            of(Step.DIE_BEFORE) + of(Step.DIE_AFTER),
            of(Step.NOT_HEAR),
            of(Step.BE_TURNED_AWAY),
            duplicates,
            losses);
  }
}
