package dev.carillon.testing.scenarios;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audience.Segment;
import dev.carillon.audience.Audiences;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Operator;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.FanoutTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Stories of who comes into audiences and leaves them. */
public final class AudienceScenarios {
  private static final String WELCOME =
      """
      {"name": "Welcome", "trigger": {"type": "audience", "audience_key": "%s"}, "steps": [
        {"type": "wait_for_event", "ref": "wait_1", "settings": {
           "event": {"event_type": "audience", "audience_key": "pro", "event_key": "exit"},
           "expires_after": {"unit": "minutes", "value": 30}, "on_timeout": "continue"}},
        {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
         "template": {"subject": "{{refs.wait_1.matched}}", "html_body": "<p>Welcome</p>"}}]}
      """;

  private static final String NOTED =
      """
      {"name": "Noted", "trigger": {"type": "audience", "audience_key": "%s"}, "steps": [
        {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
         "template": {"markdown_body": "Welcome", "action_url": "https://app.example/"}}]}
      """;

  private AudienceScenarios() {}

  /** Ana comes in by what is known of her, is welcomed, leaves; another was never in. */
  public static Scenario entered() {
    return new Scenario(
        "comes into an audience and leaves it",
        new WorkflowKey("welcome"),
        WELCOME.formatted("pro"),
        engine -> {
          audience(engine, "plan", "pro");
          Scenarios.known(
              engine, Scenarios.ANA, Scenarios.person("ana").without("id").with("plan", "pro"));
        },
        engine -> {
          var client = new RetryingClient(engine);
          var left = new boolean[1];
          engine.client(
              () -> {
                if (left[0] || Scenarios.runs(engine).isEmpty()) {
                  return false;
                }
                left[0] = true;
                client.must(Call.put("/v1/users/ana", Json.object().with("plan", "free")));
                return true;
              });
          // Told by its task: a call that hangs would make her what she was, late, which is so.
          engine
              .ports()
              .tasks()
              .send(new FanoutTask.Settle(InProcessEngine.ENVIRONMENT, Scenarios.ANA, "upgrade"));
          client.must(Call.put("/v1/users/bob", Json.object().with("plan", "free")));
        },
        Duration.ofHours(3),
        List.of(Scenarios.ANA, Scenarios.BOB));
  }

  /** Somebody is put into a static audience, which triggers, and which another asks about. */
  public static Scenario joined() {
    return new Scenario(
        "members of an audience",
        new WorkflowKey("joined"),
        NOTED.formatted("beta"),
        engine -> {
          audience(engine, "plan", "pro");
          engine
              .ports()
              .audiences()
              .put(InProcessEngine.ENVIRONMENT, "beta", new Audience.Static());
          engine
              .ports()
              .audiences()
              .put(
                  InProcessEngine.ENVIRONMENT,
                  "pro",
                  dynamic(
                      new Condition("recipient", Operator.IS_AUDIENCE_MEMBER, Json.of("beta"))));
        },
        engine -> {
          Json.Obj members =
              Json.object()
                  .with(
                      "members",
                      Json.array(List.of(Json.object().with("user", Scenarios.person("ana")))));
          new RetryingClient(engine).must(Call.post("/v1/audiences/beta/members", members));
        },
        Duration.ofHours(3),
        List.of(Scenarios.ANA, Scenarios.BOB));
  }

  /** An audience changes, and everybody is looked at, a page at a time. */
  public static Scenario reconsidered() {
    List<RecipientId> people =
        IntStream.rangeClosed(6, 8).mapToObj(i -> RecipientId.user("p" + i)).toList();
    return new Scenario(
        "an audience changes",
        new WorkflowKey("welcome"),
        NOTED.formatted("pro"),
        engine -> {
          audience(engine, "city", "Kiel");
          people.forEach(
              it ->
                  Scenarios.known(
                      engine, it, Json.object().with("city", it.id().equals("p7") ? "Kiel" : "B")));
        },
        engine ->
            engine
                .ports()
                .tasks()
                .send(
                    new FanoutTask.SettleAll(
                        InProcessEngine.ENVIRONMENT,
                        "change",
                        engine.now(),
                        Set.of("pro"),
                        Set.of(),
                        Optional.empty())),
        Duration.ofHours(3),
        List.of(RecipientId.user("p7"), RecipientId.user("p8")));
  }

  private static void audience(InProcessEngine engine, String property, String value) {
    Audiences audiences = engine.ports().audiences();
    audiences.put(
        InProcessEngine.ENVIRONMENT,
        "pro",
        dynamic(new Condition("recipient." + property, Operator.EQUAL_TO, Json.of(value))));
  }

  private static Audience dynamic(Condition condition) {
    return new Audience.Dynamic(List.of(new Segment(List.of(condition))));
  }
}
