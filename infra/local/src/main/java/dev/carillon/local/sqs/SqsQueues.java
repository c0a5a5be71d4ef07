package dev.carillon.local.sqs;

import dev.carillon.json.Json;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.journal.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * SQS standard queues on the stack's clock. What a method did when it returned survives {@code kill
 * -9} of a stack with a data folder, except that after a restart nothing is in flight: messages
 * being worked on are visible again, their receive counts kept. Messages do not expire. A queue
 * that does not exist is a {@link NoSuchElementException}. Safe for many threads.
 */
public final class SqsQueues implements AutoCloseable {
  private final StackClock clock;
  private final Journal journal;
  // One for each queue: who waits for one is not woken by what happens in the others.
  private final Map<String, QueueChangeSignal> changed = new ConcurrentHashMap<>();
  private final Map<String, SqsQueue> queues = new TreeMap<>();

  /** Messages of queues the template has not brought yet, or no longer has. */
  private final Map<String, Map<String, SqsMessage>> unclaimed = new LinkedHashMap<>();

  private long sequence;

  /**
   * @param file where they are remembered; empty: in memory only
   */
  public SqsQueues(StackClock clock, Optional<Path> file) {
    this.clock = clock;
    this.journal = Journal.open(file, this::replay, this::snapshot);
    clock.whenMoved(() -> changed.values().forEach(QueueChangeSignal::signal));
  }

  /** Creates the queue, or changes its settings when there is one of that name. */
  public synchronized void create(QueueAttributes settings) {
    var existing = queues.get(settings.name());
    if (existing != null) {
      existing.settings = settings;
      return;
    }
    var queue = new SqsQueue(settings);
    Optional.ofNullable(unclaimed.remove(settings.name()))
        .ifPresent(messages -> messages.values().forEach(queue::add));
    queues.put(settings.name(), queue);
  }

  /** Adds a message and returns its id. No checks: that is the wire's business. */
  public String send(String queue, String body, Duration delay, Optional<String> groupId) {
    return send(
        queue, new OutgoingMessage(body, Optional.of(delay), groupId, Map.of(), Optional.empty()));
  }

  /** As above; without a delay the queue's own holds. */
  synchronized String send(String queue, OutgoingMessage sent) {
    var target = queue(queue);
    var now = clock.instant();
    var message =
        new SqsMessage(
            UUID.randomUUID().toString(),
            sent.body(),
            now,
            now.plus(sent.delay().orElse(target.settings.delay())),
            sent.groupId(),
            sent.attributes(),
            sent.trace(),
            sequence++);
    journal.append(message.sent(queue));
    target.add(message);
    changed(queue).signal();
    return message.id;
  }

  /**
   * Up to {@code max} visible messages, oldest first, hidden from now for the queue's visibility.
   */
  public List<ReceivedMessage> receive(String queue, int max) {
    return receive(queue, max, Optional.empty());
  }

  synchronized List<ReceivedMessage> receive(String name, int max, Optional<Duration> visibility) {
    var queue = queue(name);
    var now = clock.instant();
    var received = new ArrayList<ReceivedMessage>();
    while (received.size() < max) {
      var next = queue.firstVisible(now);
      if (next.isEmpty()) {
        break;
      }
      if (!redriven(queue, next.get())) {
        received.add(hide(queue, next.get(), now, visibility));
      }
    }
    return received;
  }

  private ReceivedMessage hide(
      SqsQueue queue, SqsMessage message, Instant now, Optional<Duration> visibility) {
    journal.append(
        Json.object()
            .with("op", "receive")
            .with("queue", queue.settings.name())
            .with("id", message.id)
            .with("at", Json.of(now.toEpochMilli())));
    message.receiveCount++;
    message.firstReceivedAt = message.firstReceivedAt.or(() -> Optional.of(now));
    var until = now.plus(visibility.orElse(queue.settings.visibility()));
    queue.hide(message, until, UUID.randomUUID().toString());
    return message.received();
  }

  /** Moves the message to the dead-letter queue when one more receiving would be one too many. */
  private boolean redriven(SqsQueue queue, SqsMessage message) {
    var redrive = queue.settings.redrive();
    if (redrive.isEmpty() || message.receiveCount < redrive.get().maxReceiveCount()) {
      return false;
    }
    var deadLetters = queues.get(redrive.get().deadLetterQueue());
    if (deadLetters == null) {
      return false;
    }
    journal.append(
        Json.object()
            .with("op", "redrive")
            .with("queue", queue.settings.name())
            .with("id", message.id)
            .with("to", deadLetters.settings.name()));
    queue.remove(message.id).ifPresent(deadLetters::add);
    return true;
  }

  /**
   * Moves every message of the dead-letter queue back to the queue it was buried from; those that
   * somebody holds stay. All of them or, when this is a second call, none: it is one step for
   * everybody else.
   *
   * @return how many were moved; empty when it is no queue's dead-letter queue, or that of several
   */
  public synchronized Optional<Integer> moveBack(String deadLetters) {
    var source = queue(deadLetters);
    var targets =
        queues.values().stream()
            .filter(
                queue ->
                    queue
                        .settings
                        .redrive()
                        .filter(redrive -> redrive.deadLetterQueue().equals(deadLetters))
                        .isPresent())
            .toList();
    if (targets.size() != 1) {
      return Optional.empty();
    }
    var target = targets.getFirst();
    var now = clock.instant();
    var moved = 0;
    for (var next = source.firstVisible(now); next.isPresent(); next = source.firstVisible(now)) {
      var message = next.get();
      journal.append(
          Json.object()
              .with("op", "back")
              .with("queue", deadLetters)
              .with("id", message.id)
              .with("to", target.settings.name()));
      source.remove(message.id).ifPresent(gone -> target.add(gone.unread()));
      moved++;
    }
    changed(target.settings.name()).signal();
    return Optional.of(moved);
  }

