package dev.carillon.storage.dynamo.broadcast;

import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.BroadcastProgress;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.NewestFirstPartition;
import dev.carillon.storage.dynamo.Range;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Broadcasts in the table: an item each, written on condition of its revision, a link by which it
 * is listed, and a small item for each part of a sending. The link is written first; one that leads
 * to nothing, or to a broadcast that was made at another time, is left out of lists.
 */
public final class DynamoBroadcasts implements Broadcasts {
  private static final int INSIDE = 300_000;

  private static final String PAGES = "pg";
  private static final String MEMBERS = "mb";
  private static final String CURSOR = "cu";
  private static final String AT = "at";
  private static final String PART = "pt";

  private final DynamoTable table;
  private final ChunkedDocuments documents;

  public DynamoBroadcasts(DynamoTable table) {
    this.table = table;
    this.documents = new ChunkedDocuments(table);
  }

  @Override
  public Optional<Broadcast> find(EnvironmentId environment, String key) {
    return table
        .get(BroadcastKeys.head(environment, key))
        .map(
            item ->
                BroadcastDocument.read(
                    environment,
                    key,
                    item.number(Item.REVISION),
                    CompressedJson.unpackObject(documents.read(item))));
  }

  @Override
  public Page<Broadcast> newestFirst(EnvironmentId environment, PageRequest request) {
    Page<Item> links =
        new NewestFirstPartition(table)
            .page(BroadcastKeys.links(environment), request, item -> item);
    return new Page<>(
        links.items().stream()
            .flatMap(
                link ->
                    find(environment, link.text(Item.NAME))
                        .filter(it -> it.position().equals(link.text(Item.SK)))
                        .stream())
            .toList(),
        links.next());
  }

  @Override
  public boolean save(Broadcast broadcast) {
    if (broadcast.revision() == 0) {
      table.put(Item.at(BroadcastKeys.link(broadcast)).text(Item.NAME, broadcast.key()));
    }
    Item head =
        Item.at(BroadcastKeys.head(broadcast.environment(), broadcast.key()))
            .number(Item.REVISION, broadcast.revision() + 1);
    documents.write(
        head,
        CompressedJson.pack(BroadcastDocument.write(broadcast)),
        INSIDE,
        BroadcastKeys.CHUNK,
        OptionalLong.empty());
    return table.putIf(head, Condition.revision(broadcast.revision()));
  }

  @Override
  public List<BroadcastProgress> progress(EnvironmentId environment, String key, int sending) {
    return table
        .all(Range.prefix(BroadcastKeys.partition(environment, key), BroadcastKeys.parts(sending)))
        .stream()
        .map(DynamoBroadcasts::read)
        .toList();
  }

  @Override
  public boolean note(
      EnvironmentId environment, String key, int sending, BroadcastProgress progress) {
    Item item =
        Item.at(BroadcastKeys.part(environment, key, sending, progress.part()))
            .number(PART, progress.part())
            .number(PAGES, progress.pages())
            .number(MEMBERS, progress.members())
            .text(AT, progress.at().toString());
    progress.cursor().ifPresent(cursor -> item.text(CURSOR, cursor));
    return table.putIf(
        item,
        new Condition(
            "attribute_not_exists(#p) OR #p < :p",
            Map.of("#p", PAGES),
            Map.of(":p", AttributeValue.fromN(Integer.toString(progress.pages())))));
  }

  private static BroadcastProgress read(Item item) {
    return new BroadcastProgress(
        (int) item.number(PART),
        (int) item.number(PAGES),
        item.has(CURSOR) ? Optional.of(item.text(CURSOR)) : Optional.empty(),
        item.number(MEMBERS),
        Instant.parse(item.text(AT)));
  }
}
