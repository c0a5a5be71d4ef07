package dev.carillon.storage.dynamo.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.HourIndex;
import dev.carillon.storage.dynamo.Indexes;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.storage.dynamo.MergedRanges;
import dev.carillon.storage.dynamo.PageOf;
import dev.carillon.storage.dynamo.Positions;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Slice;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Runs in the table, one item each; what makes one large lies in chunks behind all runs of its
 * part, so that lists pass over it. The position of a run in a list is its id.
 */
public final class DynamoRuns implements Runs {
  private static final int SHARDS = 16;
  private static final int PAGE = 100;
  private static final int UUID_LENGTH = 36;

  /** A list reads runs to look at them: at most this of each. An item could have 400 KB. */
  private static final int INSIDE = 50_000;

  private final DynamoTable table;
  private final Retention retention;
  private final HourIndex hours;
  private final ChunkedDocuments blobs;

  public DynamoRuns(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
    this.hours = new HourIndex(table, "RUN");
    this.blobs = new ChunkedDocuments(table);
  }

  @Override
  public Optional<Run> find(EnvironmentId environment, RunId id) {
    return table.get(RunKeys.run(environment, id)).map(item -> read(environment, item));
  }

  @Override
  public boolean glimpsed(EnvironmentId environment, RunId id) {
    return table.glimpse(RunKeys.run(environment, id)).isPresent();
  }

  @Override
  public boolean save(Run run) {
    Item item =
        Item.at(RunKeys.run(run.environment(), run.id()))
            .number(Item.REVISION, run.revision() + 1)
            .number(Item.TTL, retention.end(lastMove(run)).getEpochSecond())
            .text(Indexes.RUNS_PARTITION, RunKeys.runsOf(run.environment(), run.recipient()))
            .text(Indexes.RUNS_SORT, run.id().toString());
    if (run.revision() == 0) {
      hours.note(run.environment(), run.id().time());
    }
    byte[] whole = CompressedJson.pack(RunDocument.write(run));
    if (whole.length <= INSIDE) {
      item.bytes(Item.BODY, whole);
    } else {
      blobs.write(
          item,
          CompressedJson.pack(RunDocument.details(run)),
          0,
          RunKeys.details(run.environment(), run.id()),
          OptionalLong.of(item.number(Item.TTL)));
      item.bytes(Item.BODY, CompressedJson.pack(RunDocument.outline(run)));
    }
    return table.putIf(item, Condition.revision(run.revision()));
  }

  /** A run that waits has its life before it. */
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

  @Override
  public Page<Run> newestFirst(
      EnvironmentId environment, TimeRange range, Predicate<Run> wanted, PageRequest page) {
    return hours.newestFirst(
        environment,
        range.start(),
        range.end(),
        page,
        DynamoRuns::time,
        item -> wanted(environment, item, range, wanted));
  }

  @Override
  public Page<Run> newestFirst(
      EnvironmentId environment,
      RecipientId recipient,
      TimeRange range,
      Predicate<Run> wanted,
      PageRequest request) {
    boolean descending = request.before().isEmpty();
    var index =
        Range.inIndex(
            Indexes.RUNS,
            RunKeys.runsOf(environment, recipient),
            Positions.low(request, Range.LOWEST),
            Positions.high(request, Range.HIGHEST));
    var merge =
        new MergedRanges(table, List.of(index), item -> item.text(Indexes.RUNS_SORT), descending);
    var page = new PageOf<Run>(request);
    while (!page.done()) {
      List<MergedRanges.Entry> entries = next(merge, request.size() + 1);
      if (entries.isEmpty()) {
        break;
      }
      Map<Key, Item> items =
          table.getAll(entries.stream().map(entry -> entry.item().key()).toList(), false);
      for (MergedRanges.Entry entry : entries) {
        if (!page.done() && Positions.beyond(request, entry.position())) {
          page.saw(entry.position());
          Optional.ofNullable(items.get(entry.item().key()))
              .flatMap(item -> wanted(environment, item, range, wanted))
              .ifPresent(run -> page.add(run, entry.position()));
        }
      }
    }
    return page.page();
  }

  private static List<MergedRanges.Entry> next(MergedRanges merge, int count) {
    var entries = new ArrayList<MergedRanges.Entry>();
    Optional<MergedRanges.Entry> next = Optional.empty();
    while (entries.size() < count && (next = merge.next()).isPresent()) {
      entries.add(next.get());
    }
    return entries;
  }

  @Override
  public Page<Run> ofTrigger(
      EnvironmentId environment, TriggerId trigger, Optional<String> cursor) {
    int shard = cursor.map(at -> Integer.parseInt(at.substring(0, 1), 16)).orElse(0);
    String prefix = RunId.prefix(trigger);
    String hour = Keys.hour(trigger.time());
    String after = cursor.map(at -> at.substring(1)).orElse("");
    var items = new ArrayList<Item>();
    while (items.size() < PAGE && shard < SHARDS) {
      String partition = Keys.shard(environment, "RUN", hour, shard);
      Slice slice = table.query(Range.prefix(partition, prefix), PAGE, from(partition, after));
      items.addAll(slice.items());
      if (slice.next().isEmpty()) {
        shard++;
        after = "";
      } else {
        after = slice.next().get(Item.SK).s();
      }
    }
    // Another trigger of the same millisecond may share the prefix: 18 bits tell them apart.
    return new Page<>(
        items.stream()
            .map(item -> read(environment, item))
            .filter(run -> run.trigger().equals(trigger))
            .toList(),
        shard < SHARDS ? Optional.of(Integer.toHexString(shard) + after) : Optional.empty());
  }

  private static Map<String, AttributeValue> from(String partition, String after) {
    return after.isEmpty() ? Map.of() : new Key(partition, after).attributes();
  }

  /** When the run at a position was triggered; empty for what is no run's id. */
  private static Optional<Instant> time(String position) {
    if (position.length() != UUID_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RunId(UUID.fromString(position)).time());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<Run> wanted(
      EnvironmentId environment, Item item, TimeRange range, Predicate<Run> wanted) {
    if (!range.contains(RunId.parse(item.text(Item.SK)).time())) {
      return Optional.empty();
    }
    Json.Obj inside = CompressedJson.unpackObject(item.bytes(Item.BODY));
    Run run = read(environment, item, inside);
    return wanted.test(run.outline())
        ? Optional.of(item.has(Item.CHUNKS) ? read(environment, item) : run)
        : Optional.empty();
  }

  private Run read(EnvironmentId environment, Item item) {
    Json.Obj inside = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return read(
        environment,
        item,
        item.has(Item.CHUNKS)
            ? inside.merged(CompressedJson.unpackObject(blobs.read(item)))
            : inside);
  }

  private static Run read(EnvironmentId environment, Item item, Json.Obj document) {
    return RunDocument.read(
        environment, RunId.parse(item.text(Item.SK)), item.number(Item.REVISION), document);
  }
}
