package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.fetch.SendFetch;
import dev.carillon.message.Message;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.runtime.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The function dies between any two of its effects, and its task comes again. */
class CrashTest {
  private static final String[] STEPS = {
    StepsFixture.FEED,
    StepsFixture.EMAIL,
    StepsFixture.delay("{\"unit\": \"seconds\", \"value\": 30}"),
    StepsFixture.WEBHOOK
  };

  private static final Set<String> EFFECTS =
      Set.of("create", "save", "send", "put", "remove", "ensure", "keepUntil");

  /** Ports that are no interfaces. */
  private static final Set<String> EFFECTLESS =
      Set.of("clock", "log", "trackingOrigin", "eventStream");

  private enum When {
    BEFORE,
    AFTER
  }

  /** Dies at one effect, counted from 1; with 0 it never does. */
  private static final class Effects {
    private final int deadly;
    private final When when;
    private int count;

    private Effects(int deadly, When when) {
      this.deadly = deadly;
      this.when = when;
    }

    /** The ports, each method of which may be the one it dies at. */
    Ports on(Ports real) {
      return (Ports)
          Proxy.newProxyInstance(
              Ports.class.getClassLoader(),
              new Class<?>[] {Ports.class},
              (_, method, _) ->
                  EFFECTLESS.contains(method.getName()) || !method.getReturnType().isInterface()
                      ? method.invoke(real)
                      : on(method.getReturnType(), method.invoke(real)));
    }

    private Object on(Class<?> port, Object real) {
      return Proxy.newProxyInstance(
          port.getClassLoader(),
          new Class<?>[] {port},
          (_, method, arguments) -> {
            boolean dies = EFFECTS.contains(method.getName()) && ++count == deadly;
            if (dies && when == When.BEFORE) {
              throw new StepsFixture.Crash();
            }
            try {
              Object result = method.invoke(real, arguments);
              if (dies) {
                throw new StepsFixture.Crash();
              }
              return result;
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          });
    }
  }

  private record End(List<Message> messages, List<String> log, String status, int deliveries) {
    static End of(StepsFixture stage) {
      return new End(
          stage.messages(),
          stage.log(),
          stage.run().status(),
          stage.deliveries().stream().distinct().toList().size());
    }
  }

  @ParameterizedTest
  @EnumSource(When.class)
  void whatever_it_dies_at_the_end_is_the_same(When when) {
    var undisturbed = new Effects(0, when);
    End expected = play(undisturbed);
    assertThat(expected.messages()).hasSize(3);
    assertThat(expected.deliveries()).isEqualTo(2);
    assertThat(undisturbed.count).isGreaterThanOrEqualTo(10);
    for (int deadly = 1; deadly <= undisturbed.count; deadly++) {
      assertThat(play(new Effects(deadly, when)))
          .as("died %s %d", when, deadly)
          .isEqualTo(expected);
    }
  }

  /** Later than the first time; the messages before the wait have the ids of then all the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void a_redo_an_hour_later_makes_no_second_message(int deadly) {
    End expected = play(new Effects(0, When.AFTER));
    var stage = new StepsFixture().given(STEPS);
    var mortal = advance(stage, new Effects(deadly, When.AFTER));
    try {
      mortal.handle(StepsFixture.startTask());
    } catch (StepsFixture.Crash _) { // as it should
    }
    stage.clock.advance(Duration.ofHours(1));
    stage.start();
    stage.untilIdle();
    assertThat(stage.messages())
        .extracting(message -> message.source().step())
        .containsExactlyElementsOf(
            expected.messages().stream().map(message -> message.source().step()).toList());
    assertThat(stage.messages().subList(0, 2))
        .extracting(Message::id)
        .containsExactlyElementsOf(
            expected.messages().subList(0, 2).stream().map(Message::id).toList());
  }

  /** What was answered is stored before anything else happens. */
  @ParameterizedTest
  @EnumSource(When.class)
  void a_service_is_asked_at_most_once_more_and_not_again_once_its_answer_is_stored(When when) {
    var undisturbed = new Effects(0, when);
    assertThat(questions(undisturbed)).isEqualTo(1);
    int more = 0;
    for (int deadly = 1; deadly <= undisturbed.count; deadly++) {
      int questions = questions(new Effects(deadly, when));
      assertThat(questions).as("died %s %d", when, deadly).isBetween(1, 2);
      more += questions - 1;
    }
    assertThat(more).isLessThanOrEqualTo(1);
  }

  private static int questions(Effects effects) {
    var stage =
        new StepsFixture()
            .given(
                """
                {"type": "http_fetch", "ref": "fetch", "settings": {"url": "https://api.example/"}}\
                """,
                StepsFixture.FEED,
                StepsFixture.EMAIL);
    var asked = new AtomicInteger();
    SendFetch outside =
        _ -> {
          asked.incrementAndGet();
          byte[] body = "{\"comment\": \"fetched\"}".getBytes(StandardCharsets.UTF_8);
          return new OutboundResult.Answered(200, Map.of(), body, OutboundResult.End.WHOLE);
        };
    stage.ports.tasks().send(StepsFixture.startTask());
    stage.untilIdle(new StepsWiring(effects.on(stage.ports), outside).advanceRun());
    assertThat(stage.messages()).hasSize(2);
    assertThat(stage.run().status()).isEqualTo("completed");
    return asked.get();
  }

  private static End play(Effects effects) {
    var stage = new StepsFixture().given(STEPS);
    stage.ports.tasks().send(StepsFixture.startTask());
    stage.untilIdle(advance(stage, effects));
    return End.of(stage);
  }

  private static AdvanceRun advance(StepsFixture stage, Effects effects) {
    return new StepsWiring(effects.on(stage.ports), stage.outside).advanceRun();
  }
}
