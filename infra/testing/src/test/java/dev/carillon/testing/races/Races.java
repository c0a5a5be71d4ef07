package dev.carillon.testing.races;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.StepOutcome;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What may be at work at once. */
public final class Races {
  private static final Map<String, String> LATER =
      Map.of(
          "later",
          TestWorkflows.workflow(TestWorkflows.delay("minutes", 10), TestWorkflows.post(1)));
  private static final Map<String, String> NOW =
      Map.of("now", TestWorkflows.workflow(TestWorkflows.post(1)));

  private Races() {}

  private static Call trigger(String workflow) {
    return Call.trigger(
            workflow,
            EngineFixtures.to(EngineFixtures.person("ana"))
                .with("cancellation_key", "key")
                .with("data", Json.object().with("text", "at last")))
        .once("once");
  }

  public static Invocation call(Call call) {
    return new Invocation.OfCall(InProcessEngine.withKey(call));
  }

  private static Invocation cancel(String workflow) {
    return call(Call.cancel(workflow, Json.object().with("cancellation_key", "key")));
  }

  /** Takes the one such task out of its queue. */
  public static Invocation take(InProcessEngine engine, Predicate<Task> which) {
    var received = engine.ports().tasks().receive(which, 2);
    if (received.size() != 1) {
      throw new IllegalStateException(received.size() + " tasks instead of one");
    }
    engine.ports().tasks().acknowledge(received.getFirst());
    Task task = received.getFirst().task();
    return new Invocation.OfTask(task.queue(), task);
  }

  /** A run waits, and its wake is due. */
  private static Invocation dueWake(InProcessEngine engine) {
    engine.call(trigger("later"));
    engine.settle();
    engine.pass(Duration.ofMinutes(10));
    return take(engine, task -> task instanceof StepsTask.Advance);
  }

  public static Race wakes(int count) {
    return new Race(
        count + " wakes of one wait",
        LATER,
        engine -> {
          Invocation wake = dueWake(engine);
          return Stream.generate(() -> wake).limit(count).toList();
        },
        engine -> ends(engine, 1, 1));
  }

  public static Race cancelAgainstWakes(int count) {
    return new Race(
        "cancel against " + count + " wakes",
        LATER,
        engine -> {
          Invocation wake = dueWake(engine);
          return Stream.concat(Stream.of(cancel("later")), Stream.generate(() -> wake).limit(count))
              .toList();
        },
        // Deliveries begin after the race: by then the cancellation holds.
        engine -> ends(engine, 1, 0));
  }

  public static Race cancelAgainstFanout() {
    return new Race(
        "cancel against fan-out",
        LATER,
        engine -> {
          engine.call(trigger("later"));
          return List.of(take(engine, task -> task instanceof FanoutTask.Start), cancel("later"));
        },
        engine -> ends(engine, 1, 0));
  }

  public static Race cancelAgainstTrigger() {
    return new Race(
        "cancel against trigger",
        LATER,
        _ -> List.of(call(trigger("later")), cancel("later")),
        Races::sentOrCancelled);
  }

  public static Race cancelAgainstDelivery() {
    return new Race(
        "cancel against delivery",
        NOW,
        engine -> {
          engine.call(trigger("now"));
          engine.functions().invoke(take(engine, task -> task instanceof FanoutTask.Start));
          engine.functions().invoke(take(engine, task -> task instanceof StepsTask.Advance));
          return List.of(take(engine, task -> task instanceof DeliveryTask.Deliver), cancel("now"));
        },
        Races::sentOrWithheld);
  }

  public static Race deliveries(int count) {
    return new Race(
        count + " deliveries of one message",
        NOW,
        engine -> {
          engine.call(trigger("now"));
          engine.functions().invoke(take(engine, task -> task instanceof FanoutTask.Start));
          engine.functions().invoke(take(engine, task -> task instanceof StepsTask.Advance));
          Invocation deliver = take(engine, task -> task instanceof DeliveryTask.Deliver);
          return Stream.generate(() -> deliver).limit(count).toList();
        },
        engine -> ends(engine, 1, 1));
  }

  public static Race starts(int count) {
    return new Race(
        count + " starts of one run",
        LATER,
        engine -> {
          engine.call(trigger("later"));
          engine.functions().invoke(take(engine, task -> task instanceof FanoutTask.Start));
          Invocation start = take(engine, task -> task instanceof StepsTask.Advance);
          return Stream.generate(() -> start).limit(count).toList();
        },
        engine -> ends(engine, 1, 1));
  }

