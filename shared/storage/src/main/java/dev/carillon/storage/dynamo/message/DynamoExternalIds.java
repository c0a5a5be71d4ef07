package dev.carillon.storage.dynamo.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.report.EarlyReport;
import dev.carillon.report.ExternalIds;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Providers' ids in the table: a partition for each, with an item that names the message and one
 * for each early report. Adding an id is a write unit and looking for early reports one read unit
 * at most, beside what the message itself costs.
 */
public final class DynamoExternalIds implements ExternalIds {
  private static final String MESSAGE = "m";
  private static final String REASON = "r";

  private final DynamoTable table;
  private final Retention retention;

  public DynamoExternalIds(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
  }

  @Override
  public void add(Message message) {
    partition(message)
        .ifPresent(
            it ->
                table.putIf(
                    Item.at(new Key(it, MessageKeys.NAMED))
                        .text(MESSAGE, message.id().value())
                        .number(Item.TTL, retention.end(message.insertedAt()).getEpochSecond()),
                    Condition.free(table.now())));
  }

  @Override
  public Optional<MessageId> find(EnvironmentId environment, ChannelId channel, String externalId) {
    return table
        .get(new Key(MessageKeys.externalId(environment, channel, externalId), MessageKeys.NAMED))
        .map(item -> new MessageId(item.text(MESSAGE)));
  }

  @Override
  public void park(
      EnvironmentId environment, ChannelId channel, String externalId, EarlyReport report) {
    Item item =
        Item.at(
                new Key(
                    MessageKeys.externalId(environment, channel, externalId),
                    MessageKeys.EARLY + report.status().wireName()))
            .number(Item.TTL, table.now().plus(PARKED).getEpochSecond() + 1);
    report.reason().ifPresent(reason -> item.text(REASON, reason));
    table.put(item);
  }

  @Override
  public List<EarlyReport> early(Message message) {
    return partition(message)
        .map(it -> table.all(Range.prefix(it, MessageKeys.EARLY)))
        .orElse(List.of())
        .stream()
        .flatMap(item -> report(item).stream())
        .sorted(Comparator.comparing(EarlyReport::status))
        .toList();
  }

  private static Optional<EarlyReport> report(Item item) {
    return DeliveryStatus.named(item.text(Item.SK).substring(MessageKeys.EARLY.length()))
        .map(status -> new EarlyReport(status, item.findText(REASON)));
  }

  @Override
  public void forget(Message message) {
    partition(message)
        .ifPresent(
            it ->
                table
                    .all(Range.between(it, Range.LOWEST, Range.HIGHEST))
                    .forEach(
                        item -> table.deleteIf(new Key(it, item.text(Item.SK)), Condition.NONE)));
  }

  private static Optional<String> partition(Message message) {
    return message
        .externalId()
        .map(id -> MessageKeys.externalId(message.environment(), message.takenBy(), id));
  }
}
