package dev.carillon.local.sqs;

import java.time.Instant;
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
  QueueAttributes settings;
  private final Map<String, SqsMessage> byId = new LinkedHashMap<>();
  private final Map<String, SqsMessage> byHandle = new HashMap<>();
  private final TreeSet<SqsMessage> hidden = new TreeSet<>(SqsMessage.BY_TIME);
  private final FairOrder visible = new FairOrder();

  SqsQueue(QueueAttributes settings) {
    this.settings = settings;
  }

  void add(SqsMessage message) {
    byId.put(message.id, message);
    hidden.add(message);
    visible.came(message);
  }

  /** Takes the message out, even while a consumer holds it. */
  Optional<SqsMessage> remove(String id) {
    var message = Optional.ofNullable(byId.remove(id));
    message.ifPresent(
        gone -> {
          if (!hidden.remove(gone)) {
            visible.hide(gone);
          }
          visible.left(gone);
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

  /** The one that is received next. */
  Optional<SqsMessage> firstVisible(Instant now) {
    look(now);
    return visible.next();
  }

  private void look(Instant now) {
    while (!hidden.isEmpty() && !hidden.first().visibleAt.isAfter(now)) {
      visible.show(hidden.pollFirst());
    }
  }

  void hide(SqsMessage message, Instant until, String receiptHandle) {
    message.receiptHandle.ifPresent(byHandle::remove);
    message.receiptHandle = Optional.of(receiptHandle);
    byHandle.put(receiptHandle, message);
    move(message, until);
  }

  /** Of a message that somebody holds. */
  void move(SqsMessage message, Instant visibleAt) {
    if (!hidden.remove(message)) {
      visible.hide(message);
    }
    message.visibleAt = visibleAt;
    visible.held(message);
    hidden.add(message);
  }

  /** When the first message that is hidden at {@code now} shows itself. */
  Optional<Instant> nextDue(Instant now) {
    look(now);
    return hidden.isEmpty() ? Optional.empty() : Optional.of(hidden.first().visibleAt);
  }

  QueueDepth depth(Instant now) {
    look(now);
    return new QueueDepth(visible.size(), visible.inFlight(), hidden.size() - visible.inFlight());
  }

  void clear() {
    byId.clear();
    byHandle.clear();
    hidden.clear();
    visible.clear();
  }

  List<SqsMessage> messages() {
    return List.copyOf(byId.values());
  }
}
