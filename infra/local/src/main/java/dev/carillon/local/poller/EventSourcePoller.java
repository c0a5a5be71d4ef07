package dev.carillon.local.poller;

import dev.carillon.local.functions.InvocationResult;
import dev.carillon.local.functions.LocalFunctions;
import dev.carillon.local.functions.StackActivity;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.sqs.ReceivedMessage;
import dev.carillon.local.sqs.SqsQueues;
import dev.carillon.local.template.StackTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * An event source mapping: takes batches off one queue, gives them to one function and deletes what
 * the function did not report as failed. Everything else comes back by the queue's own visibility
 * timeout, as it does in AWS.
 */
public final class EventSourcePoller implements AutoCloseable {
  // Only how soon a stopped poller notices; a message ends the wait.
  private static final Duration GLANCE = Duration.ofMillis(50);
  // How often a poller that gathers looks whether it has enough.
  private static final Duration LOOK = Duration.ofMillis(5);
  // What one receive of SQS gives at most.
  private static final int RECEIVE = 10;
  // What one request to delete takes.
  private static final int DELETE = 10;

  /** How many batches of a queue are at work at most, where that is less than the template says. */
  private static final int AT_WORK =
      Integer.getInteger("carillon.poller.concurrency", Integer.MAX_VALUE);

  private final StackTemplate.Mapping mapping;
  private final StackTemplate.Queue queue;
  private final SqsQueues queues;
  private final LocalFunctions functions;
  private final StackActivity activity;
  private final AccessControl access;
  private final BooleanSupplier nothingWaits;
  private final Semaphore permits;
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * Starts polling at once.
   *
   * @param nothingWaits whether no function's queue has a message that can be received
   */
  public EventSourcePoller(
      StackTemplate.Mapping mapping,
      StackTemplate.Queue queue,
      SqsQueues queues,
      LocalFunctions functions,
      StackActivity activity,
      AccessControl access,
      BooleanSupplier nothingWaits) {
    this.mapping = mapping;
    this.queue = queue;
    this.queues = queues;
    this.functions = functions;
    this.activity = activity;
    this.access = access;
    this.nothingWaits = nothingWaits;
    this.permits = new Semaphore(Math.min(AT_WORK, mapping.maximumConcurrency()));
    may("sqs:GetQueueAttributes");
    this.thread = Thread.ofVirtual().name("poller-" + queue.name()).start(this::poll);
  }

  private void poll() {
    try {
      while (!stopped) {
        permits.acquire();
        if (!began()) {
          permits.release();
          queues.await(queue.name(), GLANCE);
        }
      }
    } catch (InterruptedException _) {
      // The stack is stopping.
    }
  }

  /** Takes a batch and sets it going; false when there was none. */
  private boolean began() throws InterruptedException {
    activity.look();
    List<ReceivedMessage> batch = List.of();
    try {
      batch = gather();
    } finally {
      if (batch.isEmpty()) {
        activity.end();
      }
    }
    if (batch.isEmpty()) {
      return false;
    }
    activity.found();
    var taken = batch;
    Thread.ofVirtual()
        .name("batch-" + queue.name())
        .start(
            () -> {
              try {
                work(taken);
              } finally {
                activity.end();
                permits.release();
              }
            });
    return true;
  }

  private List<ReceivedMessage> gather() throws InterruptedException {
    var batch = new ArrayList<>(receive(Math.min(RECEIVE, mapping.batchSize())));
    if (batch.isEmpty() || mapping.window().isZero()) {
      return batch;
    }
    var deadline = System.nanoTime() + mapping.window().toNanos();
    activity.found();
    activity.gather(queue.name());
    try {
      List<ReceivedMessage> more = batch;
      while (!more.isEmpty() && batch.size() < mapping.batchSize()) {
        fill(deadline);
        more = receive(Math.min(RECEIVE, mapping.batchSize() - batch.size()));
        batch.addAll(more);
      }
    } finally {
      activity.gathered(queue.name());
    }
    return batch;
  }

  /**
   * Until a receive would be full or the window ends. Where nothing is at work and nothing waits
   * elsewhere, the rest of the window brings nothing.
   */
  private void fill(long deadline) throws InterruptedException {
    while (queues.depths().get(queue.name()).visible() < RECEIVE
        && System.nanoTime() < deadline
        && !activity.onlyGathers(nothingWaits)) {
      Thread.sleep(LOOK);
    }
  }

  /** Lambda takes and deletes messages in the name of the function. */
  private List<ReceivedMessage> receive(int atMost) {
    if (!may("sqs:ReceiveMessage")) {
      return List.of();
    }
    var received = queues.receive(queue.name(), atMost);
    // Lambda's long polls that bring nothing are a price by the month, not by the message.
    if (!received.isEmpty()) {
      functions.polled(mapping.function(), "sqs:ReceiveMessage");
    }
    return received;
  }

  private boolean may(String action) {
    return access
        .session(mapping.function())
        .map(session -> access.allows(session, Need.of(action, queue.arn())))
        .orElse(true);
  }

  /** That of the first: Lambda links the others' to it. */
  private static Optional<String> trace(List<ReceivedMessage> batch) {
    return Optional.ofNullable(batch.getFirst().attributes().get("AWSTraceHeader"));
  }

  private void work(List<ReceivedMessage> batch) {
    var event = SqsEvent.of(batch, queue.arn());
    switch (functions.invoke(mapping.function(), event, trace(batch))) {
      case InvocationResult.Returned(var payload) -> {
        var failed =
            mapping.reportsFailures()
                ? PartialBatchResponse.failed(payload, batch)
                : Set.<String>of();
        var deleted = 0;
        for (var message : batch) {
          if (!failed.contains(message.messageId()) && may("sqs:DeleteMessage")) {
            queues.delete(queue.name(), message.receiptHandle());
            if (deleted++ % DELETE == 0) {
              functions.polled(mapping.function(), "sqs:DeleteMessageBatch");
            }
          }
        }
      }
      case InvocationResult.Failed _, InvocationResult.TimedOut _ -> {
        // The whole batch shows again when its visibility timeout ends.
      }
      case InvocationResult.EventTooLarge _ -> halve(batch);
    }
  }

  /** Lambda fits batches to its event limit; a message alone always fits. */
  private void halve(List<ReceivedMessage> batch) {
    if (batch.size() > 1) {
      work(batch.subList(0, batch.size() / 2));
      work(batch.subList(batch.size() / 2, batch.size()));
    }
  }

  /** Takes no more batches; those at work go on. Calling it twice is safe. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
  }
}
