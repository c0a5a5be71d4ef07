package dev.carillon.testing.races;

import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.Invocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Functions that are at work at once.
 *
 * @param workflows the texts of their {@code workflow.json} by key
 * @param begin brings the engine to where the race begins and says what is raced; tasks are then in
 *     no queue any more
 * @param apart by how much each one's clock is ahead of that of the one before
 * @param wrong what must not be, once all is over; beside what must never be
 */
public record Race(
    String name,
    Map<String, String> workflows,
    Function<InProcessEngine, List<Invocation>> begin,
    Duration apart,
    Function<InProcessEngine, List<String>> wrong) {

  public Race(
      String name,
      Map<String, String> workflows,
      Function<InProcessEngine, List<Invocation>> begin,
      Function<InProcessEngine, List<String>> wrong) {
    this(name, workflows, begin, Duration.ZERO, wrong);
  }
}
