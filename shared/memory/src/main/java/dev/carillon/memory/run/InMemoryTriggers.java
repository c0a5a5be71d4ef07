package dev.carillon.memory.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.memory.RetentionClock;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Triggers in memory. */
public final class InMemoryTriggers implements Triggers {
  private static final int PAGE = 100;

  private record Key(EnvironmentId environment, TriggerId id) {}

  private record IdempotencyKey(EnvironmentId environment, String key) {}

  private record First(TriggerId trigger, String request, String requestId, Instant expiresAt) {
    Acceptance.Earlier judge(Idempotency asked) {
      return request.equals(asked.request())
          ? new Acceptance.Repeated(trigger, requestId)
          : new Acceptance.Conflicting();
    }
  }

  private record Tombstone(Key trigger, Optional<RecipientId> recipient) {}

  private record Under(EnvironmentId environment, WorkflowKey workflow, String key) {
    static Optional<Under> of(Trigger trigger) {
      return trigger
          .cancellationKey()
          .map(key -> new Under(trigger.environment(), trigger.workflow(), key));
    }
  }

  private record Listed(Under under, TriggerId trigger, RecipientId recipient, String waitId) {
    static Listed of(CancellableWait wait) {
      return new Listed(
          new Under(wait.environment(), wait.workflow(), wait.cancellationKey()),
          wait.trigger(),
          wait.recipient(),
          wait.waitId());
    }
  }

  private final Map<Listed, CancellableWait> waits = new HashMap<>();
  private final Map<Key, Trigger> triggers = new HashMap<>();
  private final Map<Key, Instant> kept = new HashMap<>();
  private final Map<IdempotencyKey, First> firsts = new HashMap<>();
  private final Set<Key> fannedOut = new HashSet<>();
  private final Set<Tombstone> tombstones = new HashSet<>();
  private final RetentionClock retention;

  /** Keeps every trigger for ever. */
  public InMemoryTriggers() {
    retention = RetentionClock.FOREVER;
  }

  public InMemoryTriggers(InstantSource clock, Duration retention) {
    this.retention = new RetentionClock(clock, retention);
  }

  @Override
  public synchronized Acceptance accept(
      Trigger trigger, Optional<Idempotency> idempotency, Instant now) {
    if (idempotency.isPresent()) {
      var asked = idempotency.get();
      Optional<First> first = first(trigger.environment(), asked, now);
      if (first.isPresent() && !first.get().trigger().equals(trigger.id())) {
        return first.get().judge(asked);
      }
      firsts.put(
          new IdempotencyKey(trigger.environment(), asked.key()),
          new First(
              trigger.id(), asked.request(), asked.requestId(), now.plus(IDEMPOTENCY_WINDOW)));
    }
    triggers.putIfAbsent(new Key(trigger.environment(), trigger.id()), trigger);
    return new Acceptance.Accepted();
  }

  @Override
  public synchronized void forget(EnvironmentId environment, TriggerId id, RecipientId whom) {
    triggers.computeIfPresent(new Key(environment, id), (_, trigger) -> trigger.forgetting(whom));
  }

  private Optional<First> first(EnvironmentId environment, Idempotency asked, Instant now) {
    return Optional.ofNullable(firsts.get(new IdempotencyKey(environment, asked.key())))
        .filter(first -> !first.expiresAt().isBefore(now));
  }

  @Override
  public synchronized Optional<Acceptance.Earlier> before(
      EnvironmentId environment, Idempotency idempotency, Instant now) {
    return first(environment, idempotency, now).map(first -> first.judge(idempotency));
  }

  @Override
  public synchronized Optional<Trigger> find(EnvironmentId environment, TriggerId id) {
    var key = new Key(environment, id);
    return Optional.ofNullable(triggers.get(key))
        .filter(_ -> !retention.over(kept.getOrDefault(key, id.time())));
  }

  @Override
  public synchronized Page<TriggerId> newestFirst(
      EnvironmentId environment, TimeRange range, PageRequest page) {
    List<TriggerId> all =
        triggers.keySet().stream()
            .filter(key -> key.environment().equals(environment))
            .map(Key::id)
            .filter(id -> range.contains(id.time()))
            .filter(id -> find(environment, id).isPresent())
            .toList();
    return NewestFirst.page(all, TriggerId::toString, page);
  }

  @Override
  public synchronized boolean fannedOut(EnvironmentId environment, TriggerId id) {
    return fannedOut.contains(new Key(environment, id));
  }

  @Override
  public synchronized void markFannedOut(EnvironmentId environment, TriggerId id) {
    fannedOut.add(new Key(environment, id));
  }

  @Override
  public synchronized void keepUntil(EnvironmentId environment, TriggerId id, Instant until) {
    kept.merge(
        new Key(environment, id),
        until.isAfter(id.time()) ? until : id.time(),
        (before, after) -> after.isAfter(before) ? after : before);
  }

  @Override
  public synchronized void cancelUnder(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      List<RecipientId> recipients) {
    var under = new Under(environment, workflow, cancellationKey);
    List<Trigger> accepted =
        triggers.values().stream()
            .filter(trigger -> Under.of(trigger).filter(under::equals).isPresent())
            .toList();
    for (Trigger trigger : accepted) {
      var key = new Key(environment, trigger.id());
      if (recipients.isEmpty()) {
        tombstones.add(new Tombstone(key, Optional.empty()));
      }
      recipients.forEach(one -> tombstones.add(new Tombstone(key, Optional.of(one))));
    }
  }

  @Override
  public synchronized void cancel(EnvironmentId environment, TriggerId id, RecipientId recipient) {
    tombstones.add(new Tombstone(new Key(environment, id), Optional.of(recipient)));
  }

  @Override
  public synchronized void listWait(CancellableWait wait) {
    waits.merge(
        Listed.of(wait),
        wait,
        (before, now) -> before.generation() > now.generation() ? before : now);
  }

  @Override
  public synchronized void unlistWait(CancellableWait wait) {
    waits.computeIfPresent(
        Listed.of(wait), (_, listed) -> listed.generation() > wait.generation() ? listed : null);
  }

  @Override
  public synchronized Page<CancellableWait.Found> waitsUnder(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      Optional<RecipientId> recipient,
      Optional<String> cursor) {
    var under = new Under(environment, workflow, cancellationKey);
    List<Listed> all =
        waits.keySet().stream()
            .filter(listed -> listed.under().equals(under))
            .filter(listed -> recipient.isEmpty() || recipient.get().equals(listed.recipient()))
            .toList();
    Page<Listed> page = NewestFirst.ascending(all, Listed::toString, cursor, PAGE);
    return new Page<>(
        page.items().stream().map(waits::get).map(CancellableWait.Found::of).toList(), page.next());
  }

  @Override
  public synchronized boolean cancelled(
      EnvironmentId environment, TriggerId id, RecipientId recipient) {
    var key = new Key(environment, id);
    return tombstones.contains(new Tombstone(key, Optional.empty()))
        || tombstones.contains(new Tombstone(key, Optional.of(recipient)));
  }
}
