package dev.carillon.testing.scenarios;

import dev.carillon.json.Json;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.Call;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;

/** Stories of who is deleted. */
public final class DeletionScenarios {
  private DeletionScenarios() {}

  /**
   * Ana is deleted while her run and Bob's wait, of a trigger that says things about both. Hers
   * ends, nothing of her is left, and Bob gets his mail.
   */
  public static Scenario deleted() {
    return new Scenario(
        "somebody is deleted",
        new WorkflowKey("later"),
        """
        {"name": "Later", "steps": [
          {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
           "template": {"markdown_body": "Look", "action_url": "https://app.example/"}},
          {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "minutes", "value": 30}}},
          {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
           "template": {"subject": "Later", "html_body": "<p>{{data.text}}</p>"}}]}
        """,
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          var deleted = new boolean[1];
          engine.client(
              () -> {
                List<Run> runs = Scenarios.runs(engine);
                if (deleted[0]
                    || runs.size() < 2
                    || !runs.stream().allMatch(it -> it.state() instanceof Run.State.Waiting)) {
                  return false;
                }
                deleted[0] = true;
                client.must(Call.delete("/v1/users/ana", Json.object()));
                return true;
              });
          client.must(
              Call.trigger(
                      "later",
                      Json.object()
                          .with(
                              "recipients",
                              Json.array(
                                  List.of(
                                      Scenarios.person("ana")
                                          .with(
                                              "$trigger_data",
                                              Json.object().with("text", "of her own")),
                                      Scenarios.person("bob"))))
                          .with("data", Json.object().with("text", "of both")))
                  .once("later-1"));
        },
        Duration.ofHours(3),
        List.of(Scenarios.ANA, Scenarios.BOB));
  }
}
