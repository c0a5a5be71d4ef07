package dev.carillon.storage.dynamo.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Slice;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Rosters in the table, in the partition of their trigger: one item for each page. */
public final class DynamoFanoutPages implements FanoutPages {
  private static final int INSIDE = 300_000;

  /** Noted pages in one page of the list. */
  private static final int PAGES = 10;

  /** A roster is written while the trigger's runs are still to wait, for a year at most. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(366);

  /** What only the fan-out reads; a queue holds its tasks for 14 days, put aside 14 more. */
  private static final Duration FAN_OUT = Duration.ofDays(60);

  private static final String ROSTER = "ROSTER#";
  private static final String PART = "PART#";
  private static final String HANDED_OVER = "SENT#";
  private static final String ENDED = "END#";
  private static final String NESTED = "nested";

  private final DynamoTable table;
  private final Retention retention;
  private final ChunkedDocuments blobs;

  public DynamoFanoutPages(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
    this.blobs = new ChunkedDocuments(table);
  }

  @Override
  public List<Reached> claim(EnvironmentId environment, TriggerId trigger, List<Reached> reached) {
    return reached.stream().map(one -> claim(environment, trigger, one)).toList();
  }

  private Reached claim(EnvironmentId environment, TriggerId trigger, Reached reached) {
    Key key = RunKeys.claim(environment, trigger, reached.recipient());
    Item item =
        Item.at(key)
            .number(Item.TTL, trigger.time().plus(FAN_OUT).getEpochSecond())
            .bytes(Item.BODY, CompressedJson.pack(DocumentFields.recipient(reached.via())));
    if (table.putIf(item, Condition.NEW)) {
      return reached;
    }
    return table
        .get(key)
        .map(first -> DocumentFields.recipient(CompressedJson.unpack(first.bytes(Item.BODY))))
        .map(via -> new Reached(reached.recipient(), via))
        .orElse(reached);
  }

  @Override
  public Enrolled enroll(
      EnvironmentId environment, TriggerId trigger, String name, NotedPage page) {
    Key key = key(environment, trigger, ROSTER + name);
    long ttl = retention.end(trigger.time().plus(LONGEST_WAIT)).getEpochSecond();
    Item item = Item.at(key).number(Item.TTL, ttl);
    var chunks = new Key(key.partition(), PART + name);
    blobs.write(item, CompressedJson.pack(write(page)), INSIDE, chunks, OptionalLong.of(ttl));
    if (table.putIf(item, Condition.NEW)) {
      return new Enrolled(page, false);
    }
    Key handedOver = key(environment, trigger, HANDED_OVER + name);
    Map<Key, Item> found = table.getAll(List.of(key, handedOver), true);
    return new Enrolled(
        Optional.ofNullable(found.get(key)).map(this::read).orElse(page),
        found.containsKey(handedOver));
  }

  @Override
  public Optional<NotedPage> enrolled(EnvironmentId environment, TriggerId trigger, String name) {
    return table.get(key(environment, trigger, ROSTER + name)).map(this::read);
  }

  @Override
  public void markHandedOver(EnvironmentId environment, TriggerId trigger, String name) {
    table.put(
        Item.at(key(environment, trigger, HANDED_OVER + name))
            .number(Item.TTL, trigger.time().plus(FAN_OUT).getEpochSecond()));
  }

  /** That it is nested is written over what says it is not, and never the other way. */
  @Override
  public Optional<Boolean> endPiece(
      EnvironmentId environment,
      TriggerId trigger,
      String name,
      int piece,
      int of,
      boolean nested) {
    String all = ENDED + name + "/";
    Item item =
        Item.at(key(environment, trigger, all + "%02d".formatted(piece)))
            .number(Item.TTL, trigger.time().plus(FAN_OUT).getEpochSecond());
    if (nested) {
      table.put(item.number(NESTED, 1));
    } else {
      table.putIf(item, Condition.NEW);
    }
    List<Item> ended =
        table.query(Range.prefix(RunKeys.trigger(environment, trigger), all), of, Map.of()).items();
    return ended.size() < of
        ? Optional.empty()
        : Optional.of(ended.stream().anyMatch(it -> it.has(NESTED)));
  }

  @Override
  public Page<Reached> roster(
      EnvironmentId environment, TriggerId trigger, Optional<String> cursor) {
    String partition = RunKeys.trigger(environment, trigger);
    Slice slice =
        table.query(
            Range.prefix(partition, ROSTER),
            PAGES,
            cursor.map(at -> new Key(partition, ROSTER + at).attributes()).orElse(Map.of()));
    return new Page<>(
        slice.items().stream().flatMap(item -> read(item).reached().stream()).toList(),
        slice.next().isEmpty()
            ? Optional.empty()
            : Optional.of(slice.next().get(Item.SK).s().substring(ROSTER.length())));
  }

  private static Key key(EnvironmentId environment, TriggerId trigger, String sort) {
    return new Key(RunKeys.trigger(environment, trigger), sort);
  }

  /** Nearly all of a page were reached through one object, which is written once. */
  private static Json.Obj write(NotedPage page) {
    Optional<RecipientId> via = page.reached().stream().findFirst().map(Reached::via);
    return new DocumentFields()
        .put("v", via, DocumentFields::recipient)
        .put("r", page.reached(), reached -> write(reached, via))
        .put("n", page.onward(), Json::of)
        .json();
  }

  private static Json write(Reached reached, Optional<RecipientId> via) {
    Json recipient = DocumentFields.recipient(reached.recipient());
    return via.equals(Optional.of(reached.via()))
        ? recipient
        : Json.object().with("r", recipient).with("v", DocumentFields.recipient(reached.via()));
  }

  private NotedPage read(Item item) {
    Json.Obj document = CompressedJson.unpackObject(blobs.read(item));
    return new NotedPage(
        DocumentFields.list(document, "r", json -> reached(document, json)), onward(document));
  }

  /** A text where pages were written that go on at one place only. */
  private static List<String> onward(Json.Obj page) {
    Optional<String> one = page.text("n");
    return one.isPresent()
        ? List.of(one.get())
        : DocumentFields.list(page, "n", DocumentFields::text);
  }

  private static Reached reached(Json.Obj page, Json json) {
    return switch (json) {
      case Json.Obj other ->
          new Reached(
              DocumentFields.recipient(DocumentFields.require(other, "r")),
              DocumentFields.recipient(DocumentFields.require(other, "v")));
      case Json.Str _, Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ ->
          new Reached(
              DocumentFields.recipient(json),
              DocumentFields.recipient(DocumentFields.require(page, "v")));
    };
  }
}
