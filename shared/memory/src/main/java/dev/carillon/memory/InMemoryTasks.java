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
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
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

  /** Those that nobody holds, that which becomes visible first first. */
  private final NavigableSet<Entry> waiting =
      new TreeSet<>(Comparator.comparing(Entry::visibleAt).thenComparing(Entry::receipt));

  private final List<Sending> sent = new ArrayList<>();
  private long receipts;

  public InMemoryTasks(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void send(List<Sending> tasks) {
    for (Sending sending : tasks) {
      sent.add(sending);
      Instant visibleAt = clock.instant().plus(held(sending.delay()));
      put(new Entry(sending.task(), ++receipts, visibleAt, 0, false));
    }
  }

  private void put(Entry entry) {
    forget(entries.put(entry.receipt(), entry));
    if (!entry.held()) {
      waiting.add(entry);
    }
  }

  private void forget(Entry entry) {
    if (entry != null && !entry.held()) {
      waiting.remove(entry);
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
    for (Entry entry : waiting) {
      if (due.size() == max || !entry.visible(now)) {
        break;
      }
      if (wanted.test(entry.task())) {
        due.add(entry);
      }
    }
    return due.stream().map(this::taken).toList();
  }

  private Received taken(Entry entry) {
    Entry taken = entry.taken();
    put(taken);
    return new Received(taken.task(), taken.receipt(), taken.receives());
  }

  /** How many tasks may be received now. */
  public synchronized int visible() {
    Instant now = clock.instant();
    int visible = 0;
    for (Entry entry : waiting) {
      if (!entry.visible(now)) {
        break;
      }
      visible++;
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
    forget(entries.remove(received.receipt()));
  }

  /**
   * The task is not done and may be received again after {@code wait}; does nothing when it was
   * acknowledged.
   */
  public synchronized void giveBack(Received received, Duration wait) {
    Entry entry = entries.get(received.receipt());
    if (entry != null) {
      put(entry.back(clock.instant().plus(wait)));
    }
  }

  public synchronized void giveBack(Received received) {
    giveBack(received, Duration.ZERO);
  }

  /** When the next task that nobody holds may be received; empty when there is none. */
  public synchronized Optional<Instant> next() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().visibleAt());
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
