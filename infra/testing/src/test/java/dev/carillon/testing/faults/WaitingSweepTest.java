package dev.carillon.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.RetryingClient;
import dev.carillon.testing.scenarios.Scenario;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What waits is ended by a call, with one fault anywhere, of any kind. */
class WaitingSweepTest {
  private static final String BATCH =
      """
      {"type": "batch", "ref": "batch_1", "settings": {"batch_window": {"unit": "hours", "value": 1}}}
      """;

  static Stream<Scenario> endings() {
    var plain = EngineFixtures.to(EngineFixtures.person("ana"));
    var keyed = plain.with("cancellation_key", "mine");
    return Stream.of(
        ended(
            "send_now", "sent_now", plain, TestWorkflows.delay("hours", 1), TestWorkflows.post(1)),
        ended("cancel", "cancelled", plain, TestWorkflows.delay("hours", 1), TestWorkflows.post(1)),
        ended("cancel", "cancelled", keyed, TestWorkflows.delay("hours", 1), TestWorkflows.post(1)),
        ended("flush", "flushed", plain, BATCH, TestWorkflows.post(1)),
        ended("cancel", "cancelled", plain, BATCH, TestWorkflows.post(1)),
        ended("cancel", "cancelled", keyed, BATCH, TestWorkflows.post(1)),
        ended("send_now", "sent_now", plain, inTheAfternoon("queue")),
        ended("cancel", "cancelled", plain, inTheAfternoon("queue")),
        ended("send_now", "sent_now", plain, inTheAfternoon("hold")));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void whatever_fails_nothing_is_sent_twice_or_left_behind(Scenario scenario) {
    var report = new FaultSweep(scenario).forbidding(FaultSweep.Forbidding.WHAT_IS_WRONG).run();
    System.out.printf(
        "sweep: %-40s %4d calls, %5d positions tried, %d failed%n",
        report.scenario(), report.calls(), report.tried(), report.failures().size());
    assertThat(report.failures().stream().limit(5)).isEmpty();
  }

  private static String inTheAfternoon(String mode) {
    return TestWorkflows.inWindows(mode, "'from': '12:00:00'", TestWorkflows.post(1));
  }

  /** A client that does this to the first thing that it sees waiting, once it is answered. */
  private static Scenario ended(String action, String outcome, Json.Obj trigger, String... steps) {
    String what = steps.length > 1 ? steps[0] : "window";
    return new Scenario(
        action + " " + what.replaceAll("(?s).*\"ref\": \"(\\w+)\".*", "$1"),
        new WorkflowKey("waits"),
        TestWorkflows.workflow(steps),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          var done = new boolean[1];
          engine.client(
              () ->
                  !done[0]
                      && !Scenarios.runs(engine).isEmpty()
                      && end(client, action, outcome, done));
          client.must(Call.trigger("waits", trigger).once("once"));
        },
        Duration.ofDays(8),
        List.of(Scenarios.ANA));
  }

  private static boolean end(RetryingClient client, String action, String outcome, boolean[] done) {
    List<Json> listed = client.must(Call.get("/v1/waiting")).body().list("items");
    if (listed.isEmpty()) {
      return false;
    }
    String id = ((Json.Obj) listed.getFirst()).text("id").orElseThrow();
    var answer = client.call(Call.post("/v1/waiting/" + id + "/" + action, Json.object()));
    // A repetition may find it over, or ending by itself.
    assertThat(answer.status()).isIn(200, 409);
    if (answer.status() == 200) {
      assertThat(answer.body().text("outcome").orElseThrow()).isIn(outcome, "due_anyway");
    }
    done[0] = true;
    return true;
  }
}