  /**
   * Waits, in real time, until a message of this queue may be visible.
   *
   * @return false when {@code atMost} passed without one
   */
  public boolean await(String queue, Duration atMost) throws InterruptedException {
    var end = System.nanoTime() + atMost.toNanos();
    var changes = changed(queue);
    while (true) {
      var seen = changes.count();
      var untilVisible = untilVisible(queue);
      if (untilVisible.filter(it -> !it.isPositive()).isPresent()) {
        return true;
      }
      var left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        return false;
      }
      changes.await(seen, untilVisible.filter(it -> it.compareTo(left) < 0).orElse(left));
    }
  }

  private QueueChangeSignal changed(String queue) {
    return changed.computeIfAbsent(queue, _ -> new QueueChangeSignal());
  }

  /** How long, on the stack's clock; zero when a message is; empty when there is none. */
  private synchronized Optional<Duration> untilVisible(String name) {
    var queue = queue(name);
    var now = clock.instant();
    return queue.firstVisible(now).isPresent()
        ? Optional.of(Duration.ZERO)
        : queue.nextDue(now).map(due -> Duration.between(now, due));
  }

  /** Removes the message. False, and nothing happens, when it is gone or was received again. */
  public synchronized boolean delete(String queue, String receiptHandle) {
    var held = queue(queue).held(receiptHandle);
    held.ifPresent(
        message -> {
          journal.append(
              Json.object().with("op", "delete").with("queue", queue).with("id", message.id));
          queue(queue).remove(message.id);
        });
    return held.isPresent();
  }

  /** Hides the message for {@code visibility} from now; zero shows it. False as with delete. */
  public synchronized boolean changeVisibility(
      String queue, String receiptHandle, Duration visibility) {
    var held = queue(queue).held(receiptHandle);
    held.ifPresent(
        message -> {
          queue(queue).move(message, clock.instant().plus(visibility));
          changed(queue).signal();
        });
    return held.isPresent();
  }

  /** Removes every message of the queue. */
  public synchronized void purge(String queue) {
    journal.append(Json.object().with("op", "purge").with("queue", queue(queue).settings.name()));
    queue(queue).clear();
  }

  /** Every queue's depth by its name. */
  public synchronized Map<String, QueueDepth> depths() {
    var now = clock.instant();
    var depths = new TreeMap<String, QueueDepth>();
    queues.forEach((name, queue) -> depths.put(name, queue.depth(now)));
    return depths;
  }

  /** When the next delayed or in-flight message of any queue becomes visible. */
  public synchronized Optional<Instant> nextDue() {
    var now = clock.instant();
    return queues.values().stream()
        .flatMap(queue -> queue.nextDue(now).stream())
        .min(Instant::compareTo);
  }

  synchronized Optional<QueueAttributes> find(String queue) {
    return Optional.ofNullable(queues.get(queue)).map(found -> found.settings);
  }

  synchronized List<QueueAttributes> settings() {
    return queues.values().stream().map(queue -> queue.settings).toList();
  }

  private SqsQueue queue(String name) {
    return Optional.ofNullable(queues.get(name))
        .orElseThrow(() -> new NoSuchElementException("There is no queue " + name));
  }

  private void replay(Json.Obj entry) {
    var queue = entry.text("queue").orElseThrow();
    var messages = unclaimed.computeIfAbsent(queue, _ -> new LinkedHashMap<>());
    var id = entry.text("id").orElse("");
    switch (entry.text("op").orElseThrow()) {
      case "send" -> messages.put(id, SqsMessage.of(entry, sequence++));
      case "receive" -> {
        var message = messages.get(id);
        message.receiveCount++;
        message.firstReceivedAt = message.firstReceivedAt.or(() -> SqsMessage.instant(entry, "at"));
      }
      case "delete" -> messages.remove(id);
      case "redrive" ->
          unclaimed
              .computeIfAbsent(entry.text("to").orElseThrow(), _ -> new LinkedHashMap<>())
              .put(id, messages.remove(id));
      case "back" ->
          unclaimed
              .computeIfAbsent(entry.text("to").orElseThrow(), _ -> new LinkedHashMap<>())
              .put(id, messages.remove(id).unread());
      case "purge" -> messages.clear();
      default -> throw new IllegalStateException("Unknown entry in the queues' journal: " + entry);
    }
  }

  private List<Json.Obj> snapshot() {
    var entries = new ArrayList<Json.Obj>();
    unclaimed.forEach(
        (name, messages) -> messages.values().forEach(message -> entries.add(message.sent(name))));
    queues.forEach(
        (name, queue) -> queue.messages().forEach(message -> entries.add(message.sent(name))));
    return entries;
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
