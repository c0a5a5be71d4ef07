package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.RecipientId;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.throttle.Throttles;
import dev.carillon.throttle.Throttles.Passage;
import dev.carillon.workflow.StepRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class ThrottlesContract {
  private static final long DAY = 86_400;

  private final EnvironmentId environment = Samples.environment();
  private final ThrottleId throttle =
      ThrottleId.ofStep(
          RecipientId.user("ada"), Samples.WORKFLOW, new StepRef("t_1"), Optional.empty());
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Throttles throttles;

  protected abstract Throttles throttles(MutableClock clock);

  @BeforeEach
  void prepare() {
    throttles = throttles(clock);
  }

  @Test
  void as_many_pass_as_the_limit_says_and_are_counted() {
    assertThat(pass("a", 2, 60, 0)).isEqualTo(passed(1, 60));
    assertThat(pass("b", 2, 90, 30)).isEqualTo(passed(2, 60));
    assertThat(pass("c", 2, 100, 40)).isEqualTo(exceeded(60));
    assertThat(pass("d", 2, 119, 59)).isEqualTo(exceeded(60));
  }

  @Test
  void a_window_ends_at_its_end_and_the_next_opens_with_the_next_that_passes() {
    pass("a", 1, 60, 0);
    assertThat(passAt("b", Samples.later(60).minusNanos(1))).isEqualTo(exceeded(60));
    assertThat(passAt("c", Samples.later(60)))
        .isEqualTo(new Passage.Passed(1, Samples.later(60).plusSeconds(60)));
    assertThat(passAt("d", Samples.later(119))).isEqualTo(exceeded(120));
    assertThat(passAt("e", Samples.later(300))).isEqualTo(passed(1, 360));
  }

  @Test
  void who_passed_has_passed_and_uses_the_budget_once() {
    pass("a", 2, 60, 0);
    assertThat(pass("a", 2, 61, 1)).isEqualTo(passed(1, 60));
    assertThat(pass("b", 2, 62, 2)).isEqualTo(passed(2, 60));
    assertThat(pass("c", 2, 63, 3)).isEqualTo(exceeded(60));
    assertThat(pass("a", 2, 64, 4)).isEqualTo(passed(1, 60));
    assertThat(pass("b", 2, 65, 5)).isEqualTo(passed(2, 60));
  }

  @Test
  void who_passed_in_an_earlier_window_passes_again_without_using_this_one() {
    pass("a", 1, 60, 0);
    assertThat(pass("a", 1, 130, 70)).isEqualTo(passed(1, 60));
    assertThat(pass("b", 1, 130, 70)).isEqualTo(passed(1, 130));
    assertThat(pass("a", 1, 140, 80)).isEqualTo(passed(1, 60));
    assertThat(pass("c", 1, 140, 80)).isEqualTo(exceeded(130));
  }

  @Test
  void who_was_turned_away_may_pass_in_a_later_window() {
    pass("a", 1, 60, 0);
    assertThat(pass("b", 1, 70, 10)).isEqualTo(exceeded(60));
    assertThat(pass("b", 1, 130, 70)).isEqualTo(passed(1, 130));
  }

  @Test
  void who_passed_is_forgotten_a_day_after_the_window() {
    pass("a", 1, 60, 0);
    clock.set(Samples.later(60 + DAY - 2));
    assertThat(pass("a", 1, 60 + DAY, 60 + DAY - 2)).isEqualTo(passed(1, 60));
    clock.set(Samples.later(60 + DAY + 1));
    assertThat(pass("a", 1, 200 + DAY, 60 + DAY + 1)).isEqualTo(passed(1, 200 + DAY));
    assertThat(pass("b", 1, 200 + DAY, 60 + DAY + 2)).isEqualTo(exceeded(200 + DAY));
  }

  @Test
  void each_call_brings_its_own_limit() {
    pass("a", 1, 60, 0);
    assertThat(pass("b", 1, 60, 1)).isEqualTo(exceeded(60));
    assertThat(pass("c", 3, 60, 2)).isEqualTo(passed(2, 60));
    assertThat(pass("d", 2, 60, 3)).isEqualTo(exceeded(60));
  }

  @Test
  void budgets_of_other_ids_and_environments_are_others() {
    pass("a", 1, 60, 0);
    var other = ThrottleId.ofEnvironment(RecipientId.user("ada"), Optional.empty());
    assertThat(throttles.pass(environment, other, "b", 1, Samples.later(60), Samples.NOW))
        .isEqualTo(passed(1, 60));
    assertThat(
            throttles.pass(Samples.environment(), throttle, "b", 1, Samples.later(60), Samples.NOW))
        .isEqualTo(passed(1, 60));
  }

  @Test
  void a_passer_may_have_any_name() {
    for (String name : Samples.IDS) {
      assertThat(pass(name, 100, 60, 0)).isInstanceOf(Passage.Passed.class);
    }
    assertThat(pass("last", 100, 60, 0)).isEqualTo(passed(Samples.IDS.size() + 1, 60));
  }

  @Test
  void of_64_at_once_exactly_as_many_pass_as_the_limit_leaves() throws Exception {
    pass("before", 5, 60, 0);
    var next = new AtomicInteger();
    List<Passage> passages = Race.run(64, () -> pass("p" + next.getAndIncrement(), 5, 60, 1));
    assertThat(passages.stream().filter(it -> it instanceof Passage.Passed).toList())
        .containsExactlyInAnyOrder(passed(2, 60), passed(3, 60), passed(4, 60), passed(5, 60));
  }

  @Test
  void of_fewer_than_the_limit_at_once_all_pass() throws Exception {
    var next = new AtomicInteger();
    List<Passage> passages = Race.run(16, () -> pass("p" + next.getAndIncrement(), 64, 60, 0));
    assertThat(passages)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 16).mapToObj(nth -> passed(nth, 60)).toList());
  }

  @Test
  void a_window_that_many_open_at_once_is_opened_once() throws Exception {
    pass("before", 1, 60, 0);
    var next = new AtomicInteger();
    List<Passage> passages = Race.run(8, () -> pass("p" + next.getAndIncrement(), 1, 120, 60));
    assertThat(passages).filteredOn(it -> it.equals(passed(1, 120))).hasSize(1);
    assertThat(passages).filteredOn(it -> it.equals(exceeded(120))).hasSize(7);
  }

  @Test
  void one_that_comes_several_times_at_once_passes_once() throws Exception {
    assertThat(Race.run(8, () -> pass("a", 2, 60, 0))).containsOnly(passed(1, 60));
    assertThat(pass("b", 2, 60, 0)).isEqualTo(passed(2, 60));
  }

  private Passage pass(String passer, int limit, long end, long second) {
    return throttles.pass(
        environment, throttle, passer, limit, Samples.later(end), Samples.later(second));
  }

  private Passage passAt(String passer, Instant now) {
    return throttles.pass(environment, throttle, passer, 1, now.plusSeconds(60), now);
  }

  private static Passage passed(int nth, long end) {
    return new Passage.Passed(nth, Samples.later(end));
  }

  private static Passage exceeded(long end) {
    return new Passage.Exceeded(Samples.later(end));
  }
}
