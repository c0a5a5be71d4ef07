package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Batchmates;
import dev.carillon.runtime.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An SQS batch as Lambda delivers it: every record is worked on at once, each on a thread of its
 * own (the only one of a batch on the thread of the invocation), and exactly those that failed are
 * reported, so that the queue delivers them again and, in the end, to its dead-letter queue.
 */
public final class QueueBatch {
  private final Log log;
  private final Work work;

  /** What is done with one task. */
  @FunctionalInterface
  public interface Work {
    /**
     * @throws Exception to have the queue deliver the task again; nothing else is meant by it
     */
    void on(Task task) throws Exception;
  }

  /**
   * One message.
   *
   * @param text the body as it came
   * @param receiveCount how often the queue has delivered it, this time included
   * @param attributes the queue's own, such as {@code SentTimestamp} (milliseconds) and {@code
   *     MessageGroupId}
   */
  public record Task(
      String messageId, String text, int receiveCount, Map<String, String> attributes) {
    public Task {
      attributes = Map.copyOf(attributes);
    }

    /**
     * The body as the JSON object that it is.
     *
     * @throws IllegalArgumentException when it is none
     */
    public Json.Obj body() {
      if (JsonText.parse(text) instanceof Json.Obj object) {
        return object;
      }
      throw new IllegalArgumentException("The body of " + messageId + " is no object");
    }
  }

  public QueueBatch(Log log, Work work) {
    this.log = log;
    this.work = work;
  }

  /**
   * Works on the records of the event and writes which of them failed.
   *
   * @throws IllegalArgumentException when this is no SQS event: acknowledging it would lose its
   *     tasks
   * @throws VirtualMachineError when the machine is broken (a stack overflow excepted, which is the
   *     matter of the one record): the whole batch comes again
   */
  public void handle(InputStream event, OutputStream out) throws IOException {
    handle(JsonText.parse(event.readAllBytes()), out);
  }

  /** The same with an event that was read already. */
  public void handle(Json event, OutputStream out) throws IOException {
    var failed = failed(records(event));
    var failures = failed.stream().map(id -> Json.object().with("itemIdentifier", id)).toList();
    out.write(JsonText.bytes(Json.object().with("batchItemFailures", Json.array(failures))));
  }

  private record Received(String messageId, Json.Obj json) {}

  private record Started(String messageId, Future<Optional<Throwable>> result) {}

  private record Ended(String messageId, Optional<Throwable> thrown) {}

  private static List<Received> records(Json event) {
    if (!(event instanceof Json.Obj json)
        || !(json.get("Records").orElse(Json.NULL) instanceof Json.Arr(var items))) {
      throw new IllegalArgumentException("Not an SQS event: there are no Records");
    }
    var records = new ArrayList<Received>();
    for (var item : items) {
      if (!(item instanceof Json.Obj record)) {
        throw new IllegalArgumentException("Not an SQS event: a record is no object");
      }
      var id = record.text("messageId").filter(it -> !it.isEmpty());
      records.add(
          new Received(
              id.orElseThrow(
                  () ->
                      new IllegalArgumentException("Not an SQS event: a record has no messageId")),
              record));
    }
    return records;
  }

  private List<String> failed(List<Received> records) {
    // A set: one message delivered twice in one batch is one message to the queue.
    var failed = new LinkedHashSet<String>();
    var broken = new ArrayList<VirtualMachineError>();
    for (var task : ended(records)) {
      if (task.thrown().isEmpty()) {
        continue;
      }
      Throwable thrown = task.thrown().get();
      failed.add(task.messageId());
      log.failure("task.failed", thrown, "message", task.messageId());
      if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
        broken.add(error);
      }
    }
    if (!broken.isEmpty()) {
      throw broken.getFirst();
    }
    return List.copyOf(failed);
  }

  private List<Ended> ended(List<Received> records) {
    if (records.size() == 1) {
      Received only = records.getFirst();
      return List.of(new Ended(only.messageId(), outcome(only)));
    }
    var mates = new Batchmates(records.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var started =
          records.stream()
              .map(
                  it ->
                      new Started(
                          it.messageId(), threads.submit(() -> mates.doing(() -> outcome(it)))))
              .toList();
      return started.stream().map(it -> new Ended(it.messageId(), result(it.result()))).toList();
    }
  }

  /** What the work threw; empty when it was done. */
  private Optional<Throwable> outcome(Received record) {
    try {
      work.on(task(record));
      return Optional.empty();
    } catch (Throwable thrown) { // errors too: the collector of the results judges them
      return Optional.of(thrown);
    }
  }

  private static Optional<Throwable> result(Future<Optional<Throwable>> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      return Optional.of(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(e);
    }
  }

  private static Task task(Received record) {
    var json = record.json();
    var attributes = new LinkedHashMap<String, String>();
    json.object("attributes")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var text)) {
                attributes.put(name, text);
              }
            });
    var received = attributes.getOrDefault("ApproximateReceiveCount", "1");
    String text =
        json.text("body")
            .orElseThrow(() -> new IllegalArgumentException(record.messageId() + " has no body"));
    return new Task(record.messageId(), text, Integer.parseInt(received), attributes);
  }
}
