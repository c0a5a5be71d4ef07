package dev.carillon.bench.cost;

import dev.carillon.bench.stack.BenchStack;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Something that is counted.
 *
 * @param per what one of is the divisor: "email", "click"
 * @param times how many of these happen
 * @param apiRequests how many requests of the HTTP API that takes
 * @param functions whose work alone counts; empty for all
 * @param before what must have happened before the counting
 */
record Scenario(
    String name,
    String per,
    int times,
    int apiRequests,
    Set<String> functions,
    Budget budget,
    Optional<Work> before,
    Work work) {

  /** What one of them may use at most. */
  record Budget(double writeUnits, double readUnits, double queueRequests) {}

  /** Done on a stack at rest; the counting waits for it to rest again. */
  interface Work {
    void on(BenchStack stack) throws IOException, InterruptedException;
  }
}
