package dev.carillon.memory;

import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The queues in memory, as one queue of which a reader takes what concerns it. A task that was
 * received is nobody else's until it is acknowledged, which removes it, or given back.
 */
public final class InMemoryTasks implements Tasks {

  /**
   * A task in somebody's hands.
   *
   * @param receipt names the entry of the queue; the same task sent twice is two entries
   * @param receives how often it was received, this time included
   */
  public record Received(Task task, long receipt, int receives) {}

  private record Entry(Task task, long receipt, Instant visibleAt, int receives, boolean held) {
    Entry taken() {
      return new Entry(task, receipt, visibleAt, receives + 1, true);
    }

    boolean visible(Instant now) {
      return !held && !visibleAt.isAfter(now);
    }

    Entry back(Instant at) {
      return new Entry(task, receipt, at, receives, false);
    }
  }

  private final InstantSource clock;
  private final Map<Long, Entry> entries = new LinkedHashMap<>();
  private final List<Sending> sent = new ArrayList<>();
  private long receipts;

  public InMemoryTasks(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void send(List<Sending> tasks) {
    for (Sending sending : tasks) {
      sent.add(sending);
      long receipt = ++receipts;
      entries.put(
          receipt,
          new Entry(
              sending.task(), receipt, clock.instant().plus(held(sending.delay())), 0, false));
    }
  }

  /** Whole seconds, rounded up, between nothing and the most a queue can do. */
  private static Duration held(Duration delay) {
    if (delay.isNegative() || delay.isZero()) {
      return Duration.ZERO;
    }
    Duration rounded = Duration.ofSeconds(delay.plusNanos(999_999_999).toSeconds());
    return rounded.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : rounded;
  }

  /**
   * Takes at most {@code max} of what may be received now, that which became visible first first.
   */
  public synchronized List<Received> receive(Predicate<Task> wanted, int max) {
    Instant now = clock.instant();
    var due = new ArrayList<Entry>();
    for (Entry entry : entries.values()) {
      if (entry.visible(now) && wanted.test(entry.task())) {
        due.add(entry);
      }
    }
    // Entries are in the order of their receipts, and sorting keeps it among equals.
    due.sort(Comparator.comparing(Entry::visibleAt));
    return due.stream().limit(max).map(this::taken).toList();
  }

  private Received taken(Entry entry) {
    Entry taken = entry.taken();
    entries.put(taken.receipt(), taken);
    return new Received(taken.task(), taken.receipt(), taken.receives());
  }

  /** How many tasks may be received now. */
  public synchronized int visible() {
    Instant now = clock.instant();
    int visible = 0;
    for (Entry entry : entries.values()) {
      if (entry.visible(now)) {
        visible++;
      }
    }
    return visible;
  }

  /**
   * Takes one of what may be received now, in the order it was sent, as queues do that keep none.
   *
   * @param which from 0, less than {@link #visible}
   */
  public synchronized Received receiveAt(int which) {
    Instant now = clock.instant();
    int before = 0;
    for (Entry entry : entries.values()) {
      if (entry.visible(now) && before++ == which) {
        return taken(entry);
      }
    }
    throw new NoSuchElementException("Only " + before + " may be received now");
  }

  /** Takes the next task of any kind; empty when none may be received now. */
  public synchronized Optional<Received> receive() {
    return receive(_ -> true, 1).stream().findFirst();
  }

  /** The task is done; safe to repeat. */
  public synchronized void acknowledge(Received received) {
    entries.remove(received.receipt());
  }

  /**
   * The task is not done and may be received again after {@code wait}; does nothing when it was
   * acknowledged.
   */
  public synchronized void giveBack(Received received, Duration wait) {
    entries.computeIfPresent(
        received.receipt(), (_, entry) -> entry.back(clock.instant().plus(wait)));
  }

  public synchronized void giveBack(Received received) {
    giveBack(received, Duration.ZERO);
  }

  /** When the next task that nobody holds may be received; empty when there is none. */
  public synchronized Optional<Instant> next() {
    return entries.values().stream()
        .filter(entry -> !entry.held())
        .map(Entry::visibleAt)
        .min(Comparator.naturalOrder());
  }

  /** What is in the queue, held or not, in the order it was sent. */
  public synchronized List<Task> queued() {
    return entries.values().stream().map(Entry::task).toList();
  }

  /** All that was ever sent, in order, as it was asked for. */
  public synchronized List<Sending> sent() {
    return List.copyOf(sent);
  }
}
