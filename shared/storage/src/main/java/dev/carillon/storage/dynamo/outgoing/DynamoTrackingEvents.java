package dev.carillon.storage.dynamo.outgoing;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.message.MessageId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEventDocument;
import dev.carillon.tracking.TrackingEvents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clicks and opens in the table: one item each, by message and time, gone with the mail. */
public final class DynamoTrackingEvents implements TrackingEvents {
  private final DynamoTable table;
  private final Retention retention;

  public DynamoTrackingEvents(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
  }

  @Override
  public void put(TrackingEvent event) {
    table.put(
        Item.at(OutgoingKeys.trackingEvent(event))
            .number(Item.TTL, retention.end(event.subject().message().time()).getEpochSecond())
            .bytes(Item.BODY, CompressedJson.pack(TrackingEventDocument.write(event))));
  }

  @Override
  public List<TrackingEvent> ofMessage(EnvironmentId environment, MessageId message) {
    Range all =
        Range.prefix(OutgoingKeys.trackingEvents(environment, message), OutgoingKeys.TRACKED)
            .newestFirst(true);
    return table.query(all, MOST, Map.of()).items().stream()
        .map(item -> TrackingEventDocument.read(CompressedJson.unpackObject(item.bytes(Item.BODY))))
        .toList();
  }

  @Override
  public Optional<TrackingEvent> find(
      EnvironmentId environment, MessageId message, Instant at, String id) {
    return table
        .get(OutgoingKeys.trackingEvent(environment, message, at, id))
        .map(
            item -> TrackingEventDocument.read(CompressedJson.unpackObject(item.bytes(Item.BODY))));
  }

  @Override
  public void deleteOf(EnvironmentId environment, MessageId message) {
    table
        .all(Range.prefix(OutgoingKeys.trackingEvents(environment, message), OutgoingKeys.TRACKED))
        .forEach(item -> table.deleteIf(item.key(), Condition.THERE));
  }
}
