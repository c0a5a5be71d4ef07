package dev.carillon.local.sqs;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One queue's messages in the order in which they can be received. Guarded by the lock of {@link
 * Queues}.
 */
final class SqsQueue {
  private static final Comparator<SqsMessage> BY_TIME =
      Comparator.comparing((SqsMessage message) -> message.visibleAt)
          .thenComparingLong(message -> message.sequence);

  QueueAttributes settings;
  private final Map<String, SqsMessage> byId = new LinkedHashMap<>();
  private final Map<String, SqsMessage> byHandle = new HashMap<>();
  private final TreeSet<SqsMessage> byTime = new TreeSet<>(BY_TIME);

  SqsQueue(QueueAttributes settings) {
    this.settings = settings;
  }

  void add(SqsMessage message) {
    byId.put(message.id, message);
    byTime.add(message);
  }

  /** Takes the message out, even while a consumer holds it. */
  Optional<SqsMessage> remove(String id) {
    var message = Optional.ofNullable(byId.remove(id));
    message.ifPresent(
        gone -> {
          byTime.remove(gone);
          gone.receiptHandle.ifPresent(byHandle::remove);
          gone.receiptHandle = Optional.empty();
        });
    return message;
  }

  Optional<SqsMessage> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The message of the latest receiving that bore this handle. */
  Optional<SqsMessage> held(String receiptHandle) {
    return Optional.ofNullable(byHandle.get(receiptHandle));
  }

  Optional<SqsMessage> firstVisible(Instant now) {
    return byTime.isEmpty() || byTime.first().visibleAt.isAfter(now)
        ? Optional.empty()
        : Optional.of(byTime.first());
  }

  void hide(SqsMessage message, Instant until, String receiptHandle) {
    message.receiptHandle.ifPresent(byHandle::remove);
    message.receiptHandle = Optional.of(receiptHandle);
    byHandle.put(receiptHandle, message);
    move(message, until);
  }

  void move(SqsMessage message, Instant visibleAt) {
    byTime.remove(message);
    message.visibleAt = visibleAt;
    byTime.add(message);
  }

  /** When the first message that is hidden at {@code now} shows itself. */
  Optional<Instant> nextDue(Instant now) {
    for (var message : byTime) {
      if (message.visibleAt.isAfter(now)) {
        return Optional.of(message.visibleAt);
      }
    }
    return Optional.empty();
  }

  QueueDepth depth(Instant now) {
    var visible = 0;
    var inFlight = 0;
    var delayed = 0;
    for (var message : byTime) {
      if (!message.visibleAt.isAfter(now)) {
        visible++;
      } else if (message.receiptHandle.isPresent()) {
        inFlight++;
      } else {
        delayed++;
      }
    }
    return new QueueDepth(visible, inFlight, delayed);
  }

  void clear() {
    byId.clear();
    byHandle.clear();
    byTime.clear();
  }

  List<SqsMessage> messages() {
    return List.copyOf(byId.values());
  }
}
