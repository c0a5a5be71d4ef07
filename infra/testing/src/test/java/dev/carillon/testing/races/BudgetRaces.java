package dev.carillon.testing.races;

import dev.carillon.run.Run;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.scenarios.TestWorkflows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs that want to pass a throttle at once. */
public final class BudgetRaces {
  private BudgetRaces() {}

  private static Map<String, String> budget(int limit, String onExceeded) {
    return Map.of(
        "budget",
        TestWorkflows.workflow(
            TestWorkflows.throttle(limit, onExceeded),
            TestWorkflows.feed(1),
            TestWorkflows.batch(""),
            TestWorkflows.post(1)));
  }

  /** So many runs on a budget of so many; each passes that finds room. */
  public static Race passers(int count, int limit) {
    return new Race(
        count + " runs on a budget of " + limit,
        Map.of(
            "budget",
            TestWorkflows.workflow(TestWorkflows.throttle(limit, "drop"), TestWorkflows.post(1))),
        engine -> Races.starts(engine, "budget", 1, count),
        engine -> passes(engine, count, limit));
  }

  /** A copy of one task comes, too. */
  public static Race passersTwice() {
    return new Race(
        "two runs on a budget with room for one, one twice",
        Map.of(
            "budget",
            TestWorkflows.workflow(TestWorkflows.throttle(2, "drop"), TestWorkflows.post(1))),
        engine -> {
          Races.starts(engine, "budget", 1, 1).forEach(engine.functions()::invoke);
          var starts = Races.starts(engine, "budget", 2, 2);
          return Stream.concat(starts.stream(), Stream.of(starts.getFirst())).toList();
        },
        engine -> passes(engine, 3, 2));
  }

  /** Anybody who finds no room goes to the batch, and is told of once it closes. */
  public static Race overflowing(int count) {
    return new Race(
        count + " runs on a budget of one, the rest to a batch",
        budget(1, "batch"),
        engine -> Races.starts(engine, "budget", 1, count),
        engine -> {
          var wrong = new ArrayList<>(passed(engine, 1));
          long batched = logged(engine, "batch_opened") + logged(engine, "batch_joined");
          if (batched != count - 1) {
            wrong.add(batched + " in the batch instead of " + (count - 1));
          }
          wrong.addAll(Races.ends(engine, count, 1));
          return wrong;
        });
  }

  private static List<String> passes(InProcessEngine engine, int arrivals, int limit) {
    int passing = Math.min(arrivals, limit);
    var wrong = new ArrayList<>(passed(engine, passing));
    wrong.addAll(Races.ends(engine, arrivals, passing));
    return wrong;
  }

  private static List<String> passed(InProcessEngine engine, int wanted) {
    long passed = logged(engine, "throttle_passed");
    return passed == wanted ? List.of() : List.of(passed + " passed instead of " + wanted);
  }

  private static long logged(InProcessEngine engine, String event) {
    return Scenarios.runs(engine).stream()
        .map(Run::log)
        .flatMap(List::stream)
        .map(entry -> entry.event().wireName())
        .filter(event::equals)
        .count();
  }
}
