package dev.carillon.storage;

import dev.carillon.runtime.Batchmates;
import dev.carillon.runtime.Overloaded;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.Task;
import dev.carillon.task.TaskQueue;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The queues on SQS: ten tasks to a request, and only those that failed once more. What the tasks
 * of an invocation send to a queue goes out together: each waits a moment for those that have not
 * come as far, and for a request to the queue that is under way.
 */
public final class SqsTasks implements Tasks {
  private static final int BATCH = 10;
  private static final int TRIES = 4;

  /**
   * How long a task waits for the others of its invocation, which mostly do the same and come
   * within milliseconds. One that asks somebody's service for longer does not hold them up.
   */
  private static final Duration GATHERING = Duration.ofMillis(100);

  private static final long FIRST_PAUSE_MILLIS = 25;

  /** What goes to one queue next. */
  private static final class Turn {
    private final List<Sending> tasks = new ArrayList<>();
    private boolean over;
    private boolean sent;
  }

  /** One turn after another. */
  private static final class Lane {
    private final ReentrantLock sending = new ReentrantLock();
    private Turn next = new Turn();

    private synchronized Turn joined(List<Sending> tasks) {
      next.tasks.addAll(tasks);
      return next;
    }

    /** Whether waiting for more would save nothing. */
    private synchronized boolean isReady(Turn turn) {
      return next != turn || turn.tasks.size() >= BATCH;
    }

    private synchronized void begun(Turn turn) {
      if (next == turn) {
        next = new Turn();
      }
    }
  }

  /** Who sends some to a queue, and what they go out with. */
  private record Joined(TaskQueue queue, List<Sending> tasks, Lane lane, Turn turn) {
    private boolean isReady() {
      return lane.isReady(turn);
    }
  }

  private final Map<TaskQueue, Lane> lanes = new ConcurrentHashMap<>();
  private final Supplier<SqsClient> client;
  private final Function<TaskQueue, String> url;
  private final Duration gathering;

  /**
   * @param client asked for when there is something to send
   * @param url the URL of a queue; asked only for those that tasks are sent to
   */
  public SqsTasks(Supplier<SqsClient> client, Function<TaskQueue, String> url) {
    this(client, url, GATHERING);
  }

  SqsTasks(Supplier<SqsClient> client, Function<TaskQueue, String> url, Duration gathering) {
    this.client = client;
    this.url = url;
    this.gathering = gathering;
  }

  @Override
  public void send(List<Sending> tasks) {
    Map<TaskQueue, List<Sending>> byQueue = new EnumMap<>(TaskQueue.class);
    for (Sending sending : tasks) {
      byQueue.computeIfAbsent(sending.task().queue(), _ -> new ArrayList<>()).add(sending);
    }
    var joined = new ArrayList<Joined>();
    byQueue.forEach((queue, own) -> joined.add(joined(queue, own)));
    Batchmates.await(() -> joined.stream().allMatch(Joined::isReady), gathering);
    var failed = new ArrayList<RuntimeException>();
    for (Joined one : joined) { // each to its end: what has joined must not lie there
      try {
        sendTogether(one);
      } catch (RuntimeException e) {
        failed.add(e);
      }
    }
    if (!failed.isEmpty()) {
      throw failed.getFirst();
    }
  }

  private Joined joined(TaskQueue queue, List<Sending> tasks) {
    Lane lane = lanes.computeIfAbsent(queue, _ -> new Lane());
    return new Joined(queue, tasks, lane, lane.joined(tasks));
  }

  /** When the request for several fails, each of them makes its own: tasks may come twice. */
  private void sendTogether(Joined joined) {
    Lane lane = joined.lane();
    Turn turn = joined.turn();
    lane.sending.lock();
    try {
      if (!turn.over) {
        lane.begun(turn);
        turn.over = true;
        send(joined.queue(), turn.tasks);
        turn.sent = true;
      } else if (!turn.sent) {
        send(joined.queue(), joined.tasks());
      }
    } finally {
      lane.sending.unlock();
    }
  }

  private void send(TaskQueue queue, List<Sending> all) {
    for (int start = 0; start < all.size(); start += BATCH) {
      send(url.apply(queue), all.subList(start, Math.min(start + BATCH, all.size())));
    }
  }

  private void send(String queueUrl, List<Sending> batch) {
    List<SendMessageBatchRequestEntry> rest =
        IntStream.range(0, batch.size()).mapToObj(i -> entry(i, batch.get(i))).toList();
    for (int attempt = 1; !rest.isEmpty(); attempt++) {
      var entries = rest;
      var response =
          client.get().sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
      Set<String> failed =
          response.failed().stream().map(BatchResultErrorEntry::id).collect(Collectors.toSet());
      rest = rest.stream().filter(entry -> failed.contains(entry.id())).toList();
      if (!rest.isEmpty()) {
        boolean ours = response.failed().stream().anyMatch(BatchResultErrorEntry::senderFault);
        if (ours || attempt == TRIES) {
          String refusal =
              "SQS did not take %d of %d tasks: %s"
                  .formatted(rest.size(), batch.size(), response.failed().getFirst().code());
          throw ours ? new IllegalStateException(refusal) : new Overloaded(refusal);
        }
        pause(attempt);
      }
    }
  }

  private static SendMessageBatchRequestEntry entry(int id, Sending sending) {
    Task task = sending.task();
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(id))
        .messageBody(TaskCodec.body(task))
        .messageGroupId(task.group())
        .delaySeconds(seconds(sending.delay()))
        .build();
  }

  /** Rounded up, so that nothing comes early; a longer delay than a queue can do is armed anew. */
  private static int seconds(Duration delay) {
    long up = delay.isNegative() ? 0 : delay.plusNanos(999_999_999).toSeconds();
    return (int) Math.min(up, MAX_DELAY.toSeconds());
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted between two tries", e);
    }
  }
}
