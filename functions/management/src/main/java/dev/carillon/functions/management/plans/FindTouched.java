package dev.carillon.functions.management.plans;

import dev.carillon.edge.Limits;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.SweepWindow;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Finds the runs that wait in some workflows, those that are due first before others. */
final class FindTouched {
  /** No run waits longer than a year. */
  private static final Duration HORIZON = Duration.ofDays(370);

  private static final int AT_ONCE = 100;
  private static final int MOST_PARTS = 500;

  private final Timers timers;
  private final Runs runs;

  FindTouched(Timers timers, Runs runs) {
    this.timers = timers;
    this.runs = runs;
  }

  /** A run that waits, and for what. */
  record Waiting(Run run, Wait on) {}

  /**
   * @param complete whether these are all that there are
   */
  record Found(List<Waiting> waiting, boolean complete) {}

  Found waiting(EnvironmentId environment, Set<WorkflowKey> workflows, Instant now) {
    var found = new ArrayList<Waiting>();
    var seen = new HashSet<String>();
    int looked = 0;
    long first = SweepWindow.first(OptionalLong.of(Minutes.of(now) - 1), now);
    List<Timers.Part> parts =
        timers.parts(
            environment, new Timers.Part(first, 0), Minutes.of(now.plus(HORIZON)), MOST_PARTS);
    for (Timers.Part part : parts) {
      Optional<String> after = Optional.empty();
      List<Timer> hints;
      do {
        hints = timers.of(environment, part.minute(), part.shard(), after, AT_ONCE);
        for (Timer hint : hints) {
          if (looked++ == Limits.PLAN_WAITS) {
            return new Found(found, false);
          }
          waiting(hint)
              .filter(it -> workflows.contains(it.run().workflow()))
              .filter(it -> seen.add(hint.name()))
              .ifPresent(found::add);
          after = Optional.of(hint.name());
        }
      } while (hints.size() == AT_ONCE);
    }
    return new Found(found, parts.size() < MOST_PARTS);
  }

  private Optional<Waiting> waiting(Timer hint) {
    return hint.subject() instanceof Timer.Subject.OfRun of
        ? runs.find(hint.environment(), of.run())
            .flatMap(
                run ->
                    run.state() instanceof State.Waiting(var wait)
                            && wait.id().equals(of.waitId())
                            && wait.generation() == hint.generation()
                        ? Optional.of(new Waiting(run, wait))
                        : Optional.empty())
        : Optional.empty();
  }
}
