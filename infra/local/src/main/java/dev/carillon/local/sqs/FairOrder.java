package dev.carillon.local.sqs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which of a queue's visible messages is received next: the oldest, save that those of a message
 * group that holds a disproportionate share of what is in flight come after those of others. That
 * is what AWS says of fair queues; where it draws the line it does not say, and here it is half of
 * all that is in flight, or twice what a group has on average. Guarded by the lock of {@link
 * SqsQueues}.
 */
final class FairOrder {
  /** Fewer in flight are never too many. */
  private static final int FEW = 10;

  private final TreeSet<SqsMessage> visible = new TreeSet<>(SqsMessage.BY_TIME);
  private final Map<String, Group> groups = new HashMap<>();
  private int inFlight;

  /** Messages that name no group are one. */
  private static final class Group {
    private final TreeSet<SqsMessage> visible = new TreeSet<>(SqsMessage.BY_TIME);
    private int messages;
    private int inFlight;
  }

  private Group group(SqsMessage message) {
    return groups.computeIfAbsent(message.groupId.orElse(""), _ -> new Group());
  }

  /** The message is in the queue from now on, hidden or not. */
  void came(SqsMessage message) {
    group(message).messages++;
  }

  /** The message, which is not among the visible ones, is in the queue no longer. */
  void left(SqsMessage message) {
    landed(message);
    var group = group(message);
    group.messages--;
    if (group.messages == 0) {
      groups.remove(message.groupId.orElse(""));
    }
  }

  void show(SqsMessage message) {
    landed(message);
    visible.add(message);
    group(message).visible.add(message);
  }

  void hide(SqsMessage message) {
    visible.remove(message);
    group(message).visible.remove(message);
  }

  /** A consumer has the message. */
  void held(SqsMessage message) {
    if (!message.inFlight) {
      message.inFlight = true;
      inFlight++;
      group(message).inFlight++;
    }
  }

  private void landed(SqsMessage message) {
    if (message.inFlight) {
      message.inFlight = false;
      inFlight--;
      group(message).inFlight--;
    }
  }

  Optional<SqsMessage> next() {
    if (visible.isEmpty()) {
      return Optional.empty();
    }
    var oldest = visible.first();
    return isNoisy(group(oldest))
        ? oldestOfQuiet().or(() -> Optional.of(oldest))
        : Optional.of(oldest);
  }

  private Optional<SqsMessage> oldestOfQuiet() {
    return groups.values().stream()
        .filter(group -> !group.visible.isEmpty() && !isNoisy(group))
        .map(group -> group.visible.first())
        .min(SqsMessage.BY_TIME);
  }

  private boolean isNoisy(Group group) {
    return group.inFlight >= FEW
        && groups.size() > 1
        && (group.inFlight * 2 > inFlight || group.inFlight * groups.size() > 2 * inFlight);
  }

  int size() {
    return visible.size();
  }

  int inFlight() {
    return inFlight;
  }

  void clear() {
    visible.clear();
    groups.clear();
    inFlight = 0;
  }
}
