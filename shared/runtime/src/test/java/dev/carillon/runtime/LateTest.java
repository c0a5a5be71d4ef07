package dev.carillon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LateTest {
  private final List<String> made = new ArrayList<>();

  private String make() {
    made.add("it");
    return "it";
  }

  private static Environment environment(String initialization) {
    return new Environment(
        Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", initialization), InstantSource.system());
  }

  @Test
  void it_is_made_when_it_is_asked_for_and_once() {
    Late<String> late = environment("on-demand").late(this::make);
    assertThat(made).isEmpty();
    assertThat(late.get()).isSameAs(late.get());
    assertThat(made).hasSize(1);
  }

  @Test
  void for_a_snapshot_it_is_made_at_once() {
    Late<String> late = environment("snap-start").late(this::make);
    assertThat(made).hasSize(1);
    assertThat(late.get()).isEqualTo("it");
    assertThat(made).hasSize(1);
  }

  @Test
  void what_could_not_be_made_is_tried_again() {
    var late =
        new Late<>(
            () -> {
              if (made.isEmpty()) {
                make();
                throw new IllegalStateException("not yet");
              }
              return make();
            });
    assertThatIllegalStateException().isThrownBy(late::get);
    assertThat(late.get()).isEqualTo("it");
  }
}
