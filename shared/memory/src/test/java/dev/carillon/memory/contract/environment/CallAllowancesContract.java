package dev.carillon.memory.contract.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.rate.CallAllowances;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class CallAllowancesContract {
  private static final String OF = "GET /v1/users/{id}";
  private static final long NOW = Samples.NOW.getEpochSecond();

  private final EnvironmentId environment = Samples.environment();
  private CallAllowances allowances;

  protected abstract CallAllowances allowances();

  @BeforeEach
  void prepare() {
    allowances = allowances();
  }

  @Test
  void a_second_gives_its_rate_and_no_more() {
    assertThat(take(3)).isEqualTo(3);
    assertThat(take(3)).as("what is left").isEqualTo(2);
    assertThat(take(3)).isZero();
    assertThat(take(3)).isZero();
    assertThat(allowances.take(environment, OF, NOW + 1, 5, 3)).isEqualTo(3);
    assertThat(allowances.take(environment, OF, NOW - 1, 5, 3)).isEqualTo(3);
  }

  @Test
  void what_is_counted_apart_has_a_rate_of_its_own() {
    take(5);
    assertThat(allowances.take(environment, OF + " ann", NOW, 5, 5)).isEqualTo(5);
    assertThat(allowances.take(environment, "x".repeat(3_000) + "\uD800#é", NOW, 5, 5))
        .isEqualTo(5);
    assertThat(allowances.take(Samples.environment(), OF, NOW, 5, 5)).isEqualTo(5);
  }

  @Test
  void of_many_at_once_no_more_than_the_rate_is_given() throws Exception {
    assertThat(Race.run(24, () -> take(2)).stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
  }

  private int take(int want) {
    return allowances.take(environment, OF, NOW, 5, want);
  }
}
