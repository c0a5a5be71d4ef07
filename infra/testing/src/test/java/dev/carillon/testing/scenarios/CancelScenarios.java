package dev.carillon.testing.scenarios;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.Call;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;

/** Stories of cancellations. */
public final class CancelScenarios {
  private CancelScenarios() {}

  /** Cancelled once both runs wait and what they sent before has arrived. */
  public static Scenario cancelled(List<String> whom) {
    Json.Obj body = Scenarios.comment().with("cancellation_key", "comment-7");
    Json.Obj cancel = Json.object().with("cancellation_key", "comment-7");
    Json.Obj cancelling = whom.isEmpty() ? cancel : cancel.with("recipients", Json.texts(whom));
    return new Scenario(
        "cancel " + (whom.isEmpty() ? "all" : whom),
        new WorkflowKey("new-comment"),
        Scenarios.newComment(7200),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          var done = new boolean[1];
          engine.client(
              () -> {
                List<Run> runs = Scenarios.runs(engine);
                boolean waiting =
                    runs.size() == 2
                        && runs.stream().allMatch(it -> it.state() instanceof Run.State.Waiting)
                        && Scenarios.messages(engine, it -> it.status() != DeliveryStatus.DELIVERED)
                            .isEmpty();
                if (done[0] || !waiting) {
                  return false;
                }
                done[0] = true;
                client.must(Call.cancel("new-comment", cancelling));
                return true;
              });
          client.must(Call.trigger("new-comment", body).once("comment-7"));
        },
        Duration.ofHours(5),
        List.of());
  }

  /** Cancelled before a single run began. */
  public static Scenario cancelledAtOnce() {
    return new Scenario(
        "cancel at once",
        new WorkflowKey("new-comment"),
        Scenarios.newComment(30),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          client.must(
              Call.trigger("new-comment", Scenarios.comment().with("cancellation_key", "k"))
                  .once("k"));
          client.must(Call.cancel("new-comment", Json.object().with("cancellation_key", "k")));
        },
        Duration.ofHours(5),
        List.of());
  }

  /** Cancelled when nothing is under way for the first time, which a fault makes earlier. */
  public static Scenario cancelledWhenIdle() {
    return new Scenario(
        "cancel when idle",
        new WorkflowKey("new-comment"),
        Scenarios.newComment(7200),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          var done = new boolean[1];
          client.must(
              Call.trigger("new-comment", Scenarios.comment().with("cancellation_key", "k"))
                  .once("k"));
          engine.client(
              () -> {
                if (done[0]) {
                  return false;
                }
                done[0] = true;
                client.must(
                    Call.cancel("new-comment", Json.object().with("cancellation_key", "k")));
                return true;
              });
        },
        Duration.ofHours(5),
        List.of());
  }

  /**
   * The run that opened a batch is cancelled when nothing is under way for the first time; then
   * another joins. A fault may let the first have joined and not know of it.
   */
  public static Scenario holderCancelled() {
    return new Scenario(
        "cancel the holder of a batch",
        new WorkflowKey("digest"),
        TestWorkflows.ALL.get("digest"),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          var done = new boolean[1];
          client.must(
              Call.trigger(
                      "digest",
                      Scenarios.told("first", List.of("ana", "bob")).with("cancellation_key", "k"))
                  .once("first"));
          engine.client(
              () -> {
                if (done[0]) {
                  return false;
                }
                done[0] = true;
                client.must(Call.cancel("digest", Json.object().with("cancellation_key", "k")));
                client.must(
                    Call.trigger("digest", Scenarios.told("second", List.of("ana", "bob")))
                        .once("second"));
                return true;
              });
        },
        Duration.ofHours(3),
        List.of(Scenarios.ANA, Scenarios.BOB));
  }
}
