package dev.carillon.functions.wake;

import static dev.carillon.functions.wake.Belfry.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NoteEarlierWaitsTest {
  private final Belfry belfry = new Belfry();
  private final List<Timer> noted = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private OptionalLong to = OptionalLong.empty();
  private int failAfter = Integer.MAX_VALUE;

  /** As a table in which an earlier build listed what is there. */
  private final Timers earlier =
      (Timers)
          Proxy.newProxyInstance(
              Timers.class.getClassLoader(),
              new Class<?>[] {Timers.class},
              (_, method, arguments) -> {
                calls.add(method.getName());
                switch (method.getName()) {
                  case "note" -> {
                    if (noted.size() == failAfter) {
                      throw new IllegalStateException("table down");
                    }
                    noted.add((Timer) arguments[0]);
                    return null;
                  }
                  case "notedTo" -> {
                    return to;
                  }
                  case "raiseNotedTo" -> {
                    to = OptionalLong.of((long) arguments[0]);
                    return null;
                  }
                  default -> {
                    try {
                      return method.invoke(belfry.ports.timers(), arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }
                }
              });

  private NoteEarlierWaits note() {
    return new NoteEarlierWaits(earlier, belfry.ports.log());
  }

  @Test
  void all_that_waits_is_noted_over_some_sweeps_and_then_no_more_is_looked_for() {
    var given = new ArrayList<Timer>();
    for (int i = 0; i < 150; i++) {
      given.add(belfry.given("u" + i, NOW.plus(Duration.ofMinutes(7L * i))));
    }
    var one = note();
    one.handle(NOW);
    assertThat(noted).hasSize(60);
    assertThat(to).isNotEqualTo(OptionalLong.of(Long.MAX_VALUE));
    note().handle(NOW.plusSeconds(60));
    one.handle(NOW.plusSeconds(120));
    assertThat(noted).containsExactlyInAnyOrderElementsOf(given);
    one.handle(NOW.plusSeconds(180));
    calls.clear();
    one.handle(NOW.plusSeconds(240));
    assertThat(calls).containsExactly("notedTo");
  }

  @Test
  void a_sweep_that_dies_notes_its_page_again() {
    for (int i = 0; i < 5; i++) {
      belfry.given("u" + i, NOW.plus(Duration.ofDays(i)));
    }
    failAfter = 3;
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> note().handle(NOW)))
        .hasMessage("table down");
    failAfter = Integer.MAX_VALUE;
    noted.clear();
    note().handle(NOW);
    assertThat(noted).hasSize(5);
  }
}
