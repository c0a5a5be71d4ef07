package dev.carillon.testing.scenarios;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.task.FanoutTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stories of broadcasts. */
public final class BroadcastScenarios {
  private static final String AUDIENCE = "everybody";
  private static final String ONE = "/v1/broadcasts/new-year";

  private BroadcastScenarios() {}

  /** How many members the audience has. */
  public static final int MEMBERS = 3;

  /** Ana, in two ways, and Bob are in an audience. */
  public static void audience(InProcessEngine engine) {
    HookScenarios.somebodyMayCommit(engine);
    var audiences = engine.ports().audiences();
    audiences.put(InProcessEngine.ENVIRONMENT, AUDIENCE, new Audience.Static());
    for (Member member :
        List.of(
            new Member(Scenarios.ANA, Optional.empty()),
            new Member(Scenarios.ANA, Optional.of(new TenantId("acme"))),
            new Member(Scenarios.BOB, Optional.empty()))) {
      known(engine, member.user());
      audiences.add(InProcessEngine.ENVIRONMENT, AUDIENCE, member, engine.now());
    }
  }

  private static void known(InProcessEngine engine, RecipientId user) {
    engine
        .ports()
        .recipients()
        .identify(
            InProcessEngine.ENVIRONMENT,
            user,
            new Identification(
                Json.object().with("name", user.id()), Optional.empty(), Map.of(), Map.of()),
            "setting",
            engine.now());
  }

  /** A broadcast of one item in the feed. */
  public static Call saved() {
    return HookScenarios.managing(
        Call.put(
            ONE,
            Json.object()
                .with(
                    "broadcast",
                    Json.object()
                        .with("name", "New year")
                        .with("target_audience_key", AUDIENCE)
                        .with(
                            "steps",
                            Json.array(
                                List.of(
                                    Json.object()
                                        .with("type", "channel")
                                        .with("ref", "feed_1")
                                        .with("channel_key", "feed")
                                        .with("channel_type", "in_app_feed")
                                        .with(
                                            "template",
                                            Json.object()
                                                .with(
                                                    "markdown_body",
                                                    "A happy new year, {{ recipient.name"
                                                        + " }}."))))))));
  }

  public static Call sent(Optional<Instant> at) {
    Json.Obj body =
        at.map(it -> Json.object().with("send_at", it.toString())).orElse(Json.Obj.EMPTY);
    return HookScenarios.managing(Call.put(ONE + "/send", body));
  }

  public static Call cancelled() {
    return HookScenarios.managing(Call.put(ONE + "/cancel", Json.Obj.EMPTY));
  }

  /** It is scheduled, and whatever is set for it is lost for the first four minutes. */
  public static Scenario sentLate() {
    return new Scenario(
        "a broadcast, its alarms lost",
        new WorkflowKey("password"),
        Scenarios.password(),
        engine -> {
          audience(engine);
          Instant due = due(engine);
          engine.lose(
              task ->
                  task instanceof FanoutTask.SendOut
                      && engine.now().isBefore(due.plus(Duration.ofMinutes(4))));
        },
        engine -> {
          var client = new RetryingClient(engine);
          for (Call call : List.of(saved(), sent(Optional.of(due(engine))))) {
            CallAnswer answer = client.call(call);
            // A call that its own repetition overtook says so.
            if (!answer.ok() && answer.status() != 409) {
              throw new AssertionError(answer.body().toString());
            }
          }
        },
        Duration.ofHours(6),
        List.of(Scenarios.ANA, Scenarios.BOB));
  }

  private static Instant due(InProcessEngine engine) {
    return engine.now().plus(Duration.ofMinutes(30));
  }
}
