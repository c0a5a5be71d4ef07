package dev.carillon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-05T09:00:00.123456789Z"));

  @Test
  void its_instants_are_whole_microseconds_as_responses_show_them() {
    assertThat(new Environment(Map.of(), CLOCK).clock().instant())
        .isEqualTo("2026-01-05T09:00:00.123456Z");
  }

  @Test
  void a_variable_that_is_absent_or_blank_is_named() {
    var environment = new Environment(Map.of("BLANK", " "), CLOCK);
    assertThat(environment.find("BLANK")).isEmpty();
    assertThatThrownBy(() -> environment.require("BLANK")).hasMessageContaining("BLANK");
    assertThatThrownBy(() -> environment.require("NONE")).hasMessageContaining("NONE");
  }
}
