package dev.carillon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.runtime.Batchmates;
import dev.carillon.runtime.Environment;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.storage.task.TaskCodecTest;
import dev.carillon.task.Task;
import dev.carillon.task.TaskQueue;
import dev.carillon.task.Tasks.Sending;
import dev.carillon.task.WakeTask;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Timeout(60)
class SqsTasksTest {
  private static SQSRestServer server;
  private static SqsClient client;

  @BeforeAll
  static void start() {
    server = SQSRestServerBuilder.withDynamicPort().withInterface("127.0.0.1").start();
    int port = server.waitUntilStarted().localAddress().getPort();
    client =
        AwsClients.of(
                new Environment(
                    Map.of(
                        "AWS_REGION", "eu-central-1",
                        "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:" + port,
                        "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                        "AWS_ACCESS_KEY_ID", "id",
                        "AWS_SECRET_ACCESS_KEY", "secret"),
                    InstantSource.system()))
            .sqs();
  }

  @AfterAll
  static void stop() {
    server.stopAndWait();
  }

  private static String queue(String name) {
    return client.createQueue(request -> request.queueName(name)).queueUrl();
  }

  /** Until the queue has no more to give; what was given stays hidden. */
  private static List<Message> receiveAll(String url) {
    var all = new ArrayList<Message>();
    for (var some = receive(url); !some.isEmpty(); some = receive(url)) {
      all.addAll(some);
    }
    return all;
  }

  private static List<Message> receive(String url) {
    return client
        .receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(10)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  @Test
  void each_task_goes_to_the_queue_of_who_does_it_in_the_group_of_whose_it_is() {
    var urls = new EnumMap<TaskQueue, String>(TaskQueue.class);
    for (TaskQueue queue : TaskQueue.values()) {
      urls.put(queue, queue(queue.name()));
    }
    new SqsTasks(() -> client, urls::get)
        .send(TaskCodecTest.TASKS.stream().map(task -> new Sending(task, Duration.ZERO)).toList());
    var received = new ArrayList<Task>();
    urls.forEach(
        (queue, url) -> {
          for (Message message : receiveAll(url)) {
            Task task = TaskCodec.parse(message.body());
            assertThat(task.queue()).isEqualTo(queue);
            assertThat(message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                .isEqualTo(task.group());
            received.add(task);
          }
        });
    assertThat(received).containsExactlyInAnyOrderElementsOf(TaskCodecTest.TASKS);
  }

  @Test
  void more_than_ten_tasks_take_several_requests() {
    String url = queue("many");
    new SqsTasks(() -> client, _ -> url)
        .send(
            IntStream.range(0, 25)
                .mapToObj(
                    i -> new Sending(new WakeTask.Drain(i, Optional.empty()), Duration.ofNanos(-1)))
                .toList());
    assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("25");
  }

  @Test
  void what_the_tasks_of_an_invocation_send_is_one_request() throws Exception {
    String url = queue("mates");
    var asked = new AtomicInteger();
    var tasks =
        new SqsTasks(
            () -> client,
            _ -> {
              asked.incrementAndGet();
              return url;
            },
            Duration.ofHours(1));
    var mates = new Batchmates(10);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      mates.doing(
                          () -> {
                            // One of them has nothing to send.
                            if (number > 0) {
                              tasks.send(new WakeTask.Drain(number, Optional.empty()));
                            }
                            return number;
                          })));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(asked).hasValue(1);
    assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("9");
  }

  @Test
  void what_is_to_be_sent_during_a_request_goes_out_together_after_it() throws Exception {
    String url = queue("together");
    var asked = new AtomicInteger();
    var first = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var tasks =
        new SqsTasks(
            () -> client,
            _ -> {
              if (asked.incrementAndGet() == 1) {
                first.countDown();
                await(go);
              }
              return url;
            });
    var threads = new ArrayList<>(List.of(sending(tasks, 0)));
    await(first);
    for (int i = 1; i < 9; i++) {
      threads.add(sending(tasks, i));
    }
    while (threads.stream().skip(1).anyMatch(it -> it.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(asked).hasValue(2);
    assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("9");
  }

  @Test
  void when_the_request_for_several_fails_each_makes_its_own() throws Exception {
    String url = queue("apart");
    var asked = new AtomicInteger();
    var first = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var tasks =
        new SqsTasks(
            () -> client,
            _ -> {
              int number = asked.incrementAndGet();
              if (number == 1) {
                first.countDown();
                await(go);
              }
              if (number == 2) {
                throw new IllegalStateException("throttled");
              }
              return url;
            });
    var threads = new ArrayList<>(List.of(sending(tasks, 0)));
    await(first);
    for (int i = 1; i < 4; i++) {
      threads.add(sending(tasks, i));
    }
    while (threads.stream().skip(1).anyMatch(it -> it.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(asked).hasValue(4);
    assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("3");
  }

  private static Thread sending(SqsTasks tasks, int number) {
    return Thread.ofPlatform()
        .daemon()
        .uncaughtExceptionHandler((_, _) -> {})
        .start(() -> tasks.send(new WakeTask.Drain(number, Optional.empty())));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_delayed_task_is_held_back_by_the_queue() {
    String url = queue("delayed");
    var tasks = new SqsTasks(() -> client, _ -> url);
    tasks.send(new WakeTask.Sweep(), Duration.ofDays(3));
    tasks.send(new WakeTask.Sweep(), Duration.ofMillis(60_001));
    assertThat(receive(url)).isEmpty();
    assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
        .isEqualTo("2");
  }

  @Test
  void a_queue_that_does_not_take_a_task_is_an_error() {
    String url = queue("gone");
    client.deleteQueue(request -> request.queueUrl(url));
    var tasks = new SqsTasks(() -> client, _ -> url);
    assertThatThrownBy(() -> tasks.send(new WakeTask.Sweep())).isInstanceOf(RuntimeException.class);
  }

  private static String count(String url, QueueAttributeName name) {
    return client
        .getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
        .attributes()
        .get(name);
  }
}
