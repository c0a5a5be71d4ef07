package dev.carillon.storage.dynamo.waiting;

import dev.carillon.channel.SendSlots;
import dev.carillon.channel.SlotBook;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.OptimisticRetry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Slots in the table: a small item for each channel that has a rate, changed under its revision. A
 * read unit and a write unit for all that are taken at once.
 */
public final class DynamoSendSlots implements SendSlots {
  private static final String SECOND = "s";
  private static final String TAKEN = "n";

  /** Nobody needs to know of a second long past. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final DynamoTable table;
  private final OptimisticRetry tries = new OptimisticRetry();

  public DynamoSendSlots(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Slots take(Line line, int perSecond, int most, Instant now) {
    Key key = WaitingKeys.sendSlots(line.environment(), line.channel());
    return tries.until(
        "Slots of " + line.channel(), () -> tryToTake(key, line.group(), perSecond, most, now));
  }

  private Optional<Slots> tryToTake(Key key, String group, int perSecond, int most, Instant now) {
    Optional<Item> stored = table.get(key);
    SlotBook book = stored.map(DynamoSendSlots::read).orElse(SlotBook.EMPTY);
    SlotBook.Given given = book.give(group, perSecond, most, now);
    long revision = stored.map(it -> it.number(Item.REVISION)).orElse(0L);
    Item next = write(key, given.book()).number(Item.REVISION, revision + 1);
    boolean ours =
        table.putIf(
            next, stored.isEmpty() ? Condition.free(table.now()) : Condition.revision(revision));
    return ours ? Optional.of(given.slots()) : Optional.empty();
  }

  private static Item write(Key key, SlotBook book) {
    Json.Obj inLine = Json.object();
    for (var entry : new TreeMap<>(book.inLine()).entrySet()) {
      inLine = inLine.with(entry.getKey(), Json.of(entry.getValue()));
    }
    return Item.at(key)
        .number(SECOND, book.common().second())
        .number(TAKEN, book.common().taken())
        .bytes(
            Item.BODY,
            CompressedJson.pack(
                new DocumentFields()
                    .put("s", book.apart().second())
                    .put("n", book.apart().taken())
                    .put("a", inLine)
                    .put("l", book.latest())
                    .put("u", book.sharedUntil())
                    .json()))
        .number(
            Item.TTL,
            Instant.ofEpochSecond(book.common().second()).plus(REMEMBERED).getEpochSecond());
  }

  /** One that was stored before tenants had a share of their own has no more than a place. */
  private static SlotBook read(Item item) {
    var common = new SlotBook.Place(item.number(SECOND), (int) item.number(TAKEN));
    if (!item.has(Item.BODY)) {
      return new SlotBook(common, common, Map.of(), "", 0);
    }
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    var inLine = new HashMap<String, Long>();
    Json.Obj seconds = document.object("a");
    seconds.fields().keySet().forEach(it -> inLine.put(it, DocumentFields.number(seconds, it)));
    return new SlotBook(
        common,
        new SlotBook.Place(
            DocumentFields.number(document, "s"), (int) DocumentFields.number(document, "n")),
        inLine,
        DocumentFields.text(document, "l"),
        DocumentFields.number(document, "u"));
  }
}