  /** What a step is decided by changes while two copies of its task are at work. */
  public static Race startsAgainstChange() {
    String forVips =
        TestWorkflows.post(1)
            .replace(
                "\"ref\"",
                "\"conditions\": {\"all\": [{\"variable\": \"recipient.vip\","
                    + " \"operator\": \"equal_to\", \"argument\": true}]}, \"ref\"");
    return new Race(
        "two starts of one run against a change of its recipient",
        Map.of("vips", TestWorkflows.workflow(forVips)),
        engine -> {
          engine.call(trigger("vips"));
          engine.functions().invoke(take(engine, task -> task instanceof FanoutTask.Start));
          Invocation start = take(engine, task -> task instanceof StepsTask.Advance);
          return List.of(
              start, start, call(Call.put("/v1/users/ana", Json.object().with("vip", Json.TRUE))));
        },
        Races::sentAsTheRunSays);
  }

  public static Race calls(int count) {
    return new Race(
        count + " calls with one idempotency key",
        LATER,
        _ -> Stream.generate(() -> call(trigger("later"))).limit(count).toList(),
        engine -> ends(engine, 1, 1));
  }

  private static Map<String, String> plot(String key) {
    return Map.of(key, TestWorkflows.ALL.get(key));
  }

  /** The starts of that many runs of one workflow for one person, from the {@code first}th on. */
  public static List<Invocation> starts(
      InProcessEngine engine, String workflow, int first, int count) {
    var starts = new ArrayList<Invocation>();
    for (int i = first; i < first + count; i++) {
      engine.call(
          Call.trigger(
                  workflow,
                  EngineFixtures.to(EngineFixtures.person("ana"))
                      .with("cancellation_key", "key " + i)
                      .with("data", Json.object().with("text", "text " + i)))
              .once("call " + i));
      engine.functions().invoke(take(engine, task -> task instanceof FanoutTask.Start));
      starts.add(take(engine, task -> task instanceof StepsTask.Advance));
    }
    return starts;
  }

  /** Runs that are in a batch, the first of which waits for its close, whose wake is due now. */
  private static Invocation dueClose(InProcessEngine engine, String workflow, int inside) {
    starts(engine, workflow, 1, inside).forEach(engine.functions()::invoke);
    engine.pass(Duration.ofMinutes(2));
    return take(engine, task -> task instanceof StepsTask.Advance);
  }

  private static Invocation cancelNumber(String workflow, int number) {
    return call(Call.cancel(workflow, Json.object().with("cancellation_key", "key " + number)));
  }

  public static Race openers(String workflow, int count) {
    return new Race(
        count + " openers of a batch, " + workflow,
        plot(workflow),
        engine -> starts(engine, workflow, 1, count),
        engine -> addsUp(engine, count));
  }

  public static Race addsAgainstTimer(String workflow, int adds) {
    return new Race(
        adds + " adds against the timer, " + workflow,
        plot(workflow),
        engine -> {
          Invocation close = dueClose(engine, workflow, 2);
          return Stream.concat(Stream.of(close), starts(engine, workflow, 3, adds).stream())
              .toList();
        },
        engine -> addsUp(engine, 2 + adds));
  }

  /** The batch has room for one more. */
  public static Race addsAgainstTheMost(int adds) {
    return new Race(
        adds + " adds to a batch with room for one",
        plot("digest"),
        engine -> {
          starts(engine, "digest", 1, 3).forEach(engine.functions()::invoke);
          return starts(engine, "digest", 4, adds);
        },
        engine -> addsUp(engine, 3 + adds));
  }

  /** One add fills the batch just when its timer goes off. */
  public static Race theMostAgainstTimer() {
    return new Race(
        "the add that fills a batch against its timer",
        plot("digest"),
        engine -> {
          Invocation close = dueClose(engine, "digest", 3);
          return List.of(close, starts(engine, "digest", 4, 1).getFirst());
        },
        engine -> addsUp(engine, 4));
  }

  /** One add comes, or the timer goes off, just when somebody wants the batch closed now. */
  public static Race flushAgainst(boolean add) {
    return new Race(
        "flush against " + (add ? "an add" : "the timer"),
        plot("digest"),
        engine -> {
          starts(engine, "digest", 1, 2).forEach(engine.functions()::invoke);
          var waiting = engine.call(Call.get("/v1/waiting")).body().list("items");
          String id = ((Json.Obj) waiting.getFirst()).text("id").orElseThrow();
          Invocation flush = call(Call.post("/v1/waiting/" + id + "/flush", Json.object()));
          Invocation close = dueClose(engine, "digest", 0);
          return List.of(flush, add ? starts(engine, "digest", 3, 1).getFirst() : close);
        },
        engine -> addsUp(engine, add ? 3 : 2));
  }

