package dev.carillon.memory.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.memory.RetentionClock;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Runs in memory. The position of a run in a list is its id. */
public final class InMemoryRuns implements Runs {
  private static final int PAGE = 100;

  private record Key(EnvironmentId environment, RunId id) {}

  private final Map<Key, Run> runs = new ConcurrentHashMap<>();
  private final RetentionClock retention;
  private volatile boolean late;

  /** Keeps every run for ever. */
  public InMemoryRuns() {
    retention = RetentionClock.FOREVER;
  }

  public InMemoryRuns(InstantSource clock, Duration retention) {
    this.retention = new RetentionClock(clock, retention);
  }

  @Override
  public Optional<Run> find(EnvironmentId environment, RunId id) {
    return Optional.ofNullable(runs.get(new Key(environment, id))).filter(this::kept);
  }

  @Override
  public boolean glimpsed(EnvironmentId environment, RunId id) {
    return !late && find(environment, id).isPresent();
  }

  /** From now on, looks are so late that they see no run. */
  public void lookLate() {
    late = true;
  }

  @Override
  public boolean save(Run run) {
    if (run.state() instanceof Run.State.Processing) {
      throw new IllegalArgumentException("A run is stored at rest: " + run.id());
    }
    Run stored = run.stored();
    Run now =
        runs.compute(
            new Key(run.environment(), run.id()),
            (_, before) -> revision(before) == run.revision() ? stored : before);
    return now == stored;
  }

  private static long revision(Run run) {
    return run == null ? 0 : run.revision();
  }

  @Override
  public Page<Run> newestFirst(
      EnvironmentId environment, TimeRange range, Predicate<Run> wanted, PageRequest page) {
    List<Run> all =
        runs.values().stream()
            .filter(run -> run.environment().equals(environment))
            .filter(run -> range.contains(run.id().time()))
            .filter(this::kept)
            .filter(run -> wanted.test(run.outline()))
            .toList();
    return NewestFirst.page(all, run -> run.id().toString(), page);
  }

  @Override
  public Page<Run> newestFirst(
      EnvironmentId environment,
      RecipientId recipient,
      TimeRange range,
      Predicate<Run> wanted,
      PageRequest page) {
    return newestFirst(
        environment, range, run -> run.recipient().equals(recipient) && wanted.test(run), page);
  }

  @Override
  public Page<Run> ofTrigger(
      EnvironmentId environment, TriggerId trigger, Optional<String> cursor) {
    List<Run> all =
        runs.values().stream()
            .filter(run -> run.environment().equals(environment))
            .filter(run -> run.trigger().equals(trigger))
            .filter(this::kept)
            .toList();
    return NewestFirst.ascending(all, run -> run.id().toString(), cursor, PAGE);
  }

  private boolean kept(Run run) {
    return !retention.over(lastMove(run));
  }

  private static Instant lastMove(Run run) {
    return switch (run.state()) {
      case Run.State.Waiting(var on) when on.dueAt().isAfter(run.updatedAt()) -> on.dueAt();
      case Run.State.Waiting _,
          Run.State.Completed _,
          Run.State.Cancelled _,
          Run.State.AtStep _,
          Run.State.Processing _ ->
          run.updatedAt();
    };
  }
}
