package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.Activity;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.batch.Batches.Standing;
import dev.carillon.batch.Batches.Terms;
import dev.carillon.memory.contract.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a batch closes: windows that slide, fill, lead or are made to close. */
public abstract class BatchClosesContract extends OneBatch {

  @Test
  void each_activity_moves_the_close_of_a_sliding_batch_up_to_its_latest() {
    Terms sliding = sliding(30, 70);
    join(activity(), sliding, 0);
    assertThat(closeAt(join(activity(), sliding, 20))).isEqualTo(Samples.later(50));
    assertThat(closeAt(join(activity(), sliding, 45))).isEqualTo(Samples.later(70));
    assertThat(closeAt(join(activity(), sliding, 69))).isEqualTo(Samples.later(70));
    assertThat(join(activity(), sliding(30, 150), 70).generation()).isEqualTo(2);
    assertThat(find(1).orElseThrow().items()).isEqualTo(4);
  }

  @Test
  void an_activity_that_comes_when_the_latest_has_passed_makes_the_close_due() {
    var terms =
        new Terms(
            Samples.later(60),
            Optional.of(Duration.ofSeconds(60)),
            Optional.of(Samples.later(30)),
            Integer.MAX_VALUE,
            false);
    Activity first = activity();
    join(first, terms, 0);
    assertThat(join(activity(), terms, 40))
        .isEqualTo(new Joined.Inside(1, Samples.later(40), first.withoutData(), true));
    assertThat(join(activity(), terms, 40).generation()).isEqualTo(2);
    assertThat(close(1, 40).items()).isEqualTo(2);
  }

  @Test
  void an_activity_moves_a_close_beyond_the_latest_back_to_it() {
    var terms =
        new Terms(
            Samples.later(60),
            Optional.of(Duration.ofSeconds(60)),
            Optional.of(Samples.later(30)),
            Integer.MAX_VALUE,
            false);
    Activity first = activity();
    join(first, terms, 0);
    assertThat(join(activity(), terms, 10))
        .isEqualTo(new Joined.Inside(1, Samples.later(30), first.withoutData(), true));
    assertThat(closeAt(join(activity(), terms, 20))).isEqualTo(Samples.later(30));
    assertThat(join(activity(), terms, 30).generation()).isEqualTo(2);
    assertThat(close(1, 30).items()).isEqualTo(3);
  }

  @Test
  void a_shorter_window_moves_the_close_back_and_a_clock_that_is_behind_does_not() {
    join(activity(), sliding(50, 500), 0);
    assertThat(closeAt(join(activity(), sliding(50, 500), 49))).isEqualTo(Samples.later(99));
    assertThat(closeAt(join(activity(), sliding(50, 500), 30))).isEqualTo(Samples.later(99));
    assertThat(closeAt(join(activity(), sliding(5, 500), 60))).isEqualTo(Samples.later(65));
    assertThat(closeAt(join(activity(), sliding(50, 500), 64))).isEqualTo(Samples.later(114));
  }

  @Test
  void that_the_close_comes_sooner_is_told_until_the_holder_has_asked() {
    join(activity(), sliding(50, 500), 0);
    Activity shortens = activity();
    assertThat(join(shortens, sliding(5, 500), 10)).extracting("sooner").isEqualTo(true);
    assertThat(join(shortens, sliding(5, 500), 10)).extracting("sooner").isEqualTo(true);
    assertThat(join(activity(), sliding(50, 500), 11)).extracting("sooner").isEqualTo(true);
    assertThat(close(1, 12).closed()).isFalse();
    assertThat(join(shortens, sliding(5, 500), 13)).extracting("sooner").isEqualTo(false);
    assertThat(join(activity(), sliding(50, 500), 13)).extracting("sooner").isEqualTo(false);
  }

  @Test
  void a_batch_that_was_opened_to_stay_where_it_is_does_not_slide() {
    join(activity(), window(60), 0);
    assertThat(closeAt(join(activity(), sliding(50, 500), 30))).isEqualTo(Samples.later(60));
    assertThat(closeAt(join(activity(), sliding(5, 500), 40))).isEqualTo(Samples.later(60));
  }

  @Test
  void a_batch_that_slides_without_a_limit_closes_after_a_year() {
    Duration month = Duration.ofDays(31);
    var joined = new ArrayList<Joined>();
    for (int i = 0; i < 13; i++) {
      clock.set(Samples.NOW.plus(Duration.ofDays(30L * i)));
      var terms =
          new Terms(
              clock.instant().plus(month),
              Optional.of(month),
              Optional.empty(),
              Integer.MAX_VALUE,
              false);
      joined.add(batches.join(environment, batch, activity(), terms, clock.instant()));
    }
    assertThat(joined).allMatch(it -> it.generation() == 1);
    assertThat(closeAt(joined.getLast())).isEqualTo(Samples.NOW.plus(Duration.ofDays(365)));
    // Its first activity is still there.
    clock.set(Samples.NOW.plus(Duration.ofDays(366)));
    assertThat(inside(1)).hasSize(13);
  }

