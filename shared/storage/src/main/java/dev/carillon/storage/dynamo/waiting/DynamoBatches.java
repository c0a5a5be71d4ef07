package dev.carillon.storage.dynamo.waiting;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Generation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.page.Page;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.OptimisticRetry;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Slice;
import dev.carillon.storage.dynamo.Transaction;
import dev.carillon.storage.dynamo.run.RunStateDocument;
import dev.carillon.trigger.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Batches in the table. A batch is a partition; each generation has a head, which every call that
 * changes anything replaces, so that of two at once one is decided anew. What comes in is an item
 * behind the head, and one under its run that says in which generation it is and as what. All items
 * of a generation have the same TTL.
 */
public final class DynamoBatches implements Batches {
  private static final int PAGE = 100;

  /** A transaction costs double, so that what is large goes into chunks before it. */
  private static final int INSIDE = 8_000;

  private static final String HEAD = "HEAD#";
  private static final String GENERATION = "g";
  private static final String ROLE = "o";
  private static final String ACTIVITY = "i";

  /** A generation as it was read, or as it is to be stored after that. */
  private record Stored(Generation generation, long revision, long ttl) {
    Stored become(Generation next) {
      return new Stored(next, revision, ttl);
    }
  }

  /** What the item under a run says. */
  private record Came(int generation, Generation.Role role, String activity) {
    /** Empty for a run that was kept out. */
    static Optional<Came> read(Item item) {
      return item.has(ROLE)
          ? Optional.of(
              new Came(
                  (int) item.number(GENERATION),
                  GenerationDocument.role(item.text(ROLE)),
                  item.text(ACTIVITY)))
          : Optional.empty();
    }
  }

  private final DynamoTable table;
  private final OptimisticRetry tries = new OptimisticRetry();
  private final Retention retention;
  private final ChunkedDocuments blobs;

  public DynamoBatches(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
    this.blobs = new ChunkedDocuments(table);
  }

  @Override
  public Joined join(
      EnvironmentId environment, BatchId batch, Activity activity, Terms terms, Instant now) {
    String partition = WaitingKeys.batch(environment, batch);
    return tries.until("Batch " + batch.value(), () -> tryToJoin(partition, activity, terms, now));
  }

  private Optional<Joined> tryToJoin(
      String partition, Activity activity, Terms terms, Instant now) {
    Stored next = with(last(partition), activity, terms, now);
    Generation.Role role = next.generation().roleOf(activity);
    var came = new Came(next.generation().number(), role, activity.id());
    var transaction =
        table
            .transaction()
            .put(came(partition, activity.run(), came, next.ttl()), Condition.free(table.now()))
            .put(head(partition, next), Condition.revision(next.revision()));
    if (role != Generation.Role.LEADS) {
      transaction.put(inside(partition, next, activity), Condition.NONE);
    }
    Optional<Transaction.Refusal> refusal = transaction.commit();
    if (refusal.isEmpty()) {
      return Optional.of(next.generation().answer(role, now));
    }
    return refusal
        .filter(it -> it.failed(0))
        .flatMap(it -> it.standing(0))
        .flatMap(before -> again(partition, before, now));
  }

  @Override
  public Joined keepOut(EnvironmentId environment, BatchId batch, RunId run, Instant now) {
    String partition = WaitingKeys.batch(environment, batch);
    Key key = came(partition, run);
    Item out = Item.at(key).number(Item.TTL, retention.end(now).getEpochSecond());
    return tries.until(
        "Batch " + batch.value(),
        () ->
            table.putIf(out, Condition.free(table.now()))
                ? Optional.of(new Joined.Out())
                : table.get(key).flatMap(before -> again(partition, before, now)));
  }

  /** The answer to a run that came before, or that was kept out. */
  private Optional<Joined> again(String partition, Item before, Instant now) {
    Optional<Came> came = Came.read(before);
    return came.isEmpty()
        ? Optional.of(new Joined.Out())
        : stored(partition, came.get().generation())
            .map(stored -> stored.generation().answer(came.get().role(), now));
  }

  private Stored with(Optional<Stored> last, Activity activity, Terms terms, Instant now) {
    return last.filter(it -> it.generation().admits(now))
        .map(it -> it.become(it.generation().with(activity, terms, now)))
        .orElseGet(
            () -> {
              int number = last.map(it -> it.generation().number()).orElse(0) + 1;
              Generation opened = Generation.opened(number, activity, terms, now);
              return new Stored(opened, 0, retention.end(opened.lastClose()).getEpochSecond());
            });
  }

  @Override
  public Optional<Standing> find(EnvironmentId environment, BatchId batch, int generation) {
    return stored(WaitingKeys.batch(environment, batch), generation)
        .map(it -> it.generation().standing());
  }

  @Override
  public Standing close(EnvironmentId environment, BatchId batch, int generation, Instant now) {
    String partition = WaitingKeys.batch(environment, batch);
    return tries.until(
        "Batch " + batch.value(),
        () -> {
          Stored before =
              stored(partition, generation)
                  .orElseThrow(
                      () ->
                          new IllegalStateException(
                              "Batch " + batch.value() + " has no generation " + generation));
          Generation closed = before.generation().closed(now);
          return save(partition, before, closed)
              ? Optional.of(closed.standing())
              : Optional.empty();
        });
  }

