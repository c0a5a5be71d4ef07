package dev.carillon.testing.waiting;

import static dev.carillon.testing.waiting.WaitingTest.BATCH;
import static dev.carillon.testing.waiting.WaitingTest.EMAIL;
import static dev.carillon.testing.waiting.WaitingTest.act;
import static dev.carillon.testing.waiting.WaitingTest.text;
import static dev.carillon.testing.waiting.WaitingTest.trigger;
import static dev.carillon.testing.waiting.WaitingTest.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that holds a batch says that it was cancelled, and by what. */
class CancelledByWhatTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "key"})
  void the_log_and_the_explanation_say_by_what_the_holder_of_a_batch_was_cancelled(String key) {
    var engine = EngineFixtures.engine("digest", workflow(BATCH, EMAIL));
    trigger(engine, "digest", it -> key.isEmpty() ? it : it.with("cancellation_key", key));
    engine.advance(Duration.ofMinutes(1));
    trigger(engine, "digest", it -> it);
    act(engine, "cancel");
    act(engine, "cancel");
    engine.settle();
    assertThat(answerOfTheFirst(engine))
        .isEqualTo(
            "Not yet. It was cancelled through /v1/waiting while it held a batch: its own activity"
                + " left, and the run stays for what others put in. It collects at the step"
                + " batch_1 until 2026-01-05T10:00:00Z; the batch holds 1 by now.");
    engine.advance(Duration.ofHours(2));
    assertThat(events(engine))
        .containsExactly(
            "batch_opened",
            "batch_left by_hand",
            "batch_closed",
            "message_enqueued",
            "run_completed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key"})
  void cancelling_who_holds_a_batch_of_its_own_alone_sends_nothing_and_says_by_what(String key) {
    var engine = EngineFixtures.engine("digest", workflow(BATCH, EMAIL));
    trigger(engine, "digest", it -> key.isEmpty() ? it : it.with("cancellation_key", key));
    act(engine, "cancel");
    engine.advance(Duration.ofHours(5));
    assertThat(engine.email().offers()).isEmpty();
    assertThat(Scenarios.runs(engine)).extracting(it -> it.status()).containsExactly("cancelled");
    assertThat(events(engine))
        .containsExactly(
            "batch_opened", "batch_left by_hand", "batch_closed", "run_cancelled by_hand");
    assertThat(answerOfTheFirst(engine))
        .isEqualTo("No. The run was cancelled through /v1/waiting.");
  }

  @Test
  void a_holder_that_is_cancelled_by_its_key_says_so_at_once() {
    var engine = EngineFixtures.engine("digest", workflow(BATCH, EMAIL));
    trigger(engine, "digest", it -> it.with("cancellation_key", "key"));
    engine.call(Call.cancel("digest", Json.object().with("cancellation_key", "key")));
    engine.settle();
    assertThat(events(engine)).containsExactly("batch_opened", "batch_left cancellation_key");
    engine.advance(Duration.ofHours(5));
    assertThat(events(engine)).endsWith("batch_closed", "run_cancelled cancellation_key");
  }

  /** What the first run logged, and by what it was cancelled. */
  private static List<String> events(InProcessEngine engine) {
    return Scenarios.runs(engine).stream()
        .min(Comparator.comparing(run -> run.id().toString()))
        .orElseThrow()
        .log()
        .stream()
        .map(
            entry ->
                entry.event().wireName() + entry.data().text("by").map(by -> " " + by).orElse(""))
        .toList();
  }

  private static String answerOfTheFirst(InProcessEngine engine) {
    var items = engine.call(Call.get("/v1/explain?recipient=ana")).body().list("items");
    return text((Json.Obj) items.getLast(), "answer");
  }
}
