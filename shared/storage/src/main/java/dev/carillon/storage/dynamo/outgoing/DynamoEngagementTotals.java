package dev.carillon.storage.dynamo.outgoing;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.EngagementTotals;
import dev.carillon.message.Message;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Transaction;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Totals in the table. Those of one day, channel and version lie in up to {@link Keys#TOTAL_SHARDS}
 * items, so that messages which are counted at once seldom meet in one.
 */
public final class DynamoEngagementTotals implements EngagementTotals {
  private final DynamoTable table;

  public DynamoEngagementTotals(DynamoTable table) {
    this.table = table;
  }

  private record Place(ChannelId channel, VersionId version, LocalDate day) {
    static Place of(Item item) {
      String[] parts = item.text(Item.SK).split("#");
      return new Place(
          new ChannelId(UUID.fromString(parts[1])),
          VersionId.parse(parts[2]),
          LocalDate.parse(parts[0]));
    }
  }

  /** Adds to the transaction that stores the message what the change adds to its totals. */
  public static Transaction add(Transaction transaction, Message message, EngagementCounts counts) {
    var values = new LinkedHashMap<String, AttributeValue>();
    values.put(":v", AttributeValue.fromN("1"));
    values.put(":s", number(counts.sent()));
    values.put(":o", number(counts.opened()));
    values.put(":c", number(counts.clicked()));
    values.put(":os", number(counts.opens()));
    values.put(":cs", number(counts.clicks()));
    values.put(":mo", number(counts.machineOpens()));
    values.put(":mc", number(counts.machineClicks()));
    return transaction.update(
        OutgoingKeys.total(message),
        "SET v = :v ADD es :s, eo :o, ec :c, eos :os, ecs :cs, emo :mo, emc :mc",
        values);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  @Override
  public List<Total> of(
      EnvironmentId environment, WorkflowKey workflow, LocalDate from, LocalDate to) {
    if (from.plusDays(MOST_DAYS).compareTo(to) <= 0) {
      throw new IllegalArgumentException("More than " + MOST_DAYS + " days");
    }
    Map<Place, EngagementCounts> sums =
        table
            .all(
                Range.between(
                    OutgoingKeys.totals(environment, workflow),
                    from + "#",
                    to + "#" + Range.HIGHEST))
            .stream()
            .collect(
                Collectors.toMap(
                    Place::of, DynamoEngagementTotals::counts, EngagementCounts::plus));
    return sums.entrySet().stream()
        .map(
            it ->
                new Total(
                    it.getKey().channel(), it.getKey().version(), it.getKey().day(), it.getValue()))
        .sorted(
            Comparator.comparing(Total::day)
                .thenComparing(total -> total.channel().toString())
                .thenComparing(total -> total.version().toString()))
        .toList();
  }

  private static EngagementCounts counts(Item item) {
    return new EngagementCounts(
        item.number("es"),
        item.number("eo"),
        item.number("ec"),
        item.number("eos"),
        item.number("ecs"),
        item.number("emo"),
        item.number("emc"));
  }
}
