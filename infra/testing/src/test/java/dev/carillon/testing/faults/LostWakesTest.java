package dev.carillon.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.WakeTask;
import dev.carillon.task.WebhooksTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.FakeEndpoints;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.BroadcastScenarios;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.timer.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An hour in which nothing that wakes anything arrives. */
class LostWakesTest {
  private static final Duration OUTAGE = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** Three quarters of an hour before the windows open. */
  private static final Instant START = Instant.parse("2026-01-05T11:15:00Z");

  private static final Instant END = START.plus(OUTAGE);

  private static final String HOOK = "https://hooks.example/runs";
  private static final int MANY = 100;
  private static final int FEW = 2;

  private static final List<String> WORKFLOWS =
      List.of("delayed", "far", "digest", "overflow", "listening", "fetching", "held", "quiet");

  private static final String FROM_NOON = "'from': '12:00:00'";

  private final InProcessEngine engine = InProcessEngine.at(START);

  @Test
  void every_kind_of_wait_ends_within_five_minutes_of_an_hour_of_lost_wakes() {
    given(END, MANY);
    engine.advance(OUTAGE.minusMinutes(1));
    assertThat(waiting()).as("kinds of waits that nothing woke").containsAll(kinds());
    assertThat(overdueAt(engine.now())).hasSizeGreaterThanOrEqualTo(5 * MANY);

    engine.advance(Duration.ofMinutes(1));
    engine.advance(GRACE);

    assertThat(overdueAt(engine.now())).as("waits that are over").isEmpty();
    everybodyWasTold(MANY);
    System.out.printf(
        "lost wakes: %,d runs, all gone on %s after the outage%n",
        Scenarios.runs(engine).size(), latest());
  }

  /** Two occurrences of the daily schedule are lost; they are made up for once. */
  @Test
  void everything_that_waits_goes_on_within_an_hour_of_a_day_of_lost_wakes() {
    given(START.plus(Duration.ofHours(26)), FEW);
    engine.advance(Duration.ofHours(26));
    assertThat(waiting()).containsAll(kinds());
    engine.advance(Duration.ofMinutes(64));
    assertThat(overdueAt(engine.now())).as("waits that are over").isEmpty();
    everybodyWasTold(FEW);
  }

  /** Whatever there is to wait for, and no wake arrives until then. */
  private void given(Instant end, int people) {
    String fetch =
        """
        {"type": "http_fetch", "ref": "fetch_1", "settings": {"method": "get", "url": "https://data.example/"}}
        """;
    engine.push(
        Map.of(
            path("delayed"),
                TestWorkflows.workflow(TestWorkflows.delay("minutes", 10), TestWorkflows.post(1)),
            path("far"),
                TestWorkflows.workflow(TestWorkflows.delay("minutes", 45), TestWorkflows.post(1)),
            path("digest"), TestWorkflows.ALL.get("digest"),
            path("overflow"), TestWorkflows.ALL.get("overflow"),
            path("listening"), TestWorkflows.ALL.get("listening"),
            path("fetching"), TestWorkflows.workflow(fetch, TestWorkflows.post(1)),
            path("held"),
                TestWorkflows.workflow(
                    TestWorkflows.inWindows("queue", FROM_NOON, TestWorkflows.post(1))),
            path("quiet"),
                TestWorkflows.workflow(
                    TestWorkflows.inWindows("hold", FROM_NOON, TestWorkflows.post(1))),
            path("scheduled"), TestWorkflows.workflow(TestWorkflows.post(1))));
    hook();
    engine.lose(task -> engine.now().isBefore(end) && wakes(task));
    engine.outside().saysAlways(FakeOutside.json(503, "{}"));
    for (String workflow : WORKFLOWS) {
      engine.call(Call.trigger(workflow, EngineFixtures.toMany(people)).once(workflow));
    }
    // A second time: the digest grows, and the budget is used up.
    for (String workflow : List.of("digest", "overflow")) {
      engine.call(Call.trigger(workflow, EngineFixtures.toMany(people)).once(workflow + " again"));
    }
    schedule(
        people, Json.object().with("scheduled_at", START.plus(Duration.ofMinutes(30)).toString()));
    Json.Obj daily =
        Json.object()
            .with("frequency", "daily")
            .with("hours", Json.of(11))
            .with("minutes", Json.of(30));
    schedule(people, Json.object().with("repeats", Json.array(List.of(daily))));
    broadcast(START.plus(Duration.ofMinutes(30)));
    engine.settle();
    engine.outside().saysAlways(FakeOutside.json(200, "{}"));
    engine.endpoints().at(HOOK, _ -> FakeOutside.json(200, "{}"));
  }

