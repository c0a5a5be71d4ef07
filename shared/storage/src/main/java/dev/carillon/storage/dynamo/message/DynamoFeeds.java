package dev.carillon.storage.dynamo.message;

import dev.carillon.feed.FeedCounts;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.Feeds;
import dev.carillon.feed.ItemState;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Indexes;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.MergedRanges;
import dev.carillon.storage.dynamo.PageOf;
import dev.carillon.storage.dynamo.Positions;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Feeds by the index "feed". Each state of an item is a range of it; a page merges the ranges of
 * the states that are wanted, a count adds them up. Filters on an item's content are applied here,
 * on what the index projects: nothing a customer wrote becomes part of an expression.
 */
public final class DynamoFeeds implements Feeds {
  private static final int STATE = 4;

  private final DynamoTable table;

  public DynamoFeeds(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Page<Entry> page(FeedQuery query, PageRequest request) {
    boolean descending = request.before().isEmpty();
    var page = new PageOf<Entry>(request);
    var merge = new MergedRanges(table, ranges(query, request), DynamoFeeds::position, descending);
    Optional<MergedRanges.Entry> next = Optional.empty();
    while (!page.done() && (next = merge.next()).isPresent()) {
      String position = next.get().position();
      if (Positions.beyond(request, position)) {
        page.saw(position);
        if (wanted(query, next.get().item())) {
          var id = new MessageId(next.get().item().text(Indexes.MESSAGE));
          page.add(new Entry(id, position), position);
        }
      }
    }
    return page.page();
  }

  @Override
  public int count(FeedQuery query) {
    List<Range> ranges = ranges(query, PageRequest.first(1));
    return filters(query) ? countWanted(query, ranges, MAX_COUNT) : countAll(ranges, MAX_COUNT);
  }

  /** Reads each state once for all that count it, and no farther than one of these still can. */
  @Override
  public FeedCounts counts(FeedQuery query) {
    var counts = FeedCounts.NONE;
    for (ItemState state : ItemState.ALL) {
      int room = counts.room(query, state);
      if (room > 0) {
        var range = List.of(range(query, PageRequest.first(1), state));
        int items = filters(query) ? countWanted(query, range, room) : countAll(range, room);
        counts = counts.plus(items, query, state);
      }
    }
    return counts;
  }

  private int countAll(List<Range> ranges, int enough) {
    int count = 0;
    for (Range range : ranges) {
      if (count < enough && !range.isEmpty()) {
        count += table.count(range, enough - count);
      }
    }
    return Math.min(enough, count);
  }

  private int countWanted(FeedQuery query, List<Range> ranges, int enough) {
    var merge = new MergedRanges(table, ranges, DynamoFeeds::position, true);
    int count = 0;
    Optional<MergedRanges.Entry> next = Optional.empty();
    while (count < enough && (next = merge.next()).isPresent()) {
      if (wanted(query, next.get().item())) {
        count++;
      }
    }
    return count;
  }

  /** Whether an item of the right state and time may still not be wanted. */
  private static boolean filters(FeedQuery query) {
    boolean everyTenant = query.tenancy() instanceof FeedQuery.Tenancy.Everything;
    return !everyTenant
        || query.source().isPresent()
        || !query.category().isEmpty()
        || !query.data().isEmpty()
        || finerThanTheIndex(query.insertedAt().start().getNano())
        || finerThanTheIndex(query.insertedAt().end().getNano());
  }

  private static boolean finerThanTheIndex(int nanos) {
    return nanos % 1_000_000 != 0;
  }

  private static boolean wanted(FeedQuery query, Item item) {
    Optional<TenantId> tenant = item.findText(Indexes.TENANT).map(TenantId::new);
    List<String> categories =
        item.findBytes(Indexes.CATEGORIES).map(CompressedJson::unpack).stream()
            .flatMap(json -> json instanceof Json.Arr(var items) ? items.stream() : Stream.of())
            .map(DocumentFields::text)
            .toList();
    Json.Obj data =
        item.findBytes(Indexes.DATA).map(CompressedJson::unpackObject).orElse(Json.Obj.EMPTY);
    var workflow = new WorkflowKey(item.text(Indexes.WORKFLOW));
    return query.wants(tenant, workflow, categories, data)
        && query
            .insertedAt()
            .contains(DocumentFields.time(CompressedJson.unpack(item.bytes(Indexes.AT))));
  }

  private static List<Range> ranges(FeedQuery query, PageRequest request) {
    return FeedState.wanted(query).stream().map(state -> range(query, request, state)).toList();
  }

  private static Range range(FeedQuery query, PageRequest request, ItemState state) {
    String partition = MessageKeys.feed(query.environment(), query.userId(), query.channel());
    String low = Positions.low(request, FeedState.time(query.insertedAt().start()));
    String high = Positions.high(request, last(query));
    String letters = FeedState.letters(state);
    return Range.inIndex(Indexes.FEED, partition, letters + "#" + low, letters + "#" + high);
  }

  /** Behind every position before the end of the wanted time, which is not wanted itself. */
  private static String last(FeedQuery query) {
    return FeedState.time(query.insertedAt().end().minusNanos(1)) + "$";
  }

  private static String position(Item item) {
    return item.text(Indexes.FEED_SORT).substring(STATE);
  }
}
