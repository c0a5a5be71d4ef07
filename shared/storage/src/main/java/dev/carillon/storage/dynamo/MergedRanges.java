package dev.carillon.storage.dynamo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Several ranges read as one, in the order of a position that each of them is sorted by. */
public final class MergedRanges {

  /** An item and what it is sorted by. */
  public record Entry(String position, Item item) {}

  private static final int FIRST_LIMIT = 8;
  private static final int LAST_LIMIT = 250;

  private final DynamoTable table;
  private final Function<Item, String> position;
  private final Comparator<Entry> order;
  private final List<Source> sources = new ArrayList<>();

  /**
   * @param ranges all ascending or all descending
   */
  public MergedRanges(
      DynamoTable table, List<Range> ranges, Function<Item, String> position, boolean descending) {
    this.table = table;
    this.position = position;
    Comparator<Entry> ascending = Comparator.comparing(Entry::position);
    this.order = descending ? ascending.reversed() : ascending;
    ranges.stream()
        .filter(range -> !range.isEmpty())
        .forEach(range -> sources.add(new Source(range.newestFirst(descending))));
    fillAll();
  }

  /** The next of all; empty at the end. */
  public Optional<Entry> next() {
    Source best = null;
    for (Source source : sources) {
      source.fill();
      if (!source.buffer.isEmpty()
          && (best == null || order.compare(source.buffer.peek(), best.buffer.peek()) < 0)) {
        best = source;
      }
    }
    return best == null ? Optional.empty() : Optional.of(best.buffer.remove());
  }

  /** The first pages at once: one after the other they would take as long as there are ranges. */
  private void fillAll() {
    if (sources.size() < 2) {
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> fills = new ArrayList<>();
      sources.forEach(source -> fills.add(threads.submit(source::fill)));
      for (Future<?> fill : fills) {
        fill.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("Reading a part of a list failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading a list", e);
    }
  }

  private final class Source {
    private final Range range;
    private final Deque<Entry> buffer = new ArrayDeque<>();
    private Map<String, AttributeValue> from = Map.of();
    private boolean more = true;
    private int limit = FIRST_LIMIT;

    Source(Range range) {
      this.range = range;
    }

    void fill() {
      while (buffer.isEmpty() && more) {
        Slice slice = table.query(range, limit, from);
        slice.items().forEach(item -> buffer.add(new Entry(position.apply(item), item)));
        from = slice.next();
        more = !from.isEmpty();
        limit = Math.min(LAST_LIMIT, limit * 2);
      }
    }
  }
}
