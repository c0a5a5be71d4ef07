package dev.carillon.testing.races;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.Invocation;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.scenarios.TestWorkflows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What else may be at work at once on what waits: events, held messages, schedules, subscribers.
 */
public final class EventRaces {
  private static final Map<String, String> LISTENING =
      Map.of(
          "hears",
          TestWorkflows.workflow(
              TestWorkflows.LISTENING.replace(
                  "\"source_key\": \"at-once\"", "\"source_key\": \"told\""),
              TestWorkflows.post(1)),
          "told",
          TestWorkflows.workflow(TestWorkflows.delay("seconds", 30)));
  private static final Map<String, String> HELD =
      Map.of(
          "held",
          TestWorkflows.workflow(
              TestWorkflows.inWindows("queue", TestWorkflows.LATER_TODAY, TestWorkflows.post(1))));
  private static final Map<String, String> QUIET =
      Map.of(
          "quiet",
          TestWorkflows.workflow(
              TestWorkflows.inWindows("hold", TestWorkflows.LATER_TODAY, TestWorkflows.post(1))));
  private static final Map<String, String> NOW =
      Map.of("now", TestWorkflows.workflow(TestWorkflows.post(1)));

  private EventRaces() {}

  /** The event comes just when the run waits for it no longer. */
  public static Race eventAgainstTimeout(int events) {
    return new Race(
        events + " times the event against the timeout",
        LISTENING,
        engine -> {
          trigger(engine, "hears", EngineFixtures.to(EngineFixtures.person("ana")));
          trigger(engine, "told", EngineFixtures.to(EngineFixtures.person("ana")));
          engine.pass(Duration.ofMinutes(1));
          Invocation timeout = Races.take(engine, task -> isWakeOf(engine, task, "hears"));
          engine.functions().invoke(Races.take(engine, task -> isWakeOf(engine, task, "told")));
          Invocation event = Races.take(engine, StepsTask.Match.class::isInstance);
          return Stream.concat(Stream.of(timeout), Stream.generate(() -> event).limit(events))
              .toList();
        },
        engine -> Races.ends(engine, 2, 1));
  }

  private static boolean isWakeOf(InProcessEngine engine, Task task, String workflow) {
    return task instanceof StepsTask.Advance advance
        && advance.wake().isPresent()
        && Scenarios.runs(engine).stream()
            .filter(run -> run.trigger().equals(advance.trigger()))
            .anyMatch(run -> run.workflow().value().equals(workflow));
  }

  /** The window of a message that was held back is open, and it is told so twice. */
  public static Race wakesOfAHeldMessage() {
    return new Race(
        "2 wakes of a held message",
        HELD,
        engine -> {
          Invocation wake = opened(engine, "held", DeliveryTask.Deliver.class);
          return List.of(wake, wake);
        },
        engine -> Races.ends(engine, 1, 1));
  }

  public static Race cancelAgainstAHeldMessage() {
    return new Race(
        "cancel against the wake of a held message",
        HELD,
        engine -> List.of(opened(engine, "held", DeliveryTask.Deliver.class), cancel("held")),
        EventRaces::sentOrWithheld);
  }

  public static Race wakesOfAHeldRun() {
    return new Race(
        "2 wakes of a run in quiet hours",
        QUIET,
        engine -> {
          Invocation wake = opened(engine, "quiet", StepsTask.Advance.class);
          return List.of(wake, wake);
        },
        engine -> Races.ends(engine, 1, 1));
  }

  /** For one of the two quiet hours are over. */
  public static Race startsAcrossTheOpening() {
    return startsAt("2 starts of a run as quiet hours end", Duration.ofSeconds(20 * 60 - 1));
  }

  /** For one of the two quiet hours have begun. */
  public static Race startsAcrossTheClosing() {
    return startsAt("2 starts of a run as quiet hours begin", Duration.ofSeconds(50 * 60 - 1));
  }

  private static Race startsAt(String name, Duration after) {
    String hours = "'from': '09:20:00', 'until': '09:50:00'";
    return new Race(
        name,
        Map.of(
            "quiet",
            TestWorkflows.workflow(
                TestWorkflows.inWindows("hold", hours, TestWorkflows.post(1)),
                TestWorkflows.post(2))),
        engine -> {
          Json.Obj body =
              EngineFixtures.to(EngineFixtures.person("ana"))
                  .with("data", Json.object().with("text", "text"));
          engine.call(Call.trigger("quiet", body).once("quiet"));
          engine.functions().invoke(Races.take(engine, FanoutTask.Start.class::isInstance));
          engine.pass(after);
          Invocation start = Races.take(engine, StepsTask.Advance.class::isInstance);
          return List.of(start, start);
        },
        Duration.ofSeconds(2),
        engine -> Races.ends(engine, 1, 2));
  }

