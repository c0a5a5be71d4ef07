package dev.carillon.storage.dynamo.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.cache.LruCache;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.HourIndex;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.OptimisticRetry;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Transaction;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Triggers in the table. The head is what makes a trigger exist; it lies under its hour, so that
 * triggers can be listed. The document lies in it while small, and otherwise in chunks in a
 * partition of the trigger's own, which takes them at any size.
 */
public final class DynamoTriggers implements Triggers {
  /**
   * So small that the head, which is written again when fanned out, stays within one write unit.
   */
  private static final int INSIDE = 700;

  private static final int UUID_LENGTH = 36;
  private static final long CACHED_BYTES = 4_000_000;

  /** A wake may come this much late, and finds its trigger. */
  private static final Duration LATE = Duration.ofDays(1);

  /** Milliseconds between the looks for a trigger that is being written. */
  private static final List<Long> LOOKS = List.of(10L, 20L, 40L, 80L);

  private static final String DATA = "DATA";
  private static final String FANNED_OUT = "f";
  private static final String EXPIRES = "x";
  private static final String TRIGGER = "t";
  private static final String REPLACED = TriggerRewrite.REPLACED;
  private static final String REQUEST = "q";
  private static final String REQUEST_ID = "i";
  private static final String SEQUENCE = "cs";

  private record CacheKey(EnvironmentId environment, TriggerId id) {}

  /**
   * @param sequence how often its cancellation key had been used to cancel when it was accepted;
   *     empty without a key, and where an earlier build accepted it
   */
  private record Cached(Trigger trigger, Optional<Long> sequence, long ttl, long weight) {
    Cached until(long end) {
      return new Cached(trigger, sequence, end, weight);
    }
  }

  private final DynamoTable table;
  private final Cancellations cancellations;
  private final OptimisticRetry tries = new OptimisticRetry();
  private final Consumer<Duration> pause;
  private final Retention retention;
  private final ChunkedDocuments blobs;
  private final HourIndex hours;
  private final LruCache<CacheKey, Cached> cache = new LruCache<>(CACHED_BYTES);

  public DynamoTriggers(DynamoTable table, Retention retention) {
    this(table, retention, DynamoTable::pause);
  }

  /**
   * @param pause lets that much time pass
   */
  public DynamoTriggers(DynamoTable table, Retention retention, Consumer<Duration> pause) {
    this.table = table;
    this.pause = pause;
    this.cancellations = new Cancellations(table);
    this.retention = retention;
    this.blobs = new ChunkedDocuments(table);
    this.hours = new HourIndex(table, "TRG");
  }

  @Override
  public Acceptance accept(Trigger trigger, Optional<Idempotency> idempotency, Instant now) {
    long ttl = retention.end(trigger.id().time()).getEpochSecond();
    Item head = Item.at(RunKeys.head(trigger.environment(), trigger.id())).number(Item.TTL, ttl);
    byte[] document = CompressedJson.pack(TriggerDocument.write(trigger));
    var chunks = new Key(RunKeys.trigger(trigger.environment(), trigger.id()), DATA);
    blobs.write(head, document, INSIDE, chunks, OptionalLong.of(ttl));
    hours.note(trigger.environment(), trigger.id().time());
    trigger
        .cancellationKey()
        .ifPresent(
            key ->
                head.number(
                    SEQUENCE,
                    cancellations.sequence(trigger.environment(), trigger.workflow(), key)));
    if (idempotency.isPresent()) {
      return commit(trigger, head, idempotency.get(), now);
    }
    // When it was there already, an earlier try of this very call wrote it.
    table.putIf(head, Condition.NEW);
    return new Acceptance.Accepted();
  }

  private Acceptance commit(Trigger trigger, Item head, Idempotency asked, Instant now) {
    Instant expires = now.plus(IDEMPOTENCY_WINDOW);
    Item first =
        Item.at(RunKeys.idempotency(trigger.environment(), asked.key()))
            .number(EXPIRES, expires.toEpochMilli())
            .number(Item.TTL, expires.plus(LATE).getEpochSecond())
            .text(TRIGGER, trigger.id().toString())
            .text(REQUEST, asked.request())
            .text(REQUEST_ID, asked.requestId());
    var unused =
        new Condition(
            "attribute_not_exists(pk) OR #x < :now",
            Map.of("#x", EXPIRES),
            Map.of(":now", AttributeValue.fromN(Long.toString(now.toEpochMilli()))));
    return tries.until(
        "The idempotency key of trigger " + trigger.id(),
        () -> {
          Optional<Transaction.Refusal> refusal =
              table.transaction().put(head, Condition.NEW).put(first, unused).commit();
          Optional<Item> standing =
              refusal.filter(it -> it.failed(1)).flatMap(it -> it.standing(1));
          if (standing.isPresent()) {
            return judge(standing.get(), asked, now).map(it -> of(trigger.id(), it));
          }
          // The head was there already: an earlier try of this very call wrote it. When neither
          // stood
          // in the way, somebody else writes the same key just now.
          return refusal.map(it -> it.failed(0)).orElse(true)
              ? Optional.of(new Acceptance.Accepted())
              : Optional.empty();
        });
  }

