package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What is filed by the hour of its id and sixteen shards. Which hours hold anything is noted once
 * by each instance, before the first item of an hour, so that a list need not walk hours of
 * silence.
 */
public final class HourIndex {
  private static final int SHARDS = 16;
  private static final int REMEMBERED = 10_000;

  private final DynamoTable table;
  private final String kind;
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

  /**
   * @param kind RUN, MSG, TRG or that of an endpoint
   */
  public HourIndex(DynamoTable table, String kind) {
    this.table = table;
    this.kind = kind;
  }

  /** To be called before an item of that instant's hour is stored. */
  public void note(EnvironmentId environment, Instant instant) {
    var key = new Key(Keys.hours(environment), kind + "#" + Keys.hour(instant));
    String name = key.partition() + key.sort();
    if (noted.contains(name)) {
      return;
    }
    table.put(Item.at(key));
    if (noted.size() >= REMEMBERED) {
      noted.clear();
    }
    noted.add(name);
  }

  /**
   * The items of the hours from {@code start} to {@code end}, newest first by their sort keys.
   *
   * @param time when the id at a position was made; empty for what is no id
   * @param read the item, or empty when it is not wanted
   */
  public <T> Page<T> newestFirst(
      EnvironmentId environment,
      Instant start,
      Instant end,
      PageRequest request,
      Function<String, Optional<Instant>> time,
      Function<Item, Optional<T>> read) {
    boolean descending = request.before().isEmpty();
    String from = hour(request.before().flatMap(time), start);
    String to = hour(request.after().flatMap(time), end);
    var page = new PageOf<T>(request);
    Iterator<String> hours = hours(environment, from, to, descending);
    while (!page.done() && hours.hasNext()) {
      String hour = hours.next();
      var merge =
          new MergedRanges(table, shards(environment, hour, request), HourIndex::sort, descending);
      Optional<MergedRanges.Entry> next = Optional.empty();
      while (!page.done() && (next = merge.next()).isPresent()) {
        MergedRanges.Entry entry = next.get();
        if (Positions.beyond(request, entry.position())) {
          page.saw(entry.position());
          read.apply(entry.item()).ifPresent(item -> page.add(item, entry.position()));
        }
      }
    }
    return page.page();
  }

  private static String sort(Item item) {
    return item.text(Item.SK);
  }

  private String hour(Optional<Instant> position, Instant otherwise) {
    return kind + "#" + Keys.hour(position.orElse(otherwise));
  }

  private Iterator<String> hours(
      EnvironmentId environment, String from, String to, boolean descending) {
    var range = Range.between(Keys.hours(environment), from, to);
    var merge = new MergedRanges(table, List.of(range), HourIndex::sort, descending);
    return new Iterator<>() {
      private Optional<MergedRanges.Entry> next = merge.next();

      @Override
      public boolean hasNext() {
        return next.isPresent();
      }

      @Override
      public String next() {
        String sort = next.orElseThrow().position();
        next = merge.next();
        return sort.substring(kind.length() + 1);
      }
    };
  }

  private List<Range> shards(EnvironmentId environment, String hour, PageRequest request) {
    String low = Positions.low(request, Range.LOWEST);
    String high = Positions.high(request, Range.HIGHEST);
    return IntStream.range(0, SHARDS)
        .mapToObj(shard -> Range.between(Keys.shard(environment, kind, hour, shard), low, high))
        .toList();
  }
}
