package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.task.StepsTask;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.scenarios.TestWorkflows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to an engine, everybody whom it accepted has one fate at every moment. */
class AuditingTest {
  private static final int STOPS = 40;
  private static final List<String> PLOTS = TestWorkflows.ALL.keySet().stream().sorted().toList();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_history_by_chance_balances_at_every_stop(long seed) {
    var chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var engine = given();
    int keys = 0;
    for (int stop = 0; stop < STOPS; stop++) {
      for (int calls = chance.nextInt(4); calls > 0; calls--) {
        engine.call(trigger(chance, "key-" + keys++));
      }
      if (chance.nextInt(3) == 0 && keys > 0) {
        cancel(engine, chance, "key-" + chance.nextInt(keys));
      }
      if (chance.nextInt(4) == 0) {
        endSomethingThatWaits(engine, chance);
      }
      if (chance.nextInt(3) > 0) {
        engine.advance(Duration.ofSeconds(chance.nextInt(400)));
      }
      Json.Obj sum = balanced(engine, seed, stop);
      assertThat(number(sum.object("counts"), "accepted")).isPositive();
    }
    engine.advance(Duration.ofDays(2));
    Json.Obj end = balanced(engine, seed, STOPS);
    assertThat(number(end.object("counts"), "waiting")).isZero();
    assertThat(number(end.object("counts"), "delivered")).isPositive();
    assertThat(number(end.object("counts"), "skipped")).isPositive();
    assertThat(number(end.object("counts"), "accepted")).isEqualTo(Scenarios.runs(engine).size());
  }

  @Test
  void a_run_whose_task_was_lost_is_told_within_two_hours() {
    var engine = given();
    engine.lose(task -> task instanceof StepsTask.Advance);
    engine.call(Call.trigger("at-once", EngineFixtures.to(EngineFixtures.person("ana"))));
    engine.advance(Duration.ofMinutes(5));
    assertThat(audit(engine).get("balanced")).contains(Json.TRUE);
    engine.advance(Duration.ofHours(2));
    Json.Obj sum = audit(engine);
    assertThat(sum.get("balanced")).contains(Json.FALSE);
    assertThat(EngineFixtures.texts(sum.list("violations"), "code")).containsExactly("stalled");
  }

  @Test
  void a_wait_whose_hint_was_lost_is_told() {
    var engine = given();
    engine.call(Call.trigger("later", EngineFixtures.to(EngineFixtures.person("ana"))));
    engine.settle();
    assertThat(audit(engine).get("balanced")).contains(Json.TRUE);
    engine.ports().timers().all().forEach(engine.ports().timers()::remove);
    assertThat(EngineFixtures.texts(audit(engine).list("violations"), "code"))
        .containsExactly("not_listed");
  }

  @Test
  void a_trigger_that_reaches_subscribers_accounts_for_each() {
    var scenario = Scenarios.subscribed();
    var engine = EngineFixtures.engine("password", Scenarios.password());
    scenario.setting().accept(engine);
    scenario.story().accept(engine);
    engine.advance(Duration.ofHours(1));
    Json.Obj sum = audit(engine);
    assertThat(number(sum.object("counts"), "accepted")).isEqualTo(Scenarios.runs(engine).size());
    assertThat(number(sum.object("counts"), "accepted")).isGreaterThan(4);
    assertThat(sum.get("balanced")).contains(Json.TRUE);
  }

  private static InProcessEngine given() {
    var engine = InProcessEngine.at(EngineFixtures.MONDAY);
    var files = new HashMap<String, String>();
    TestWorkflows.ALL.forEach(
        (key, json) -> files.put("workflows/" + key + "/workflow.json", json));
    engine.push(files);
    engine
        .outside()
        .says(
            new OutboundResult.NotReached(OutboundResult.Obstacle.NAME),
            FakeOutside.json(500, "{}"));
    return engine;
  }

  private static Call trigger(RandomGenerator chance, String key) {
    List<Json.Obj> people =
        IntStream.rangeClosed(1, 1 + chance.nextInt(3))
            .mapToObj(_ -> EngineFixtures.person("person-" + (1 + chance.nextInt(5))))
            .distinct()
            .toList();
    Json.Obj body =
        Json.object()
            .with("recipients", Json.array(people))
            .with("data", Json.object().with("text", key));
    return Call.trigger(
        PLOTS.get(chance.nextInt(PLOTS.size())),
        chance.nextBoolean() ? body.with("cancellation_key", key) : body);
  }

  private static void cancel(InProcessEngine engine, RandomGenerator chance, String key) {
    Json.Obj body = Json.object().with("cancellation_key", key);
    engine.call(Call.cancel(PLOTS.get(chance.nextInt(PLOTS.size())), body));
  }

  private static void endSomethingThatWaits(InProcessEngine engine, RandomGenerator chance) {
    List<Json> listed = engine.call(Call.get("/v1/waiting")).body().list("items");
    if (listed.isEmpty()) {
      return;
    }
    Json.Obj one = (Json.Obj) listed.get(chance.nextInt(listed.size()));
    List<Json> actions = one.list("actions");
    if (actions.get(chance.nextInt(actions.size())) instanceof Json.Str(var action)) {
      String path = "/v1/waiting/" + one.text("id").orElseThrow() + "/" + action;
      int status = engine.call(Call.post(path, Json.object())).status();
      assertThat(status).as(path).isIn(200, 409);
    }
  }

  private static Json.Obj balanced(InProcessEngine engine, long seed, int stop) {
    Json.Obj sum = audit(engine);
    assertThat(sum.get("balanced"))
        .as("seed %d, stop %d: %s", seed, stop, InvocationJson.of(sum))
        .contains(Json.TRUE);
    return sum;
  }

  /** All pages. */
  private static Json.Obj audit(InProcessEngine engine) {
    Optional<String> after = Optional.empty();
    Json.Obj body;
    do {
      String query = "?since=2026-01-01T00:00:00Z" + after.map(it -> "&after=" + it).orElse("");
      var answer = engine.call(Call.get("/v1/audit" + query));
      assertThat(answer.status()).isEqualTo(200);
      body = answer.body();
      after = body.object("page_info").text("after");
    } while (after.isPresent());
    return body;
  }

  private static long number(Json.Obj object, String key) {
    return ((Json.Num) object.fields().getOrDefault(key, Json.of(0))).value().longValue();
  }
}