  public static Race closes(int count) {
    return new Race(
        count + " closes of one batch",
        plot("digest"),
        engine -> {
          Invocation close = dueClose(engine, "digest", 2);
          return Stream.generate(() -> close).limit(count).toList();
        },
        engine -> addsUp(engine, 2));
  }

  /**
   * @param number whose run is cancelled; the first holds the batch
   */
  public static Race cancelAgainstClose(int number) {
    return new Race(
        "cancel of number " + number + " against close",
        plot("digest"),
        engine -> List.of(cancelNumber("digest", number), dueClose(engine, "digest", 2)),
        engine -> addsUp(engine, 2));
  }

  public static Race cancelAgainstCloseAndAdd() {
    return new Race(
        "cancel of the holder, close and add",
        plot("digest"),
        engine -> {
          Invocation close = dueClose(engine, "digest", 2);
          return List.of(
              cancelNumber("digest", 1), close, starts(engine, "digest", 3, 1).getFirst());
        },
        engine -> addsUp(engine, 3));
  }

  /** The second to come moves the close back from two minutes to the limit of one. */
  public static Race openersOfWhatIsMovedBack() {
    String sliding =
        """
        "batch_window_type": "sliding", "batch_window_extension_limit": {"unit": "minutes", "value": 1}
        """;
    return new Race(
        "2 openers of a batch that is moved back",
        Map.of("back", TestWorkflows.workflow(TestWorkflows.batch(sliding), TestWorkflows.post(1))),
        engine -> starts(engine, "back", 1, 2),
        engine -> {
          var wrong = new ArrayList<>(addsUp(engine, 2));
          for (Run run : Scenarios.runs(engine)) {
            run.log().stream()
                .filter(entry -> entry.event() == RunEvent.BATCH_CLOSED)
                .filter(entry -> entry.at().isAfter(run.trigger().time().plusSeconds(60)))
                .forEach(entry -> wrong.add("It closed late: " + entry));
          }
          return wrong;
        });
  }

  /** Of two copies of a task one may join and the other see that the run is cancelled. */
  public static Race cancelAgainstJoin() {
    return new Race(
        "cancel against two copies of a start and an add",
        Map.of(
            "late",
            TestWorkflows.workflow(
                TestWorkflows.feed(1), TestWorkflows.batch(""), TestWorkflows.post(1))),
        engine -> {
          var starts = starts(engine, "late", 1, 2);
          return List.of(
              starts.getFirst(), starts.getFirst(), cancelNumber("late", 1), starts.getLast());
        },
        engine -> addsUp(engine, 2));
  }

  /** As many runs as triggers; that their batches add up is looked at after every race. */
  public static List<String> addsUp(InProcessEngine engine, int runs) {
    int there = Scenarios.runs(engine).size();
    return there == runs ? List.of() : List.of(there + " runs instead of " + runs);
  }

  public static List<String> ends(InProcessEngine engine, int runs, int sent) {
    var wrong = new ArrayList<String>();
    if (Scenarios.runs(engine).size() != runs) {
      wrong.add(Scenarios.runs(engine).size() + " runs instead of " + runs);
    }
    if (engine.webhook().offers().size() != sent) {
      wrong.add(engine.webhook().offers().size() + " requests instead of " + sent);
    }
    return wrong;
  }

  private static List<String> sentAsTheRunSays(InProcessEngine engine) {
    Run run = Scenarios.runs(engine).getFirst();
    boolean sent = run.outcomes().values().stream().anyMatch(StepOutcome.Sent.class::isInstance);
    return ends(engine, 1, sent ? 1 : 0);
  }

  private static List<String> sentOrCancelled(InProcessEngine engine) {
    var run = Scenarios.runs(engine).getFirst();
    return ends(engine, 1, run.state() instanceof Run.State.Cancelled ? 0 : 1);
  }

  private static List<String> sentOrWithheld(InProcessEngine engine) {
    Message message = Scenarios.messages(engine, _ -> true).getFirst();
    return ends(engine, 1, message.status() == DeliveryStatus.NOT_SENT ? 0 : 1);
  }
}