  /** A webhook that hears of runs and asks for twenty minutes first. */
  private void hook() {
    engine
        .endpoints()
        .at(
            HOOK,
            _ ->
                new OutboundResult.Answered(
                    503,
                    Map.of("retry-after", List.of("1200")),
                    new byte[0],
                    OutboundResult.End.WHOLE));
    var answer =
        engine.call(
            Call.post(
                "/v1/webhooks",
                Json.object()
                    .with("url", HOOK)
                    .with("workflows", Json.texts(List.of("far")))
                    .with("event_types", Json.texts(List.of("workflow_recipient_run.started")))));
    assertThat(answer.ok()).as(answer.body().toString()).isTrue();
  }

  private void broadcast(Instant at) {
    BroadcastScenarios.audience(engine);
    for (Call call :
        List.of(BroadcastScenarios.saved(), BroadcastScenarios.sent(Optional.of(at)))) {
      var answer = engine.call(call);
      assertThat(answer.ok()).as(answer.body().toString()).isTrue();
    }
  }

  private void everybodyWasTold(int people) {
    assertThat(Scenarios.runs(engine))
        .hasSize((WORKFLOWS.size() + 4) * people + BroadcastScenarios.MEMBERS)
        .allMatch(run -> run.state() instanceof Run.State.Completed);
    // One of each, the two digests of each person in one.
    assertThat(engine.webhook().accepted()).hasSize((WORKFLOWS.size() + 2) * people);
    assertThat(engine.endpoints().heard(HOOK).stream().filter(FakeEndpoints.Heard::taken))
        .hasSize(people);
  }

  /** All that a run can wait for, and all that may be due. */
  private static List<Class<?>> kinds() {
    return Stream.of(Wait.Kind.class, Timer.Subject.class)
        .<Class<?>>flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
        .toList();
  }

  private Set<Class<?>> waiting() {
    Set<Class<?>> waiting = new HashSet<>();
    overdueAt(engine.now()).forEach(item -> waiting.add(item.subject().getClass()));
    for (Run run : Scenarios.runs(engine)) {
      if (run.state() instanceof Run.State.Waiting(var on)) {
        waiting.add(on.kind().getClass());
      }
    }
    return waiting;
  }

  private static String path(String workflow) {
    return "workflows/" + workflow + "/workflow.json";
  }

  /** Whatever comes because it is time. */
  private static boolean wakes(Task task) {
    return switch (task) {
      case StepsTask.Advance advance -> advance.wake().isPresent();
      case DeliveryTask.Deliver deliver -> deliver.minute().isPresent();
      case WakeTask.Drain _, FanoutTask.Fire _, FanoutTask.SendOut _ -> true;
      case WakeTask.Sweep _,
          FanoutTask.Start _,
          FanoutTask.Cancel _,
          FanoutTask.CancelUnder _,
          FanoutTask.Erase _,
          FanoutTask.MarkAll _,
          FanoutTask.Bulk _,
          FanoutTask.OfSource _,
          FanoutTask.FromBus _,
          FanoutTask.Settle _,
          FanoutTask.SettleAll _,
          FanoutTask.Entered _,
          FanoutTask.ReachMembers _,
          BroadcastTask.Announce _,
          BroadcastTask.Greet _,
          StepsTask.Match _,
          DeliveryTask.Poll _,
          WebhooksTask.Offer _,
          WebhooksTask.Stream _,
          WebhooksTask.Trace _,
          WebhooksTask.TraceCall _,
          WebhooksTask.Replay _ ->
          false;
      case WebhooksTask.Call call -> call.minute().isPresent();
    };
  }

  /** Some are told at those times. */
  private void schedule(int count, Json.Obj times) {
    var people = IntStream.rangeClosed(1, count).mapToObj(i -> (Json) Json.of("u" + i)).toList();
    var answer =
        engine.call(
            Call.post(
                "/v1/schedules",
                times.with("workflow", "scheduled").with("recipients", Json.array(people))));
    assertThat(answer.ok()).as(answer.body().toString()).isTrue();
  }

  private List<Timer> overdueAt(Instant now) {
    return engine.ports().timers().all().stream().filter(it -> it.dueAt().isBefore(now)).toList();
  }

  private Duration latest() {
    return engine.webhook().accepted().stream()
        .map(offer -> Duration.between(END, offer.at()))
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
