package dev.carillon.memory.waiting;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Generation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.memory.RetentionClock;
import dev.carillon.page.Page;
import dev.carillon.trigger.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Batches in memory. */
public final class InMemoryBatches implements Batches {
  private static final int PAGE = 100;

  private record Key(EnvironmentId environment, BatchId batch) {}

  /** What is left of an activity's coming, even when it has left. */
  private record Came(int generation, Generation.Role role) {}

  /** A generation, the activities inside by their ids, and the instant since which it is kept. */
  private static final class Kept {
    private final TreeMap<String, Activity> inside = new TreeMap<>();
    private final Instant since;
    private Generation generation;

    Kept(Generation opened) {
      generation = opened;
      since = opened.lastClose();
    }

    Kept become(Generation next) {
      generation = next;
      return this;
    }
  }

  private static final class Batch {
    private final List<Kept> generations = new ArrayList<>();
    private final Map<RunId, Came> came = new HashMap<>();
    private final Set<RunId> out = new HashSet<>();
  }

  private final Map<Key, Batch> batches = new HashMap<>();
  private final RetentionClock retention;

  public InMemoryBatches(InstantSource clock, Duration period) {
    retention = new RetentionClock(clock, period);
  }

  @Override
  public synchronized Joined join(
      EnvironmentId environment, BatchId id, Activity activity, Terms terms, Instant now) {
    Batch batch = batch(environment, id);
    Optional<Joined> before = before(batch, activity.run(), now);
    if (before.isPresent()) {
      return before.get();
    }
    Kept kept =
        kept(batch, batch.generations.size())
            .filter(last -> last.generation.admits(now))
            .map(last -> last.become(last.generation.with(activity, terms, now)))
            .orElseGet(() -> open(batch, activity, terms, now));
    Generation.Role role = kept.generation.roleOf(activity);
    if (role != Generation.Role.LEADS) {
      kept.inside.put(activity.id(), activity);
    }
    batch.came.put(activity.run(), new Came(kept.generation.number(), role));
    return kept.generation.answer(role, now);
  }

  @Override
  public synchronized Joined keepOut(
      EnvironmentId environment, BatchId id, RunId run, Instant now) {
    Batch batch = batch(environment, id);
    return before(batch, run, now)
        .orElseGet(
            () -> {
              batch.out.add(run);
              return new Joined.Out();
            });
  }

  /** The answer to a run that came before, or that was kept out. */
  private Optional<Joined> before(Batch batch, RunId run, Instant now) {
    if (batch.out.contains(run)) {
      return Optional.of(new Joined.Out());
    }
    return Optional.ofNullable(batch.came.get(run))
        .flatMap(
            came ->
                kept(batch, came.generation())
                    .map(kept -> kept.generation.answer(came.role(), now)));
  }

  private static Kept open(Batch batch, Activity by, Terms terms, Instant now) {
    var opened = new Kept(Generation.opened(batch.generations.size() + 1, by, terms, now));
    batch.generations.add(opened);
    return opened;
  }

  @Override
  public synchronized Optional<Standing> find(
      EnvironmentId environment, BatchId batch, int generation) {
    return kept(batch(environment, batch), generation).map(kept -> kept.generation.standing());
  }

  @Override
  public synchronized Standing close(
      EnvironmentId environment, BatchId batch, int generation, Instant now) {
    Kept kept =
        kept(batch(environment, batch), generation)
            .orElseThrow(() -> new IllegalStateException("No generation " + generation));
    return kept.become(kept.generation.closed(now)).generation.standing();
  }

  @Override
  public synchronized boolean closeNow(
      EnvironmentId environment, BatchId batch, int generation, Instant now) {
    Optional<Kept> open =
        kept(batch(environment, batch), generation).filter(kept -> !kept.generation.isClosed());
    open.ifPresent(kept -> kept.become(kept.generation.hastened(now)));
    return open.isPresent();
  }

  @Override
  public synchronized Page<Activity> activities(
      EnvironmentId environment, BatchId batch, int generation, Optional<String> cursor) {
    return kept(batch(environment, batch), generation)
        .map(kept -> NewestFirst.ascending(kept.inside.values(), Activity::id, cursor, PAGE))
        .orElse(Page.last(List.of()));
  }

  @Override
  public synchronized void leave(EnvironmentId environment, BatchId id, RunId run) {
    Batch batch = batch(environment, id);
    Optional.ofNullable(batch.came.get(run))
        .flatMap(came -> kept(batch, came.generation()))
        .filter(kept -> !kept.generation.isClosed())
        .filter(kept -> kept.inside.values().removeIf(inside -> inside.run().equals(run)))
        .ifPresent(kept -> kept.become(kept.generation.withOneFewer()));
  }

  /** The generations of every batch as they are, in no particular order. */
  public synchronized List<Standing> all() {
    return batches.values().stream()
        .flatMap(batch -> batch.generations.stream())
        .map(kept -> kept.generation.standing())
        .toList();
  }

  private Batch batch(EnvironmentId environment, BatchId id) {
    return batches.computeIfAbsent(new Key(environment, id), _ -> new Batch());
  }

  private Optional<Kept> kept(Batch batch, int generation) {
    return generation < 1 || generation > batch.generations.size()
        ? Optional.empty()
        : Optional.of(batch.generations.get(generation - 1))
            .filter(kept -> !retention.over(kept.since));
  }
}