  @Test
  void the_close_of_a_full_batch_is_due_at_once_and_it_takes_no_more() {
    Terms three = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 3, false);
    Activity first = activity();
    join(first, three, 0);
    assertThat(join(activity(), three, 1)).extracting("sooner").isEqualTo(false);
    assertThat(join(activity(), three, 2))
        .isEqualTo(new Joined.Inside(1, Samples.later(2), first.withoutData(), true));
    assertThat(join(activity(), three, 2)).isInstanceOf(Joined.Holds.class);
    // On a machine whose clock is behind.
    assertThat(join(activity(), three, 1).generation()).isEqualTo(2);
    assertThat(find(1).orElseThrow().items()).isEqualTo(3);
    assertThat(close(1, 1).closed()).isTrue();
  }

  @Test
  void a_batch_for_one_activity_is_full_with_its_holder() {
    Terms one = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 1, false);
    assertThat(join(activity(), one, 0)).isEqualTo(new Joined.Holds(1, Samples.NOW));
    assertThat(join(activity(), one, 0)).isEqualTo(new Joined.Holds(2, Samples.NOW));
  }

  @Test
  void a_full_sliding_batch_does_not_slide_on() {
    Terms two =
        new Terms(
            Samples.later(30), Optional.of(Duration.ofSeconds(30)), Optional.empty(), 2, false);
    join(activity(), two, 0);
    assertThat(closeAt(join(activity(), two, 10))).isEqualTo(Samples.later(10));
  }

  @Test
  void a_leading_activity_stays_outside_and_the_next_one_holds_the_batch() {
    Activity lead = activity();
    Terms terms = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 10, true);
    assertThat(join(lead, terms, 0)).isEqualTo(new Joined.Leads(1, Samples.later(60)));
    assertThat(find(1))
        .contains(new Standing(1, Samples.NOW, Samples.later(60), Optional.empty(), 0, false));
    assertThat(inside(1)).isEmpty();
    Activity second = activity();
    assertThat(join(second, terms, 10)).isEqualTo(new Joined.Holds(1, Samples.later(60)));
    assertThat(join(lead, terms, 11)).isEqualTo(new Joined.Leads(1, Samples.later(60)));
    assertThat(join(activity(), terms, 12))
        .isEqualTo(new Joined.Inside(1, Samples.later(60), second.withoutData(), false));
    assertThat(find(1).orElseThrow().items()).isEqualTo(2);
    assertThat(inside(1)).doesNotContain(lead).hasSize(2);
  }

  @Test
  void when_no_second_activity_came_the_next_one_leads_again() {
    Terms terms = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 10, true);
    join(activity(), terms, 0);
    var next = new Terms(Samples.later(160), Optional.empty(), Optional.empty(), 10, true);
    assertThat(join(activity(), next, 100)).isEqualTo(new Joined.Leads(2, Samples.later(160)));
  }

  @Test
  void a_leading_activity_does_not_fill_the_batch() {
    Terms terms = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 2, true);
    join(activity(), terms, 0);
    assertThat(join(activity(), terms, 1)).isEqualTo(new Joined.Holds(1, Samples.later(60)));
    assertThat(join(activity(), terms, 2)).extracting("sooner").isEqualTo(true);
  }

  @Test
  void a_batch_is_closed_once_its_close_is_due_and_stays_so() {
    join(activity(), window(60), 0);
    assertThat(close(1, 59).closed()).isFalse();
    Standing closed = close(1, 60);
    assertThat(closed.closed()).isTrue();
    assertThat(close(1, 90)).isEqualTo(closed);
    assertThat(close(1, 30)).isEqualTo(closed);
    assertThat(find(1)).contains(closed);
  }

  @Test
  void a_close_that_has_moved_is_not_due_and_says_when_it_will_be() {
    join(activity(), sliding(30, 100), 0);
    join(activity(), sliding(30, 100), 20);
    Standing standing = close(1, 30);
    assertThat(standing.closed()).isFalse();
    assertThat(standing.closeAt()).isEqualTo(Samples.later(50));
    assertThat(close(1, 50).closed()).isTrue();
  }

  @Test
  void a_close_can_be_made_due_now() {
    join(activity(), sliding(60, 500), 0);
    assertThat(batches.closeNow(environment, batch, 1, Samples.later(5))).isTrue();
    assertThat(batches.closeNow(environment, batch, 1, Samples.later(6))).isTrue();
    assertThat(find(1).orElseThrow().closeAt()).isEqualTo(Samples.later(5));
    // Nothing moves it any more, not even an activity from a machine whose clock is behind.
    assertThat(join(activity(), sliding(60, 500), 4).generation()).isEqualTo(2);
    assertThat(close(1, 4).closed()).isTrue();
    assertThat(batches.closeNow(environment, batch, 1, Samples.later(7))).isFalse();
  }

  @Test
  void a_close_that_is_due_already_is_not_made_due_later() {
    join(activity(), window(60), 0);
    assertThat(batches.closeNow(environment, batch, 1, Samples.later(80))).isTrue();
    assertThat(find(1).orElseThrow().closeAt()).isEqualTo(Samples.later(60));
  }
}
