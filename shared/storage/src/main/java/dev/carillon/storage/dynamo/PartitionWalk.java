package dev.carillon.storage.dynamo;

import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lists what lies in up to sixteen partitions, one after the other, each by its sort keys: an order
 * that stays, whatever comes and goes. A page costs what it shows, and one read unit for each
 * partition without anything. A position is the number of the partition, one hexadecimal digit, and
 * the sort key in it.
 */
public final class PartitionWalk {
  private static final int MOST = 16;
  private static final int LONGEST = 1_000;

  private final DynamoTable table;
  private final List<String> partitions;
  private final String prefix;

  /**
   * @param prefix what the sort keys of what is listed begin with; empty for ids of customers
   */
  public PartitionWalk(DynamoTable table, List<String> partitions, String prefix) {
    this.table = table;
    this.partitions = partitions;
    this.prefix = prefix;
  }

  public record WalkedItem(Item item, String position) {}

  public Page<WalkedItem> page(PageRequest request) {
    boolean onward = request.before().isEmpty();
    Optional<String> from = (onward ? request.after() : request.before()).filter(this::isPosition);
    int at =
        from.map(it -> Character.digit(it.charAt(0), MOST))
            .orElse(onward ? 0 : partitions.size() - 1);
    Optional<String> sort = from.map(it -> it.substring(1));
    var page = new PageOf<WalkedItem>(request);
    while (!page.done() && at >= 0 && at < partitions.size()) {
      walk(page, request, at, sort);
      sort = Optional.empty();
      at += onward ? 1 : -1;
    }
    return page.page();
  }

  private void walk(PageOf<WalkedItem> page, PageRequest request, int at, Optional<String> from) {
    String partition = partitions.get(at);
    Range all = prefix.isEmpty() ? Range.ofIds(partition) : Range.prefix(partition, prefix);
    Range range = all.newestFirst(request.before().isPresent());
    Map<String, AttributeValue> start =
        from.map(it -> new Key(partition, it).attributes()).orElse(Map.of());
    do {
      Slice slice = table.query(range, request.size() + 1, start);
      for (Item item : slice.items()) {
        if (!page.done()) {
          String position = Integer.toHexString(at) + item.text(Item.SK);
          page.saw(position);
          page.add(new WalkedItem(item, position), position);
        }
      }
      start = slice.next();
    } while (!page.done() && !start.isEmpty());
  }

  /** Whether it can have come from here; from any other text a list begins at its beginning. */
  private boolean isPosition(String text) {
    return text.length() > 1 + prefix.length()
        && text.length() <= LONGEST
        && Character.digit(text.charAt(0), MOST) >= 0
        && text.startsWith(prefix, 1);
  }

  /** The same page of what the items stand for, as far as that is there. */
  public static <T> Page<T> read(Page<WalkedItem> page, Function<WalkedItem, Optional<T>> read) {
    return new Page<>(
        page.items().stream().flatMap(it -> read.apply(it).stream()).toList(), page.next());
  }
}
