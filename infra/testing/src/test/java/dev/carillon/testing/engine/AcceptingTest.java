package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a trigger call makes, however often it is made and however it names people. */
class AcceptingTest {
  private final InProcessEngine engine = EngineFixtures.engine("password", Scenarios.password());
  private final Json.Obj body =
      EngineFixtures.to(EngineFixtures.person("ana"))
          .with("data", Json.object().with("code", "1234"));

  @Test
  void a_repeated_call_is_answered_alike_and_runs_once() {
    CallAnswer first = engine.call(Call.trigger("password", body).once("k1"));
    engine.advance(Duration.ofMinutes(1));
    CallAnswer second = engine.call(Call.trigger("password", body).once("k1"));
    engine.advance(Duration.ofMinutes(1));

    assertThat(first.header("idempotent-replayed")).isEmpty();
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("idempotent-replayed")).contains("true");
    assertThat(engine.email().accepted()).hasSize(1);
  }

  @Test
  void another_body_under_the_same_key_is_refused() {
    engine.call(Call.trigger("password", body).once("k1"));
    CallAnswer other =
        engine.call(
            Call.trigger("password", EngineFixtures.to(EngineFixtures.person("bob"))).once("k1"));
    engine.settle();

    assertThat(other.status()).isBetween(400, 499);
    assertThat(engine.email().accepted()).hasSize(1);
  }

  @Test
  void calls_at_once_with_one_key_run_once() throws Exception {
    int count = 8;
    var together = new CountDownLatch(count);
    try (var threads = Executors.newFixedThreadPool(count)) {
      List<Future<CallAnswer>> answers =
          IntStream.range(0, count)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            together.countDown();
                            together.await();
                            return engine.call(Call.trigger("password", body).once("k1"));
                          }))
              .toList();
      var first = answers.getFirst().get().body();
      for (Future<CallAnswer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(answer.get().body()).isEqualTo(first);
      }
    }
    engine.settle();

    assertThat(Scenarios.runs(engine)).hasSize(1);
    assertThat(engine.email().accepted()).hasSize(1);
  }

  @Test
  void somebody_named_three_ways_gets_one_run() {
    var byId = Json.of("ana");
    var asUser = Json.object().with("id", "ana").with("email", "ana@example.com");
    var inCollection = Json.object().with("id", "ana").with("collection", "$users");
    engine.call(Call.trigger("password", EngineFixtures.to(byId, asUser, inCollection)));
    engine.settle();

    assertThat(Scenarios.runs(engine)).hasSize(1);
    assertThat(engine.email().accepted())
        .extracting(offer -> offer.words().list("to"))
        .containsExactly(List.of(Json.object().with("address", "ana@example.com")));
  }

  @Test
  void a_thousand_recipients_are_a_thousand_runs() {
    CallAnswer answer = engine.call(Call.trigger("password", EngineFixtures.toMany(1_000)));
    engine.settle();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(Scenarios.runs(engine)).hasSize(1_000);
    assertThat(engine.email().accepted())
        .extracting(offer -> offer.message().recipient())
        .doesNotHaveDuplicates()
        .hasSize(1_000);
  }

  @Test
  void one_more_is_refused_as_a_whole() {
    CallAnswer answer = engine.call(Call.trigger("password", EngineFixtures.toMany(1_001)));
    engine.settle();

    assertThat(answer.status()).isEqualTo(422);
    assertThat(Scenarios.runs(engine)).isEmpty();
  }
}
