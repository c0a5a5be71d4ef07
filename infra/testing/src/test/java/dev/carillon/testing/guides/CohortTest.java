package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.testing.scenarios.GuideEngine;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random cohorts. */
class CohortTest {
  private final GuideEngine scene = GuideEngine.open();

  private static String cohorts(String settings, double a, double b) {
    return """
    {'type': 'random_cohort', 'ref': 'cohort', %s'cohort_branches': [
      {'name': 'A', 'percentage': %s, 'steps': [%s]},
      {'name': 'B', 'percentage': %s, 'steps': [%s]}]}\
    """
        .formatted(settings, a, mail("m1", "A"), b, mail("m2", "B"));
  }

  private void toHundreds() {
    for (int hundred = 0; hundred < 5; hundred++) {
      int from = hundred * 200;
      String recipients =
          String.join(
              ", ",
              IntStream.range(from, from + 200)
                  .mapToObj(i -> "{'id': 'u%d', 'email': 'u%d@example.com'}".formatted(i, i))
                  .toList());
      scene.trigger("flow", "{'recipients': [" + recipients + "]}");
    }
  }

  private long count(String cohort) {
    return scene.mails().stream().filter(mail -> mail.endsWith(": " + cohort)).count();
  }

  @Test
  void people_are_shared_out_by_the_percentages() {
    scene.workflow("flow", cohorts("", 30, 70));
    toHundreds();
    assertThat(count("A")).isCloseTo(300, within(45L));
    assertThat(count("A") + count("B")).isEqualTo(1000);
  }

  @Test
  void nobody_is_in_a_cohort_of_no_percent() {
    scene.workflow("flow", cohorts("", 0, 100));
    toHundreds();
    assertThat(count("A")).isZero();
    assertThat(count("B")).isEqualTo(1000);
  }

  @Test
  void one_decimal_place_counts() {
    scene.workflow("flow", cohorts("", 0.5, 99.5));
    toHundreds();
    assertThat(count("A")).isBetween(1L, 15L);
  }

  @Test
  void the_same_recipient_is_in_the_same_cohort_every_time() {
    scene.workflow("flow", cohorts("", 50, 50));
    toHundreds();
    List<String> first = scene.mails();
    toHundreds();
    assertThat(scene.mails().subList(1000, 2000)).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void a_key_decides_instead_of_the_recipient() {
    scene.workflow("flow", cohorts("'cohort_key': 'data.account', ", 50, 50));
    String people =
        String.join(
            ", ",
            IntStream.range(0, 50)
                .mapToObj(i -> "{'id': 'u%d', 'email': 'u%d@example.com'}".formatted(i, i))
                .toList());
    scene.trigger("flow", "{'recipients': [" + people + "], 'data': {'account': 'acme'}}");
    assertThat(List.of(count("A"), count("B"))).containsExactlyInAnyOrder(50L, 0L);
  }

  @Test
  void a_cohort_that_terminates_ends_the_run_and_another_leads_on() {
    scene
        .users("elmo")
        .workflow(
            "flow",
            """
            {'type': 'random_cohort', 'ref': 'cohort', 'cohort_branches': [
              {'name': 'A', 'percentage': 100, 'terminates': true, 'steps': [%s]},
              {'name': 'B', 'percentage': 0, 'steps': []}]}
            """
                .formatted(mail("m1", "A")),
            mail("after", "behind"));
    scene.trigger("flow", "{'recipients': ['elmo']}");
    assertThat(scene.mails()).containsExactly("elmo: A");
    scene.workflow("flow", cohorts("", 0, 100), mail("after", "behind"));
    scene.trigger("flow", "{'recipients': ['elmo']}");
    assertThat(scene.mails()).containsExactly("elmo: A", "elmo: B", "elmo: behind");
  }

  @Test
  void the_log_shows_the_key_and_the_cohort() {
    scene.user("elmo").workflow("flow", cohorts("", 0, 100));
    var run = scene.run(scene.trigger("flow", "{'recipients': ['elmo']}"), "elmo");
    assertThat(said(run, "cohort_assigned"))
        .isEqualTo(GuideEngine.json("{'branch': 'B', 'cohort_key': 'elmo', 'cohort': 'B'}"));
  }
}