  private static Invocation opened(
      InProcessEngine engine, String workflow, Class<? extends Task> wake) {
    trigger(
        engine,
        workflow,
        EngineFixtures.to(EngineFixtures.person("ana")).with("cancellation_key", "key"));
    engine.pass(Duration.ofMinutes(20));
    engine.ports().timers().all().forEach(item -> engine.ports().tasks().send(item.task()));
    return Races.take(engine, wake::isInstance);
  }

  public static Race occurrences() {
    return new Race(
        "a schedule told twice that it is time",
        NOW,
        engine -> {
          Invocation occurs = due(engine);
          return List.of(occurs, occurs);
        },
        engine -> Races.ends(engine, 1, 1));
  }

  public static Race deletedAgainstOccurrence() {
    return new Race(
        "delete of a schedule against its occurrence",
        NOW,
        engine -> List.of(due(engine), Races.call(Call.delete("/v1/schedules", ids(engine)))),
        engine -> {
          int runs = Scenarios.runs(engine).size();
          return Races.ends(engine, Math.min(runs, 1), Math.min(runs, 1));
        });
  }

  public static Race changedAgainstOccurrence() {
    return new Race(
        "change of a schedule against its occurrence",
        NOW,
        engine ->
            List.of(
                due(engine),
                Races.call(
                    Call.put(
                        "/v1/schedules",
                        ids(engine).with("data", Json.object().with("text", "changed"))))),
        // Data alone does not move it: it occurs, with one text or the other.
        engine -> Races.ends(engine, 1, 1));
  }

  private static Invocation due(InProcessEngine engine) {
    Json.Obj body =
        EngineFixtures.to(EngineFixtures.person("ana"))
            .with("workflow", "now")
            .with("scheduled_at", engine.now().plusSeconds(600).toString());
    engine.call(Call.post("/v1/schedules", body).once("schedule"));
    engine.pass(Duration.ofMinutes(10));
    return Races.take(engine, FanoutTask.Fire.class::isInstance);
  }

  private static Json.Obj ids(InProcessEngine engine) {
    var list = engine.call(Call.get("/v1/users/ana/schedules")).body().list("entries");
    String id = ((Json.Obj) list.getFirst()).text("id").orElseThrow();
    return Json.object().with("schedule_ids", Json.texts(List.of(id)));
  }

  /** One whom the call does not name is cancelled while the subscribers are gone through. */
  public static Race cancelOfOneAgainstSubscribers() {
    return new Race(
        "cancel of a subscriber against fan-out",
        NOW,
        engine -> {
          TestWorkflows.setting(engine);
          Json.Obj body =
              EngineFixtures.to(TestWorkflows.CREW.reference())
                  .with("cancellation_key", "key")
                  .with("data", Json.object().with("text", "text"));
          engine.call(Call.trigger("now", body).once("once"));
          engine.functions().invoke(Races.take(engine, FanoutTask.Start.class::isInstance));
          Invocation page =
              Races.take(
                  engine,
                  task -> task instanceof FanoutTask.Start fanout && fanout.place().isPresent());
          return List.of(
              page,
              Races.call(
                  Call.cancel(
                      "now",
                      Json.object()
                          .with("cancellation_key", "key")
                          .with("recipients", Json.texts(List.of("person-1"))))));
        },
        engine -> {
          var wrong =
              new ArrayList<>(
                  Races.ends(engine, TestWorkflows.crew().size(), TestWorkflows.crew().size() - 1));
          if (engine.webhook().offers().stream()
              .anyMatch(it -> it.message().recipient().id().equals("person-1"))) {
            wrong.add("sent to whom it was cancelled for");
          }
          return wrong;
        });
  }

  private static void trigger(InProcessEngine engine, String workflow, Json.Obj body) {
    engine.call(
        Call.trigger(workflow, body.with("data", Json.object().with("text", "text")))
            .once(workflow));
    engine.settle();
  }

  private static Invocation cancel(String workflow) {
    return Races.call(Call.cancel(workflow, Json.object().with("cancellation_key", "key")));
  }

  private static List<String> sentOrWithheld(InProcessEngine engine) {
    boolean withheld =
        Scenarios.messages(engine, _ -> true).stream()
            .allMatch(it -> it.status() == DeliveryStatus.NOT_SENT);
    return Races.ends(engine, 1, withheld ? 0 : 1);
  }
}
