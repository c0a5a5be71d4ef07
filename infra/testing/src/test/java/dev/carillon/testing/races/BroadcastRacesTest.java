package dev.carillon.testing.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.page.PageRequest;
import dev.carillon.task.FanoutTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.Invocation;
import dev.carillon.testing.planted.PlantedBugPorts;
import dev.carillon.testing.scenarios.BroadcastScenarios;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A broadcast is sent or called off, whatever the order in which those who do either call ports.
 */
class BroadcastRacesTest {
  /** Its revision once it was saved and is to be sent. */
  private static final long SCHEDULED = 2;

  private static Race race(String name, Call call) {
    return new Race(
        name,
        Map.of("password", Scenarios.password()),
        engine -> {
          BroadcastScenarios.audience(engine);
          must(engine, BroadcastScenarios.saved());
          Instant due = engine.now().plus(Duration.ofMinutes(10));
          must(engine, BroadcastScenarios.sent(Optional.of(due)));
          engine.pass(Duration.ofMinutes(10));
          return List.of(
              new Invocation.OfCall(call),
              Races.take(engine, task -> task instanceof FanoutTask.SendOut));
        },
        BroadcastRacesTest::saysWhatItDid);
  }

  private static void must(InProcessEngine engine, Call call) {
    CallAnswer answer = engine.call(call);
    if (!answer.ok()) {
      throw new IllegalStateException(call.path() + ": " + answer.body());
    }
  }

  static Stream<Race> races() {
    return Stream.of(
        race("a broadcast against cancel", BroadcastScenarios.cancelled()),
        race("a broadcast against save", BroadcastScenarios.saved()),
        race("a broadcast against send", BroadcastScenarios.sent(Optional.empty())));
  }

  /**
   * All of its audience once where it was sent, and nobody where it is a draft again; by its
   * revision only one of the two moved it on.
   */
  private static List<String> saysWhatItDid(InProcessEngine engine) {
    Broadcast broadcast =
        engine
            .ports()
            .broadcasts()
            .newestFirst(InProcessEngine.ENVIRONMENT, PageRequest.first(1))
            .items()
            .getFirst();
    int reached = Scenarios.runs(engine).size();
    boolean right =
        switch (broadcast.stage()) {
          case Stage.Draft() -> reached == 0 && broadcast.revision() == SCHEDULED + 1;
          case Stage.Sent sent ->
              reached == BroadcastScenarios.MEMBERS
                  && sent.members() == BroadcastScenarios.MEMBERS
                  && broadcast.revision() == SCHEDULED + 2;
          case Stage.Scheduled _, Stage.Sending _ -> false;
        };
    return right ? List.of() : List.of(reached + " were reached of " + broadcast);
  }

  @ParameterizedTest
  @MethodSource("races")
  void it_says_whether_it_was_sent(Race race) {
    assertThat(new Interleavings(race).all(1).failures()).isEmpty();
  }

  @Test
  void one_that_two_can_move_on_is_noticed() {
    Race race = races().findFirst().orElseThrow();
    assertThat(
            new Interleavings(race, PlantedBugPorts.broadcastsLastWriterWins()).all(1).failures())
        .isNotEmpty();
  }
}
