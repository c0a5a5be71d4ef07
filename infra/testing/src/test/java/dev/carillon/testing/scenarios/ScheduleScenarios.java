package dev.carillon.testing.scenarios;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.schedule.Schedule;
import dev.carillon.task.FanoutTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;

/** Stories of schedules. */
public final class ScheduleScenarios {
  private ScheduleScenarios() {}

  /**
   * Two people hear daily at ten by their own clocks, for three days. What Ana is told is changed
   * after her first time; Bob's schedule is deleted after his second.
   */
  public static Scenario scheduled() {
    return new Scenario(
        "schedule: made, changed, deleted, ended",
        new WorkflowKey("later"),
        Scenarios.delayed("seconds", 1),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          var done = new boolean[2];
          engine.client(
              () ->
                  onceRun(engine, Scenarios.ANA, 1, done, 0)
                      && client
                          .must(
                              Call.put(
                                  "/v1/schedules",
                                  ids(client, "ana")
                                      .with("data", Json.object().with("text", "changed"))))
                          .ok());
          engine.client(
              () ->
                  onceRun(engine, Scenarios.BOB, 2, done, 1)
                      && client.must(Call.delete("/v1/schedules", ids(client, "bob"))).ok());
          client.must(
              dailyAtTen(
                  "later",
                  engine,
                  Duration.ofHours(60),
                  Scenarios.person("ana"),
                  Scenarios.person("bob").with("timezone", "America/New_York")));
        },
        Duration.ofDays(6),
        List.of(Scenarios.ANA, Scenarios.BOB));
  }

  /** Ana hears twice, and whatever is set for it is lost for the first four minutes. */
  public static Scenario sleptThroughSchedule() {
    return new Scenario(
        "schedule, all alarms lost",
        new WorkflowKey("password"),
        Scenarios.password(),
        engine ->
            engine.lose(task -> task instanceof FanoutTask.Fire occur && isEarly(engine, occur)),
        engine ->
            new RetryingClient(engine)
                .must(
                    dailyAtTen("password", engine, Duration.ofHours(30), Scenarios.person("ana"))),
        Duration.ofDays(3),
        List.of(Scenarios.ANA));
  }

  private static boolean isEarly(InProcessEngine engine, FanoutTask.Fire task) {
    return engine
        .ports()
        .schedules()
        .find(InProcessEngine.ENVIRONMENT, task.schedule())
        .filter(schedule -> schedule.revision() == task.revision())
        .flatMap(Schedule::next)
        .filter(at -> engine.now().isBefore(at.plus(Duration.ofMinutes(4))))
        .isPresent();
  }

  private static Call dailyAtTen(
      String workflow, InProcessEngine engine, Duration ending, Json... people) {
    Json.Obj daily = Json.object().with("frequency", "daily").with("hours", Json.of(10));
    return Call.post(
            "/v1/schedules",
            Json.object()
                .with("workflow", workflow)
                .with("recipients", Json.array(List.of(people)))
                .with("repeats", Json.array(List.of(daily)))
                .with("data", Json.object().with("text", "as it was"))
                .with("tenant", "acme")
                .with("ending_at", engine.now().plus(ending).toString()))
        .once("schedule-1");
  }

  /** Whether that many runs of somebody have completed, the first time that this is so. */
  private static boolean onceRun(
      InProcessEngine engine, RecipientId who, int times, boolean[] done, int what) {
    long completed =
        Scenarios.runs(engine).stream()
            .filter(run -> run.recipient().equals(who))
            .filter(run -> run.state() instanceof Run.State.Completed)
            .count();
    boolean now = !done[what] && completed == times;
    done[what] |= now;
    return now;
  }

  private static Json.Obj ids(RetryingClient client, String user) {
    var list = client.must(Call.get("/v1/users/" + user + "/schedules")).body().list("entries");
    return Json.object()
        .with(
            "schedule_ids",
            Json.texts(list.stream().map(it -> ((Json.Obj) it).text("id").orElseThrow()).toList()));
  }
}