  @Override
  public Optional<Acceptance.Earlier> before(
      EnvironmentId environment, Idempotency idempotency, Instant now) {
    return table
        .get(RunKeys.idempotency(environment, idempotency.key()))
        .flatMap(first -> judge(first, idempotency, now));
  }

  /** What the first call under a key means for this one; empty when it stands no more. */
  private static Optional<Acceptance.Earlier> judge(Item first, Idempotency asked, Instant now) {
    if (first.number(EXPIRES) < now.toEpochMilli()) {
      return Optional.empty();
    }
    TriggerId original = TriggerId.parse(first.text(TRIGGER));
    return Optional.of(
        first.text(REQUEST).equals(asked.request())
            ? new Acceptance.Repeated(original, first.text(REQUEST_ID))
            : new Acceptance.Conflicting());
  }

  /** A call that is a repetition of itself is the first one. */
  private static Acceptance of(TriggerId id, Acceptance.Earlier standing) {
    return standing instanceof Acceptance.Repeated(var original, _) && original.equals(id)
        ? new Acceptance.Accepted()
        : standing;
  }

  @Override
  public Optional<Trigger> find(EnvironmentId environment, TriggerId id) {
    return cached(environment, id).map(Cached::trigger);
  }

  @Override
  public Optional<Trigger> awaited(EnvironmentId environment, TriggerId id) {
    Optional<Trigger> found = find(environment, id);
    for (long millis : LOOKS) {
      if (found.isPresent()) {
        return found;
      }
      pause.accept(Duration.ofMillis(millis));
      found = find(environment, id);
    }
    return found;
  }

  private Optional<Cached> cached(EnvironmentId environment, TriggerId id) {
    return cache.get(
        new CacheKey(environment, id),
        held -> table.now().getEpochSecond() < held.ttl(),
        () -> head(environment, id).map(head -> read(environment, id, head)));
  }

  /** What a trigger says never changes, so that any look at it will do; one that fails must not. */
  private Optional<Item> head(EnvironmentId environment, TriggerId id) {
    Key key = RunKeys.head(environment, id);
    return table.glimpse(key).or(() -> table.get(key));
  }

  private LruCache.Weighed<Cached> read(EnvironmentId environment, TriggerId id, Item head) {
    byte[] document = blobs.read(head, RunKeys.trigger(environment, id));
    Trigger trigger = TriggerDocument.read(environment, id, CompressedJson.unpackObject(document));
    Optional<Long> sequence =
        head.has(SEQUENCE) ? Optional.of(head.number(SEQUENCE)) : Optional.empty();
    long weight = document.length;
    return new LruCache.Weighed<>(
        new Cached(trigger, sequence, head.number(Item.TTL), weight), weight);
  }

  @Override
  public Page<TriggerId> newestFirst(EnvironmentId environment, TimeRange range, PageRequest page) {
    return hours.newestFirst(
        environment,
        range.start(),
        range.end(),
        page,
        position -> id(position).map(TriggerId::time),
        head -> id(head.text(Item.SK)).filter(id -> range.contains(id.time())));
  }

