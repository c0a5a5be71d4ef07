package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One workflow that takes a step of every kind, on the stack that {@code ./carillon up} starts. */
class EveryStepTest {
  private static final Path PROJECT = Path.of("src", "test", "resources", "every-step");

  /** Twelve hours from the send window of the last mail, which opens at nine. */
  private static final int EVENING = 21;

  @TempDir private Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer service;
  private RunningStack stack;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("x-knock-signature"));
          byte[] body = "{\"open\": 7}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
    copyProject();
    stack =
        RunningStack.start(
            "--workflows",
            folder.toString(),
            "--allow-host",
            "127.0.0.1:" + service.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    stack.close();
    service.stop(0);
  }

  @Test
  void a_workflow_with_every_kind_of_step_ends_with_its_messages_and_a_log_of_each_step()
      throws Exception {
    trigger("first");
    trigger("second");
    stack.advance(Duration.ofHours(28));

    assertThat(subjects())
        .as("newest first")
        .containsExactly(
            "2 changes to apollo", "apollo: 7 open, checked", "apollo: 7 open, checked");
    assertThat(stack.outbox().getFirst().text("html").orElseThrow()).contains("first. second.");
    assertThat(asked).hasSize(2).allMatch(it -> it.matches("/projects/apollo t=\\d+,s=\\S+"));
    assertThat(stack.json("/v1/users/ada").text("last_project")).contains("apollo");

    List<Json.Obj> runs = runs("everything");
    assertThat(runs).hasSize(2);
    assertThat(runs("follow-up")).hasSize(2);
    assertThat(runs).allMatch(run -> run.text("status").filter("completed"::equals).isPresent());
    assertThat(runs.stream().map(EveryStepTest::events).filter(it -> it.contains("batch_joined")))
        .hasSize(1);
    assertThat(
            runs.stream()
                .map(EveryStepTest::events)
                .filter(it -> it.contains("batch_closed"))
                .findFirst()
                .orElseThrow())
        .containsExactly(
            "throttle_passed",
            "data_updated",
            "fetch_completed",
            "recipient_updated",
            "recipient_updated",
            "recipient_updated",
            "cohort_assigned",
            "branch_taken",
            "message_enqueued",
            "workflow_triggered",
            "delay_started",
            "delay_ended",
            "batch_opened",
            "batch_closed",
            "message_enqueued",
            "wait_started",
            "wait_timed_out",
            "message_enqueued",
            "run_completed");
  }

  @Test
  void whoever_looks_is_told_no_more() throws Exception {
    trigger("first");
    stack.advance(Duration.ofHours(3));
    var item = (Json.Obj) stack.json("/v1/users/ada/feeds/feed").list("entries").getFirst();
    assertThat(stack.put("/v1/messages/" + item.text("id").orElseThrow() + "/seen").statusCode())
        .isEqualTo(200);
    stack.advance(Duration.ofHours(28));

    assertThat(subjects()).containsExactly("apollo: 7 open, checked");
    assertThat(events(runs("everything").getFirst()))
        .endsWith("wait_matched", "run_halted", "run_completed");
  }

  private void trigger(String change) throws Exception {
    var answer =
        stack.post(
            "/v1/workflows/everything/trigger",
            """
            {"recipients": [{"id": "ada", "name": "Ada", "email": "ada@example.com",
                             "timezone": "%s"}],
             "tenant": "acme",
             "data": {"project": "apollo", "change": "%s"}}
            """
                .formatted(eveningZone(), change));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    stack.advance(Duration.ofSeconds(5));
  }

  /** Where it is evening now, so that the window of the last mail is hours away. */
  private static String eveningZone() {
    int hour = Instant.now().atOffset(ZoneOffset.UTC).getHour();
    int ahead = Math.floorMod(EVENING - hour + 12, 24) - 12;
    return ZoneOffset.ofHours(ahead).getId();
  }

  private List<String> subjects() throws Exception {
    return stack.outbox().stream().flatMap(it -> it.text("subject").stream()).toList();
  }

  private List<Json.Obj> runs(String workflow) throws Exception {
    Stream.Builder<Json.Obj> runs = Stream.builder();
    for (Json run : stack.json("/v1/workflow_recipient_runs?workflow=" + workflow).list("items")) {
      String id = ((Json.Obj) run).text("id").orElseThrow();
      runs.add(stack.json("/v1/workflow_recipient_runs/" + id));
    }
    return runs.build().toList();
  }

  private static List<String> events(Json.Obj run) {
    return run.list("events").stream()
        .map(entry -> ((Json.Obj) entry).text("event").orElse(""))
        .toList();
  }

  private void copyProject() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(PROJECT.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(
            copy,
            Files.readString(file)
                .replace("SERVICE_PORT", Integer.toString(service.getAddress().getPort())));
      }
    }
  }
}
