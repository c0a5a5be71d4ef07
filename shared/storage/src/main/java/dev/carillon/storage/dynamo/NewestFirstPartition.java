package dev.carillon.storage.dynamo;

import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Lists what lies in one partition, newest first, where the sort keys are ids that sort by age. */
public final class NewestFirstPartition {
  private final DynamoTable table;

  public NewestFirstPartition(DynamoTable table) {
    this.table = table;
  }

  public <T> Page<T> page(String partition, PageRequest request, Function<Item, T> read) {
    boolean older = request.before().isEmpty();
    var page = new PageOf<T>(request);
    Range range = Range.between(partition, Range.LOWEST, Range.HIGHEST).newestFirst(older);
    Map<String, AttributeValue> start =
        (older ? request.after() : request.before())
            .map(at -> new Key(partition, at).attributes())
            .orElse(Map.of());
    do {
      Slice slice = table.query(range, request.size() + 1, start);
      for (Item item : slice.items()) {
        if (!page.done()) {
          page.saw(item.text(Item.SK));
          page.add(read.apply(item), item.text(Item.SK));
        }
      }
      start = slice.next();
    } while (!page.done() && !start.isEmpty());
    return page.page();
  }
}