  @Override
  public boolean closeNow(EnvironmentId environment, BatchId batch, int generation, Instant now) {
    String partition = WaitingKeys.batch(environment, batch);
    return tries.until(
        "Batch " + batch.value(),
        () -> {
          Optional<Stored> open =
              stored(partition, generation).filter(it -> !it.generation().isClosed());
          return open.isEmpty()
              ? Optional.of(false)
              : open.filter(it -> save(partition, it, it.generation().hastened(now)))
                  .map(_ -> true);
        });
  }

  @Override
  public Page<Activity> activities(
      EnvironmentId environment, BatchId batch, int generation, Optional<String> cursor) {
    String partition = WaitingKeys.batch(environment, batch);
    String prefix = inside(generation);
    Slice slice =
        table.query(
            Range.prefix(partition, prefix),
            PAGE,
            cursor.map(at -> new Key(partition, prefix + at).attributes()).orElse(Map.of()));
    return new Page<>(
        slice.items().stream()
            .map(item -> RunStateDocument.activity(CompressedJson.unpackObject(blobs.read(item))))
            .toList(),
        slice.next().isEmpty()
            ? Optional.empty()
            : Optional.of(slice.next().get(Item.SK).s().substring(prefix.length())));
  }

  @Override
  public void leave(EnvironmentId environment, BatchId batch, RunId run) {
    String partition = WaitingKeys.batch(environment, batch);
    tries.until(
        "Batch " + batch.value(), () -> Optional.of(true).filter(_ -> tryToLeave(partition, run)));
  }

  /** False when somebody else was first. */
  private boolean tryToLeave(String partition, RunId run) {
    Optional<Came> came =
        table
            .get(came(partition, run))
            .flatMap(Came::read)
            .filter(it -> it.role() != Generation.Role.LEADS);
    Optional<Stored> open =
        came.flatMap(it -> stored(partition, it.generation()))
            .filter(it -> !it.generation().isClosed());
    if (open.isEmpty()) {
      return true;
    }
    Stored before = open.get();
    return table
        .transaction()
        .delete(
            new Key(partition, inside(before.generation().number()) + came.get().activity()),
            Condition.THERE)
        .put(
            head(partition, before.become(before.generation().withOneFewer())),
            Condition.revision(before.revision()))
        .commit()
        // It had left already.
        .map(refusal -> refusal.failed(0))
        .orElse(true);
  }

  /** The latest generation, even one whose time is over: the next one is counted from it. */
  private Optional<Stored> last(String partition) {
    return table.greatest(Range.prefix(partition, HEAD)).map(DynamoBatches::read);
  }

  private Optional<Stored> stored(String partition, int generation) {
    return table.get(head(partition, generation)).map(DynamoBatches::read);
  }

  private static Stored read(Item item) {
    int number = Integer.parseInt(item.text(Item.SK).substring(HEAD.length()));
    return new Stored(
        GenerationDocument.read(number, CompressedJson.unpackObject(item.bytes(Item.BODY))),
        item.number(Item.REVISION),
        item.number(Item.TTL));
  }

  /** False when somebody else was first; writes nothing when nothing changed. */
  private boolean save(String partition, Stored before, Generation after) {
    return after.equals(before.generation())
        || table.putIf(
            head(partition, before.become(after)), Condition.revision(before.revision()));
  }

  private static Item head(String partition, Stored stored) {
    return Item.at(head(partition, stored.generation().number()))
        .number(Item.TTL, stored.ttl())
        .number(Item.REVISION, stored.revision() + 1)
        .bytes(Item.BODY, CompressedJson.pack(GenerationDocument.write(stored.generation())));
  }

  private Item inside(String partition, Stored in, Activity activity) {
    String id = inside(in.generation().number()) + activity.id();
    Item item = Item.at(new Key(partition, id)).number(Item.TTL, in.ttl());
    byte[] document = CompressedJson.pack(RunStateDocument.activity(activity));
    blobs.write(item, document, INSIDE, "DATA#" + id, OptionalLong.of(in.ttl()));
    return item;
  }

  private static Item came(String partition, RunId run, Came came, long ttl) {
    return Item.at(came(partition, run))
        .number(Item.TTL, ttl)
        .number(GENERATION, came.generation())
        .text(ROLE, GenerationDocument.role(came.role()))
        .text(ACTIVITY, came.activity());
  }

  private static Key head(String partition, int generation) {
    return new Key(partition, HEAD + padded(generation));
  }

  private static String inside(int generation) {
    return "ACT#" + padded(generation) + "#";
  }

  private static Key came(String partition, RunId run) {
    return new Key(partition, "RUN#" + run);
  }

  /** So that generations sort as texts. */
  private static String padded(int generation) {
    return "%010d".formatted(generation);
  }
}
