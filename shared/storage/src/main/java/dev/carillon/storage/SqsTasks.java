package dev.carillon.storage;

import dev.carillon.runtime.Overloaded;
import dev.carillon.task.Task;
import dev.carillon.task.TaskQueue;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The queues on SQS: ten tasks to a request, and only those that failed once more. */
public final class SqsTasks implements Tasks {
  private static final int BATCH = 10;
  private static final int TRIES = 4;
  private static final long FIRST_PAUSE_MILLIS = 25;

  private final SqsClient client;
  private final Function<TaskQueue, String> url;

  /**
   * @param url the URL of a queue; asked only for those that tasks are sent to
   */
  public SqsTasks(SqsClient client, Function<TaskQueue, String> url) {
    this.client = client;
    this.url = url;
  }

  @Override
  public void send(List<Sending> tasks) {
    Map<TaskQueue, List<Sending>> byQueue = new EnumMap<>(TaskQueue.class);
    for (Sending sending : tasks) {
      byQueue.computeIfAbsent(sending.task().queue(), _ -> new ArrayList<>()).add(sending);
    }
    byQueue.forEach(
        (queue, all) -> {
          for (int start = 0; start < all.size(); start += BATCH) {
            send(url.apply(queue), all.subList(start, Math.min(start + BATCH, all.size())));
          }
        });
  }

  private void send(String queueUrl, List<Sending> batch) {
    List<SendMessageBatchRequestEntry> rest =
        IntStream.range(0, batch.size()).mapToObj(i -> entry(i, batch.get(i))).toList();
    for (int attempt = 1; !rest.isEmpty(); attempt++) {
      var entries = rest;
      var response =
          client.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
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
