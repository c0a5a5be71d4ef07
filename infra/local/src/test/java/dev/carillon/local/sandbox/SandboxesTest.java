package dev.carillon.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.functions.InvocationResult;
import dev.carillon.local.functions.LocalFunctions;
import dev.carillon.local.functions.StackActivity;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.sample.SampleApp;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import dev.carillon.local.template.StackTemplateReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The sample app's function in processes of its own, on AWS's runtime client. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime client needs Linux")
class SandboxesTest {
  @TempDir static Path folder;

  private static final StackActivity ACTIVITY = new StackActivity();
  private static StackClock clock;
  private static StackTemplate.Function greet;
  private static LocalFunctions functions;

  @BeforeAll
  static void load() {
    clock = StackClock.open(Optional.empty());
    greet =
        StackTemplateReader.read(SampleApp.in(folder), AccountRegion.LOCAL).functions().stream()
            .filter(function -> function.verb().equals("greet"))
            .findFirst()
            .orElseThrow();
    functions = running(patient(false), 2);
  }

  @AfterAll
  static void close() throws IOException {
    functions.close();
  }

  private static LocalFunctions running(StackTemplate.Function function, int limit) {
    return new LocalFunctions(
        List.of(function),
        new LocalFunctions.Surroundings(
            URI.create("http://127.0.0.1:9"), Map.of(), AccessControl.unrestricted()),
        Sandboxes.over(clock, limit),
        ACTIVITY,
        (_, _, _) -> {});
  }

  /** With time enough on any machine. */
  private static StackTemplate.Function patient(boolean fromASnapshot) {
    return new StackTemplate.Function(
        greet.name(),
        greet.handler(),
        greet.archive(),
        greet.variables(),
        Duration.ofMinutes(2),
        greet.memoryMegabytes(),
        greet.logGroup(),
        fromASnapshot,
        false);
  }

  @Test
  void what_outlives_its_timeout_is_killed_and_the_next_event_begins_afresh() throws Exception {
    try (var hasty = running(greet, 1)) {
      assertThat(text(hasty, "please-count")).isEqualTo("1 false");

      assertThat(invoke(hasty, "please-hang"))
          .isInstanceOfSatisfying(
              InvocationResult.TimedOut.class,
              late -> assertThat(late.message()).endsWith(" Task timed out after 2.00 seconds"));

      assertThat(ACTIVITY.isIdle(() -> true)).as("nothing goes on after it").isTrue();
      assertThat(text(hasty, "please-count")).isEqualTo("1 false");
      assertThat(text(hasty, "please-count")).as("used again").isEqualTo("2 true");
    }
  }

  @Test
  void what_a_handler_throws_is_a_failure_and_what_ends_the_process_another() {
    assertThat(invoke(functions, "please-fail"))
        .isEqualTo(new InvocationResult.Failed("java.lang.IllegalStateException", "as asked"));
    assertThat(invoke(functions, "please-exit"))
        .isEqualTo(
            new InvocationResult.Failed(
                "Runtime.ExitError", "Runtime exited with error: exit status 3"));
    assertThat(text(functions, "please-count")).isEqualTo("1 false");
  }

  /** Where the SDK finds it and passes it on with each call. */
  @Test
  void the_runtime_says_which_trace_an_invocation_is_part_of() {
    var trace = "Root=1-6a1f0c52-8d3b4c7e9b401e5d2f7a9c02;Parent=1e5d2f7a9c028d3b;Sampled=1";

    assertThat(
            functions.invoke(
                "greet", "please-trace".getBytes(StandardCharsets.UTF_8), Optional.of(trace)))
        .isInstanceOfSatisfying(
            InvocationResult.Returned.class,
            returned ->
                assertThat(returned.payload()).asString(StandardCharsets.UTF_8).isEqualTo(trace));
    assertThat(text(functions, "please-trace"))
        .as("a new one")
        .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1");
  }

  @Test
  void an_answer_over_six_megabytes_is_a_failure() {
    assertThat(invoke(functions, "please-fill"))
        .isInstanceOfSatisfying(
            InvocationResult.Failed.class,
            failed -> assertThat(failed.errorType()).isEqualTo("Function.ResponseSizeTooLarge"));
  }

  @Test
  void a_function_knows_lambdas_variables_the_templates_and_the_stacks_time_alone() {
    clock.moveTo(Instant.parse("2100-01-05T09:00:00Z"));

    var lines = text(functions, "please-describe").lines().toList();

    assertThat(lines.subList(0, 3))
        .containsExactly("AKIALOCALGREET", "http://127.0.0.1:9", "Sample-Table");
    assertThat(lines.get(4)).isEqualTo("Sample-Greet");
    assertThat(lines.get(5)).as("time is left").isEqualTo("true");
    var who = text(functions, "please-say-who").lines().toList();
    assertThat(who.get(3)).as("a variable of this process").isEqualTo("null");
    assertThat(Integer.parseInt(who.get(4))).as("megabytes of 512").isBetween(380, 440);
  }

  @Test
  void two_at_once_share_nothing_and_a_snapshot_holds_no_credentials() throws Exception {
    try (var door = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        var patient = running(patient(true), 2);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      door.setSoTimeout(60_000); // Who died before it knocked fails the test, and does not hang it.
      var event = "please-count " + door.getLocalPort();
      var first = threads.submit(() -> text(patient, event));
      var second = threads.submit(() -> text(patient, event));
      var callers = new ArrayList<Socket>();
      callers.add(door.accept());
      callers.add(door.accept());
      for (var caller : callers) {
        caller.getOutputStream().write(1);
        caller.close();
      }

      assertThat(List.of(first.get(), second.get())).containsExactly("1 false", "1 false");

      var who = text(patient, "please-say-who").lines().toList();
      assertThat(who.getFirst()).as("AWS_ACCESS_KEY_ID").isEqualTo("null");
      assertThat(credentials(who.get(1), "another").statusCode()).isEqualTo(403);
      var given = (Json.Obj) JsonText.parse(credentials(who.get(1), who.get(2)).body());
      assertThat(given.text("AccessKeyId")).contains("AKIALOCALGREET");
    }
  }

  private static HttpResponse<String> credentials(String address, String token)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).header("Authorization", token).build(),
            BodyHandlers.ofString());
  }

  private static String text(LocalFunctions functions, String event) {
    return switch (invoke(functions, event)) {
      case InvocationResult.Returned(var payload) -> new String(payload, StandardCharsets.UTF_8);
      case InvocationResult.Failed failed -> failed.toString();
      case InvocationResult.TimedOut late -> late.toString();
      case InvocationResult.EventTooLarge large -> large.toString();
    };
  }

  private static InvocationResult invoke(LocalFunctions functions, String event) {
    return functions.invoke("greet", event.getBytes(StandardCharsets.UTF_8));
  }
}
