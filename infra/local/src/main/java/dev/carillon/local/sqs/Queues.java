package dev.carillon.local.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SQS standard queues on the stack's clock. What a method did when it returned survives {@code kill
 * -9} of a stack with a data folder, except that after a restart nothing is in flight: messages
 * being worked on are visible again, their receive counts kept. A queue that does not exist is a
 * {@link java.util.NoSuchElementException}.
 */
public final class Queues {

  /** Creates the queue, or changes its settings when there is one of that name. */
  public void create(QueueSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** Adds a message and returns its id. No checks: that is the wire's business. */
  public String send(String queue, String body, Duration delay, Optional<String> groupId) {
    throw new UnsupportedOperationException();
  }

  /** Up to {@code max} visible messages, oldest first, hidden from now for the queue's visibility. */
  public List<Received> receive(String queue, int max) {
    throw new UnsupportedOperationException();
  }

  /**
   * Waits, in real time, until a message of this queue may be visible.
   *
   * @return false when {@code atMost} passed without one
   */
  public boolean await(String queue, Duration atMost) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Removes the message. False, and nothing happens, when it is gone or was received again. */
  public boolean delete(String queue, String receiptHandle) {
    throw new UnsupportedOperationException();
  }

  /** Hides the message for {@code visibility} from now; zero shows it. False as with delete. */
  public boolean changeVisibility(String queue, String receiptHandle, Duration visibility) {
    throw new UnsupportedOperationException();
  }

  /** Every queue's depth by its name. */
  public Map<String, Depth> depths() {
    throw new UnsupportedOperationException();
  }

  /** When the next delayed or in-flight message of any queue becomes visible. */
  public Optional<Instant> nextDue() {
    throw new UnsupportedOperationException();
  }
}
