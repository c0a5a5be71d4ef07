package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Samples;
import dev.carillon.storage.dynamo.environment.DynamoVariables;
import dev.carillon.variable.Variables;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Variables lie in two places; who changes them has both alone, until done or long dead. */
class VariablesClaimTest {
  private static final UnaryOperator<Variables.Values> ONE_MORE =
      it -> new Variables.Values(it.open(), it.secret().with("more", "one more"));

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private final Map<EnvironmentId, Json.Obj> secrets = new ConcurrentHashMap<>();
  private final DynamoVariables variables =
      new DynamoVariables(
          LocalTable.table(clock),
          new DynamoVariables.Secrets() {
            @Override
            public Json.Obj read(EnvironmentId of) {
              return secrets.getOrDefault(of, Json.Obj.EMPTY);
            }

            @Override
            public void write(EnvironmentId of, Json.Obj values) {
              secrets.put(of, values);
            }
          });

  @Test
  void somebody_else_is_told_to_come_again() {
    var inBetween = new boolean[1];
    boolean done =
        variables.change(
            environment,
            it -> {
              inBetween[0] = variables.change(environment, ONE_MORE);
              return new Variables.Values(it.open().with("a", "1"), it.secret());
            });
    assertThat(done).isTrue();
    assertThat(inBetween[0]).isFalse();
    assertThat(variables.values(environment))
        .isEqualTo(new Variables.Values(Json.object().with("a", "1"), Json.Obj.EMPTY));
  }

  @Test
  void who_died_in_between_keeps_others_out_for_a_minute() {
    assertThatThrownBy(
            () ->
                variables.change(
                    environment,
                    _ -> {
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    assertThat(variables.change(environment, ONE_MORE)).isFalse();
    clock.advance(Duration.ofSeconds(61));
    assertThat(variables.change(environment, ONE_MORE)).isTrue();
    assertThat(variables.secretNames(environment)).containsExactly("more");
  }
}
