package dev.carillon.testing.engine;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.scenarios.GuideEngine;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Scenarios in numbers, each with an engine, a workflow and users of its own. */
@Isolated
class ThousandScenariosTest {
  private static final int SCENARIOS = 1_000;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  @Test
  void every_scenario_comes_to_its_end() {
    play(SCENARIOS);
  }

  @Test
  @Tag("timed")
  void a_thousand_scenarios_take_at_most_twenty_seconds() {
    long before = System.nanoTime();
    play(SCENARIOS);
    Duration took = Duration.ofNanos(System.nanoTime() - before);

    System.out.printf("%,d scenarios in %,d ms%n", SCENARIOS, took.toMillis());
    assertThat(took).isLessThanOrEqualTo(LONGEST);
  }

  private static void play(int scenarios) {
    for (int n = 0; n < scenarios; n++) {
      switch (n % 4) {
        case 0 -> delay(1 + n % 90);
        case 1 -> batch(1 + n % 12);
        case 2 -> branch(n % 3);
        default -> throttle(1 + n % 5, 1 + n % 7);
      }
    }
  }

  private static void delay(int days) {
    GuideEngine scene =
        GuideEngine.open()
            .user("ada")
            .workflow(
                "flow",
                step("delay", "'delay_for': {'unit': 'days', 'value': %d}".formatted(days)),
                mail("After {{data.days}} days"));
    scene.trigger("flow", "{'recipients': ['ada'], 'data': {'days': %d}}".formatted(days));
    scene.pass("P%dD".formatted(days - 1)).pass("PT23H59M");
    assertThat(scene.mails()).isEmpty();
    scene.pass("PT1M");
    assertThat(scene.mails()).containsExactly("ada: After %d days".formatted(days));
  }

  private static void batch(int activities) {
    GuideEngine scene =
        GuideEngine.open()
            .user("ada")
            .workflow(
                "flow",
                step("batch", "'batch_window': {'unit': 'hours', 'value': 1}"),
                mail("{{total_activities}}"));
    for (int n = 0; n < activities; n++) {
      scene.trigger("flow", "{'recipients': ['ada'], 'data': {'n': %d}}".formatted(n));
      scene.pass("PT4M");
    }
    scene.pass("PT1H");
    assertThat(scene.mails()).containsExactly("ada: " + activities);
  }

  private static void branch(int way) {
    GuideEngine scene =
        GuideEngine.open()
            .users("ada", "ben")
            .workflow(
                "flow",
                """
                {'type': 'branch', 'ref': 'branch', 'branches': [
                  {'name': 'one', 'conditions': {'all': [%s]}, 'steps': [%s]},
                  {'name': 'two', 'conditions': {'all': [%s]}, 'steps': [%s]},
                  {'name': 'else', 'steps': [%s]}]}
                """
                    .formatted(
                        GuideEngine.condition("data.way", "equal_to", "1"),
                        mail("mail_1", "One"),
                        GuideEngine.condition("data.way", "equal_to", "2"),
                        mail("mail_2", "Two"),
                        mail("mail_3", "Neither")));
    scene.trigger("flow", "{'recipients': ['ada', 'ben'], 'data': {'way': %d}}".formatted(way));
    String subject = List.of("Neither", "One", "Two").get(way);
    assertThat(scene.mails()).containsExactlyInAnyOrder("ada: " + subject, "ben: " + subject);
  }

  private static void throttle(int limit, int triggers) {
    GuideEngine scene =
        GuideEngine.open()
            .user("ada")
            .workflow(
                "flow",
                step(
                    "throttle",
                    """
                    'throttle_window': {'unit': 'hours', 'value': 1}, 'throttle_limit': %d\
                    """
                        .formatted(limit)),
                mail("{{data.n}}"));
    for (int n = 0; n < triggers; n++) {
      scene.trigger("flow", "{'recipients': ['ada'], 'data': {'n': %d}}".formatted(n));
      scene.pass("PT1M");
    }
    assertThat(scene.mails())
        .isEqualTo(
            IntStream.range(0, Math.min(limit, triggers)).mapToObj(n -> "ada: " + n).toList());
  }
}
