package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.runtime.Ports;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The function dies when it has opened a batch, another run joins, and by the time the task comes
 * again it would decide otherwise.
 */
class RejoiningTest {
  private static final String UNTIL =
      """
      {"type": "batch", "ref": "batch", "settings": {"batch_until_field_path": "data.until"},
       "conditions": {"all": [{"variable": "recipient.plan", "operator": "not_equal_to", "argument": "free"}]}}\
      """;
  private static final Json.Obj DATA =
      Json.object()
          .with("until", StepsFixture.TRIGGER.time().plus(Duration.ofMinutes(5)).toString());
  private static final TriggerId OTHERS = TriggerId.parse("019b8d63-64e1-8150-ba86-84e244628d50");

  private enum Meanwhile {
    THE_WINDOW_ENDED(stage -> stage.clock.advance(Duration.ofHours(1)), 2),
    THE_CONDITIONS_FAIL(stage -> stage.identify(StepsFixture.ELLIE, "{\"plan\": \"free\"}"), 2),
    THE_RUN_WAS_CANCELLED(
        stage ->
            stage
                .ports
                .triggers()
                .cancel(StepsFixture.LOCAL, StepsFixture.TRIGGER, StepsFixture.ELLIE),
        1),
    THE_WORKFLOW_WAS_OFF_FOR_A_WHILE(
        stage -> {
          stage.ports.workflows().setActive(StepsFixture.LOCAL, StepsFixture.WORKFLOW, false);
          stage.start();
          stage.ports.workflows().setActive(StepsFixture.LOCAL, StepsFixture.WORKFLOW, true);
        },
        2);

    private final Consumer<StepsFixture> happens;
    private final int activities;

    Meanwhile(Consumer<StepsFixture> happens, int activities) {
      this.happens = happens;
      this.activities = activities;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_that_was_opened_is_a_decision_already_taken(Meanwhile meanwhile) {
    var stage = new StepsFixture().given(DATA, UNTIL, StepsFixture.EMAIL);
    try {
      new StepsWiring(dyingAfterJoining(stage.ports), stage.outside)
          .advanceRun()
          .handle(StepsFixture.startTask());
    } catch (StepsFixture.Crash _) { // as it should
    }
    joinsAnother(stage);
    meanwhile.happens.accept(stage);
    stage.start();
    stage.untilIdle();
    assertThat(stage.logged("batch_closed").get("total_activities"))
        .contains(Json.of(meanwhile.activities));
    assertThat(stage.messages()).hasSize(1);
  }

  private static void joinsAnother(StepsFixture stage) {
    var live =
        stage.ports.workflows().live(StepsFixture.LOCAL, StepsFixture.WORKFLOW).orElseThrow();
    var batch =
        BatchId.pinned(
            StepsFixture.ELLIE, StepsFixture.WORKFLOW, live.version(), Optional.empty(), 0);
    RunId run = RunId.of(OTHERS, StepsFixture.ELLIE);
    var activity =
        new Activity(
            Ksuid.of(OTHERS.time(), Digest.of(run.toString())),
            run,
            OTHERS,
            StepsFixture.ELLIE,
            Optional.empty(),
            OTHERS.time(),
            false,
            Json.Obj.EMPTY);
    var now = stage.clock.instant();
    var terms =
        new Batches.Terms(
            now.plusSeconds(60), Optional.empty(), Optional.empty(), Integer.MAX_VALUE, false);
    assertThat(stage.ports.batches().join(StepsFixture.LOCAL, batch, activity, terms, now))
        .isInstanceOf(Batches.Joined.Inside.class);
  }

  private static Ports dyingAfterJoining(Ports real) {
    Batches batches =
        instead(
            Batches.class,
            real.batches(),
            "join",
            () -> {
              throw new StepsFixture.Crash();
            });
    return instead(Ports.class, real, "batches", () -> batches);
  }

  private interface After {
    Object answer();
  }

  /** The real thing, whose answers to one method are others. */
  private static <T> T instead(Class<T> type, T real, String name, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                Object answer = method.invoke(real, arguments);
                return method.getName().equals(name) ? after.answer() : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
