package dev.carillon.storage.dynamo.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.PartitionWalk;
import dev.carillon.suppression.Suppression;
import dev.carillon.suppression.Suppression.Reason;
import dev.carillon.suppression.Suppressions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Suppressed addresses in the table, sixteen partitions an environment by a hash of the address.
 * Whether there is one is half a read unit: it need not be what was written a moment ago.
 */
public final class DynamoSuppressions implements Suppressions {
  private final DynamoTable table;

  public DynamoSuppressions(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<Suppression> find(EnvironmentId environment, String address) {
    String normal = Suppression.normal(address);
    if (normal.length() > Suppression.LONGEST_ADDRESS) {
      return Optional.empty();
    }
    Key key = MessageKeys.suppression(environment, normal);
    return Optional.ofNullable(table.getAll(List.of(key), false).get(key))
        .map(DynamoSuppressions::suppression);
  }

  @Override
  public void add(EnvironmentId environment, Suppression suppression) {
    if (suppression.address().length() > Suppression.LONGEST_ADDRESS) {
      return;
    }
    Json.Obj document =
        new DocumentFields()
            .put("r", suppression.reason().wireName())
            .put("c", suppression.channel().toString())
            .put("m", suppression.message().value())
            .put("d", suppression.details(), Json::of)
            .put("t", suppression.at())
            .json();
    table.putIf(
        Item.at(MessageKeys.suppression(environment, suppression.address()))
            .text(Item.NAME, suppression.address())
            .bytes(Item.BODY, CompressedJson.pack(document)),
        Condition.NEW);
  }

  @Override
  public boolean remove(EnvironmentId environment, String address) {
    String normal = Suppression.normal(address);
    return normal.length() <= Suppression.LONGEST_ADDRESS
        && table.deleteIf(MessageKeys.suppression(environment, normal), Condition.THERE);
  }

  @Override
  public Page<ListedSuppression> page(EnvironmentId environment, PageRequest page) {
    List<String> partitions =
        IntStream.range(0, MessageKeys.SUPPRESSION_SHARDS)
            .mapToObj(shard -> MessageKeys.suppressions(environment, shard))
            .toList();
    return PartitionWalk.read(
        new PartitionWalk(table, partitions, MessageKeys.SUPPRESSED).page(page),
        it -> Optional.of(new ListedSuppression(suppression(it.item()), it.position())));
  }

  private static Suppression suppression(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Suppression(
        item.text(Item.NAME),
        Reason.named(DocumentFields.text(document, "r")).orElse(Reason.BOUNCED),
        new ChannelId(UUID.fromString(DocumentFields.text(document, "c"))),
        new MessageId(DocumentFields.text(document, "m")),
        document.text("d"),
        DocumentFields.time(document, "t"));
  }
}
