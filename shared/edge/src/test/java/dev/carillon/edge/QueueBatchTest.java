package dev.carillon.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.edge.QueueBatch.Task;
import dev.carillon.edge.QueueBatch.Work;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Batchmates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueBatchTest {
  private final ConcurrentLinkedQueue<Task> done = new ConcurrentLinkedQueue<>();

  @Test
  void exactly_the_records_that_threw_are_reported() {
    var failed =
        handle(
            task -> {
              if (Set.of("m3", "m7").contains(task.messageId())) {
                throw new IOException("again");
              }
              done.add(task);
            },
            records(10));
    assertThat(failed).containsExactly("m3", "m7");
    assertThat(done).hasSize(8);
  }

  @Test
  void a_task_holds_what_the_queue_said() {
    handle(done::add, record("m1", "{\"type\":\"advance.v1\"}"));
    assertThat(done)
        .containsExactly(
            new Task(
                "m1",
                "{\"type\":\"advance.v1\"}",
                2,
                Map.of("ApproximateReceiveCount", "2", "MessageGroupId", "g")));
    assertThat(done.iterator().next().body()).isEqualTo(Json.object().with("type", "advance.v1"));
  }

  @Test
  void a_record_that_cannot_be_read_fails_and_its_neighbours_live() {
    var failed =
        handle(
            task -> {
              task.body();
              done.add(task);
            },
            record("m1", "{}"),
            record("m2", "{"),
            record("m3", "[]"),
            record("m4", "\u0000"),
            Json.object().with("messageId", "m5"),
            record("m6", "{}"));
    assertThat(failed).containsExactly("m2", "m3", "m4", "m5");
    assertThat(done).extracting(Task::messageId).containsExactlyInAnyOrder("m1", "m6");
  }

  @Test
  void tasks_of_a_batch_wait_for_each_other_and_for_none_that_failed() {
    var failed =
        handle(
            task -> {
              if (task.messageId().equals("m3")) {
                throw new IOException("again");
              }
              Batchmates.await(() -> false, Duration.ofHours(1));
            },
            records(10));
    assertThat(failed).containsExactly("m3");
  }

  @Test
  void records_are_worked_on_at_the_same_time() {
    var all = new CyclicBarrier(10);
    var failed = handle(_ -> all.await(10, TimeUnit.SECONDS), records(10));
    assertThat(failed).isEmpty();
  }

  @Test
  void a_message_delivered_twice_in_one_batch_is_reported_once() {
    var failed =
        handle(
            _ -> {
              throw new IllegalStateException();
            },
            record("m1", "{}"),
            record("m1", "{}"));
    assertThat(failed).containsExactly("m1");
  }

  @Test
  void an_error_or_a_stack_overflow_fails_its_own_record() {
    var failed =
        handle(
            task -> {
              switch (task.messageId()) {
                case "m1" -> throw new AssertionError();
                case "m2" -> overflow();
                default -> done.add(task);
              }
            },
            records(4));
    assertThat(failed).containsExactly("m1", "m2");
    assertThat(done).hasSize(2);
  }

  @Test
  void a_broken_machine_fails_the_whole_batch_after_every_record_came_to_its_end() {
    assertThatThrownBy(
            () ->
                handle(
                    task -> {
                      if (task.messageId().equals("m2")) {
                        throw new OutOfMemoryError();
                      }
                      done.add(task);
                    },
                    records(10)))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(done).hasSize(9);
  }

  @Test
  void what_is_no_queue_event_is_an_error_and_never_an_empty_batch() {
    for (var event :
        List.of(
            "{}",
            "[]",
            "null",
            "{\"records\":[]}",
            "{\"Records\":null}",
            "{\"Records\":{}}",
            "{\"Records\":[1]}",
            "{\"Records\":[{\"body\":\"{}\"}]}",
            "{\"Records\":[{\"messageId\":\"\"}]}")) {
      assertThatIllegalArgumentException().isThrownBy(() -> handle(event, done::add));
    }
    assertThat(done).isEmpty();
  }

  @Test
  void the_answer_for_a_batch_without_failures_is_an_empty_list() {
    assertThat(handle("{\"Records\":[]}", done::add)).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private static int overflow() {
    return overflow() + 1;
  }

  private static Json[] records(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> record("m" + i, "{\"n\":" + i + "}"))
        .toArray(Json[]::new);
  }

  private static Json record(String id, String body) {
    return Json.object()
        .with("messageId", id)
        .with("receiptHandle", "r")
        .with("body", body)
        .with(
            "attributes",
            Json.object().with("ApproximateReceiveCount", "2").with("MessageGroupId", "g"))
        .with("eventSource", "aws:sqs");
  }

  private static List<String> handle(Work work, Json... records) {
    var event = JsonText.write(Json.object().with("Records", Json.array(List.of(records))));
    var failures = new ArrayList<String>();
    for (var it : ((Json.Obj) JsonText.parse(handle(event, work))).list("batchItemFailures")) {
      failures.add(((Json.Obj) it).text("itemIdentifier").orElseThrow());
    }
    return failures;
  }

  private static String handle(String event, Work work) {
    var out = new ByteArrayOutputStream();
    try {
      new QueueBatch(GatewayEvents.silent(), work).handle(GatewayEvents.stream(event), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JsonText.write(GatewayEvents.json(out));
  }
}