  /** Empty for what is no trigger's id. */
  private static Optional<TriggerId> id(String position) {
    if (position.length() != UUID_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(TriggerId.parse(position));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean fannedOut(EnvironmentId environment, TriggerId id) {
    return table.get(RunKeys.head(environment, id)).map(head -> head.has(FANNED_OUT)).orElse(false);
  }

  @Override
  public void markFannedOut(EnvironmentId environment, TriggerId id) {
    table.updateIf(
        RunKeys.head(environment, id),
        "SET #f = :yes",
        new Condition(
            "attribute_exists(pk)",
            Map.of("#f", FANNED_OUT),
            Map.of(":yes", AttributeValue.fromBool(true))));
  }

  @Override
  public void forget(EnvironmentId environment, TriggerId id, RecipientId whom) {
    tries.until("Trigger " + id, () -> tryToForget(environment, id, whom));
  }

  /** Empty when somebody else wrote what the trigger says meanwhile. */
  private Optional<Boolean> tryToForget(EnvironmentId environment, TriggerId id, RecipientId whom) {
    Key key = RunKeys.head(environment, id);
    String partition = RunKeys.trigger(environment, id);
    Optional<Item> found = table.get(key);
    if (found.isEmpty()) {
      return Optional.of(false);
    }
    Item head = found.get();
    // Who replaced them may have died before they were gone.
    head.findText(REPLACED).ifPresent(earlier -> deleteReplaced(key, partition, earlier));
    Trigger trigger =
        TriggerDocument.read(
            environment, id, CompressedJson.unpackObject(blobs.read(head, partition)));
    Trigger less = trigger.forgetting(whom);
    if (less.equals(trigger)) {
      return Optional.of(false);
    }
    Item next = Item.at(key);
    byte[] document = CompressedJson.pack(TriggerDocument.write(less));
    long ttl = head.number(Item.TTL);
    blobs.write(next, document, INSIDE, new Key(partition, DATA), OptionalLong.of(ttl));
    if (!table.updateIf(
        key, TriggerRewrite.expression(head, next), TriggerRewrite.of(head, next))) {
      return Optional.empty();
    }
    head.findText(Item.NAME).ifPresent(earlier -> deleteReplaced(key, partition, earlier));
    var cacheKey = new CacheKey(environment, id);
    cache
        .get(cacheKey)
        .ifPresent(
            held ->
                cache.put(
                    cacheKey,
                    new Cached(less, held.sequence(), held.ttl(), held.weight()),
                    held.weight()));
    return Optional.of(true);
  }

  /** Chunks that the head led to before it was written again. */
  private void deleteReplaced(Key head, String partition, String name) {
    table
        .all(Range.prefix(partition, name + "#"))
        .forEach(chunk -> table.deleteIf(chunk.key(), Condition.THERE));
    table.updateIf(
        head,
        "REMOVE #o",
        new Condition("#o = :o", Map.of("#o", REPLACED), Map.of(":o", AttributeValue.fromS(name))));
  }

  @Override
  public void keepUntil(EnvironmentId environment, TriggerId id, Instant until) {
    long needed = until.plus(LATE).getEpochSecond();
    var key = new CacheKey(environment, id);
    if (cache.get(key).map(held -> held.ttl() >= needed).orElse(false)
        || table
            .get(RunKeys.head(environment, id))
            .map(head -> head.number(Item.TTL) >= needed)
            .orElse(true)) {
      return;
    }
    // As long as the run that waits, and the head last: it says what holds for all.
    long ttl = retention.end(until).getEpochSecond();
    table
        .all(Range.prefix(RunKeys.trigger(environment, id), DATA + "#"))
        .forEach(chunk -> raise(chunk.key(), ttl));
    raise(RunKeys.head(environment, id), ttl);
    cache.get(key).ifPresent(held -> cache.put(key, held.until(ttl), held.weight()));
  }

  private void raise(Key key, long ttl) {
    table.updateIf(
        key,
        "SET #ttl = :ttl",
        new Condition(
            "#ttl < :ttl",
            Map.of("#ttl", Item.TTL),
            Map.of(":ttl", AttributeValue.fromN(Long.toString(ttl)))));
  }

  @Override
  public void cancelUnder(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      List<RecipientId> recipients) {
    cancellations.cancel(environment, workflow, cancellationKey, recipients);
  }

  @Override
  public void cancel(EnvironmentId environment, TriggerId id, RecipientId recipient) {
    cancellations.cancel(environment, id, recipient);
  }

  @Override
  public boolean cancelled(EnvironmentId environment, TriggerId id, RecipientId recipient) {
    Optional<Cached> found = cached(environment, id);
    return cancellations.holds(
        environment, id, recipient, found.map(Cached::trigger), found.flatMap(Cached::sequence));
  }

  @Override
  public void listWait(CancellableWait wait) {
    cancellations.list(wait, retention.end(wait.until()));
  }

  @Override
  public void unlistWait(CancellableWait wait) {
    cancellations.unlist(wait);
  }

  @Override
  public Page<CancellableWait.Found> waitsUnder(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      Optional<RecipientId> recipient,
      Optional<String> cursor) {
    return cancellations.waits(environment, workflow, cancellationKey, recipient, cursor);
  }
}
