package dev.carillon.memory.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.batch.Batches.Standing;
import dev.carillon.batch.Batches.Terms;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class BatchesContract {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final RecipientId ADA = RecipientId.user("ada");

  private final EnvironmentId environment = Samples.environment();
  private final BatchId batch =
      BatchId.latest(ADA, Samples.WORKFLOW, new StepRef("batch_1"), Optional.of("k"));
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Batches batches;

  protected abstract Batches batches(MutableClock clock, Duration retention);

  /** How many activities make a big batch. */
  protected int many() {
    return 10_000;
  }

  @BeforeEach
  void prepare() {
    batches = batches(clock, RETENTION);
  }

  // Opening and joining

  @Test
  void the_first_activity_opens_the_batch_and_holds_it() {
    Activity first = activity();
    assertThat(join(first, window(60), 0)).isEqualTo(new Joined.Holds(1, Samples.later(60)));
    assertThat(find(1))
        .contains(
            new Standing(
                1, Samples.NOW, Samples.later(60), Optional.of(first.withoutData()), 1, false));
    assertThat(inside(1)).containsExactly(first);
  }

  @Test
  void a_later_activity_is_inside_and_learns_who_holds_the_batch() {
    Activity first = activity();
    join(first, window(60), 0);
    Activity second = activity();
    // What it says itself of the window does not matter: the batch is open already.
    assertThat(join(second, window(5), 20))
        .isEqualTo(new Joined.Inside(1, Samples.later(60), first.withoutData(), false));
    assertThat(find(1).orElseThrow().items()).isEqualTo(2);
    assertThat(inside(1)).containsExactlyElementsOf(byId(first, second));
  }

  @Test
  void an_activity_is_found_whole() {
    var json = Json.object().with("text", "O'Brien \uD83C\uDF89").with("n", Json.of(4));
    TriggerId trigger = Samples.triggerId(Samples.NOW);
    var whole =
        new Activity(
            Ksuid.of(Samples.NOW, Digest.of("whole")),
            RunId.of(trigger, new RecipientId("projects", "a#b")),
            trigger,
            new RecipientId("projects", "a#b"),
            Optional.of(RecipientId.user("grace")),
            Samples.NOW,
            true,
            json);
    join(whole, window(60), 0);
    assertThat(inside(1)).containsExactly(whole);
    assertThat(find(1).orElseThrow().holder()).contains(whole.withoutData());
  }

  @Test
  void batches_of_other_ids_and_environments_are_others() {
    join(activity(), window(60), 0);
    var other = BatchId.latest(ADA, Samples.WORKFLOW, new StepRef("batch_1"), Optional.empty());
    assertThat(batches.join(environment, other, activity(), window(60), Samples.NOW))
        .isInstanceOf(Joined.Holds.class);
    assertThat(batches.join(Samples.environment(), batch, activity(), window(60), Samples.NOW))
        .isInstanceOf(Joined.Holds.class);
    assertThat(find(1).orElseThrow().items()).isOne();
  }

  @Test
  void what_was_never_opened_is_not_found() {
    assertThat(find(1)).isEmpty();
    assertThat(inside(1)).isEmpty();
    assertThat(batches.closeNow(environment, batch, 1, Samples.NOW)).isFalse();
    assertThatThrownBy(() -> close(1, 0)).isInstanceOf(IllegalStateException.class);
    batches.leave(environment, batch, activity().run());
  }

  // Brought again

  @Test
  void an_activity_brought_again_is_counted_once_and_gets_the_same_answer() {
    Activity first = activity();
    Activity second = activity();
    Joined holds = join(first, window(60), 0);
    Joined inside = join(second, window(60), 1);
    assertThat(join(first, window(60), 2)).isEqualTo(holds);
    assertThat(join(second, window(60), 3)).isEqualTo(inside);
    assertThat(find(1).orElseThrow().items()).isEqualTo(2);
    assertThat(inside(1)).hasSize(2);
  }

  @Test
  void brought_again_in_a_later_generation_it_stays_in_its_own() {
    Activity first = activity();
    Activity second = activity();
    join(first, window(60), 0);
    join(second, window(60), 0);
    close(1, 60);
    assertThat(join(activity(), window(121), 61))
        .isEqualTo(new Joined.Holds(2, Samples.later(121)));
    assertThat(join(first, window(60), 62)).isEqualTo(new Joined.Holds(1, Samples.later(60)));
    assertThat(join(second, window(60), 62))
        .isEqualTo(new Joined.Inside(1, Samples.later(60), first.withoutData(), false));
    assertThat(find(2).orElseThrow().items()).isOne();
  }

  @Test
  void brought_again_it_hears_where_the_close_is_by_then() {
    Terms sliding = sliding(30, 100);
    Activity first = activity();
    join(first, sliding, 0);
    join(activity(), sliding, 20);
    assertThat(join(first, sliding, 21)).isEqualTo(new Joined.Holds(1, Samples.later(50)));
  }

  @Test
  void brought_again_it_is_told_again_that_the_close_is_due_until_someone_has_closed() {
    Terms two = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 2, false);
    Activity first = activity();
    Activity second = activity();
    join(first, two, 0);
    var due = new Joined.Inside(1, Samples.later(1), first.withoutData(), true);
    assertThat(join(second, two, 1)).isEqualTo(due);
    assertThat(join(second, two, 5)).isEqualTo(due);
    // On another machine, whose clock is behind.
    assertThat(join(second, two, 0)).isEqualTo(due);
    close(1, 6);
    assertThat(join(second, two, 7))
        .isEqualTo(new Joined.Inside(1, Samples.later(1), first.withoutData(), false));
  }

  // Generations

  @Test
  void an_activity_at_the_close_opens_the_next_generation_although_nobody_has_closed_this_one() {
    join(activity(), window(60), 0);
    Activity just = activity();
    batches.join(environment, batch, just, window(60), Samples.later(60).minusNanos(1));
    Activity next = activity();
    assertThat(join(next, window(90), 60)).isEqualTo(new Joined.Holds(2, Samples.later(90)));
    assertThat(find(1).orElseThrow().closed()).isFalse();
    assertThat(find(1).orElseThrow().items()).isEqualTo(2);
    assertThat(inside(2)).containsExactly(next);
    assertThat(close(1, 61).items()).isEqualTo(2);
    assertThat(join(activity(), window(90), 61)).isInstanceOf(Joined.Inside.class);
  }

  @Test
  void an_activity_after_the_close_opens_the_next_generation_whatever_its_clock_says() {
    join(activity(), window(60), 0);
    close(1, 60);
    assertThat(join(activity(), window(100), 59))
        .isEqualTo(new Joined.Holds(2, Samples.later(100)));
    assertThat(find(1).orElseThrow().items()).isOne();
  }

  @Test
  void generations_are_counted_one_by_one() {
    for (int i = 1; i <= 12; i++) {
      assertThat(join(activity(), window(i * 10L), i * 10L - 10).generation()).isEqualTo(i);
      assertThat(join(activity(), window(i * 10L), i * 10L - 9).generation()).isEqualTo(i);
      assertThat(inside(i)).hasSize(2);
    }
  }

  // Sliding

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
    assertThat(join(activity(), terms, 10))
        .isEqualTo(new Joined.Inside(1, Samples.later(60), first.withoutData(), false));
    assertThat(join(activity(), terms, 40))
        .isEqualTo(new Joined.Inside(1, Samples.later(40), first.withoutData(), true));
    assertThat(join(activity(), terms, 40).generation()).isEqualTo(2);
    assertThat(close(1, 40).items()).isEqualTo(3);
  }

  @Test
  void the_close_never_moves_back() {
    join(activity(), sliding(50, 500), 10);
    assertThat(closeAt(join(activity(), sliding(5, 500), 20))).isEqualTo(Samples.later(50));
    assertThat(closeAt(join(activity(), sliding(50, 500), 49))).isEqualTo(Samples.later(99));
    assertThat(closeAt(join(activity(), sliding(50, 500), 30))).isEqualTo(Samples.later(99));
  }

  @Test
  void a_batch_that_was_opened_to_stay_where_it_is_does_not_slide() {
    join(activity(), window(60), 0);
    assertThat(closeAt(join(activity(), sliding(50, 500), 30))).isEqualTo(Samples.later(60));
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

  // Full

  @Test
  void the_close_of_a_full_batch_is_due_at_once_and_it_takes_no_more() {
    Terms three = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 3, false);
    Activity first = activity();
    join(first, three, 0);
    assertThat(join(activity(), three, 1)).extracting("due").isEqualTo(false);
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

  // Leading

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
    assertThat(join(activity(), terms, 2)).extracting("due").isEqualTo(true);
  }

  // Closing

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

  // Leaving

  @Test
  void a_run_that_leaves_takes_its_activity_along_once() {
    Activity first = activity();
    Activity second = activity();
    join(first, window(60), 0);
    join(second, window(60), 0);
    batches.leave(environment, batch, second.run());
    batches.leave(environment, batch, second.run());
    assertThat(find(1).orElseThrow().items()).isOne();
    assertThat(inside(1)).containsExactly(first);
  }

  @Test
  void who_left_does_not_come_in_again() {
    Activity first = activity();
    Activity second = activity();
    join(first, window(60), 0);
    Joined inside = join(second, window(60), 0);
    batches.leave(environment, batch, second.run());
    assertThat(join(second, window(60), 1)).isEqualTo(inside);
    assertThat(inside(1)).containsExactly(first);
    assertThat(find(1).orElseThrow().items()).isOne();
  }

  @Test
  void a_holder_that_leaves_goes_on_holding_an_open_batch() {
    Activity first = activity();
    join(first, window(60), 0);
    batches.leave(environment, batch, first.run());
    Standing standing = find(1).orElseThrow();
    assertThat(standing.items()).isZero();
    assertThat(standing.holder()).contains(first.withoutData());
    assertThat(standing.closed()).isFalse();
    assertThat(join(activity(), window(60), 1))
        .isEqualTo(new Joined.Inside(1, Samples.later(60), first.withoutData(), false));
    assertThat(join(first, window(60), 2)).isEqualTo(new Joined.Holds(1, Samples.later(60)));
    assertThat(inside(1)).hasSize(1);
  }

  @Test
  void nobody_leaves_a_batch_that_is_closed() {
    Activity first = activity();
    join(first, window(60), 0);
    close(1, 60);
    batches.leave(environment, batch, first.run());
    assertThat(find(1).orElseThrow().items()).isOne();
    assertThat(inside(1)).containsExactly(first);
  }

  @Test
  void who_leads_has_nothing_to_take_along() {
    Activity lead = activity();
    Terms terms = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 10, true);
    join(lead, terms, 0);
    join(activity(), terms, 1);
    batches.leave(environment, batch, lead.run());
    assertThat(find(1).orElseThrow().items()).isOne();
  }

  // Many

  @Test
  void the_activities_of_a_big_batch_come_by_pages_oldest_first() {
    var expected = new ArrayList<Activity>();
    for (int i = 0; i < many(); i++) {
      // Brought in another order than that of their triggers.
      Activity one = activity(Samples.later((i * 7_919L) % 3_000));
      join(one, window(6_000), 0);
      expected.add(one);
    }
    expected.sort(Comparator.comparing(Activity::id));
    assertThat(find(1).orElseThrow().items()).isEqualTo(many());
    assertThat(inside(1)).isEqualTo(expected);
    assertThat(batches.activities(environment, batch, 1, Optional.empty()).items().size())
        .isLessThan(many() / 2);
  }

  @Test
  void an_activity_may_have_many_fields() {
    Json.Obj data = Json.object();
    for (int i = 0; i < 3_000; i++) {
      // Hexadecimal digits of hashes, which deflate to little less than half.
      data = data.with("field" + i, Digest.of("a" + i).hex().repeat(4).substring(0, 256));
      data = data.with("other" + i, Digest.of("b" + i).hex() + Digest.of("c" + i).hex());
    }
    Activity small = activity();
    Activity big = activity();
    big =
        new Activity(
            big.id(),
            big.run(),
            big.trigger(),
            big.recipient(),
            big.actor(),
            big.at(),
            big.cancellable(),
            data);
    join(big, window(60), 0);
    join(small, window(60), 0);
    assertThat(inside(1)).containsExactlyElementsOf(byId(big, small));
    batches.leave(environment, batch, big.run());
    assertThat(inside(1)).containsExactly(small);
  }

  // At once

  @Test
  void of_many_that_come_at_once_one_opens_the_batch() throws Exception {
    Activity[] comers = activities(8);
    var next = new AtomicInteger();
    List<Joined> joined = Race.run(8, () -> join(comers[next.getAndIncrement()], window(60), 0));
    assertThat(joined).allMatch(it -> it.generation() == 1);
    assertThat(joined).filteredOn(it -> it instanceof Joined.Holds).hasSize(1);
    assertThat(find(1).orElseThrow().items()).isEqualTo(8);
    assertThat(inside(1)).containsExactlyInAnyOrder(comers);
  }

  @Test
  void one_activity_brought_by_many_at_once_is_counted_once() throws Exception {
    Activity one = activity();
    assertThat(Race.run(4, () -> join(one, window(60), 0)))
        .containsOnly(new Joined.Holds(1, Samples.later(60)));
    assertThat(find(1).orElseThrow().items()).isOne();
  }

  @Test
  void an_activity_that_comes_as_the_batch_closes_is_in_exactly_one_generation() throws Exception {
    for (int round = 1; round < 40; round += 2) {
      // Each round has a generation that closes and leaves its successor behind, closed as well.
      int generation = round;
      Instant start = Samples.later(round * 100L);
      batches.join(environment, batch, activity(), window(round * 100L + 60), start);
      Activity[] comers = activities(3);
      var next = new AtomicInteger();
      Race.run(
          4,
          () -> {
            int turn = next.getAndIncrement();
            return turn == 3
                ? batches.close(environment, batch, generation, start.plusSeconds(60))
                : batches.join(
                    environment,
                    batch,
                    comers[turn],
                    window(generation * 100L + 90),
                    start.plusSeconds(59));
          });
      Standing closed = find(generation).orElseThrow();
      assertThat(closed.closed()).isTrue();
      List<Activity> all = new ArrayList<>(inside(generation));
      assertThat(all).hasSize(closed.items());
      all.addAll(inside(generation + 1));
      assertThat(all).hasSize(4).contains(comers).doesNotHaveDuplicates();
      if (find(generation + 1).isEmpty()) {
        batches.join(
            environment, batch, activity(), window(generation * 100L + 90), start.plusSeconds(70));
      }
      close(generation + 1, generation * 100L + 90);
    }
  }

  @Test
  void a_batch_never_takes_more_than_its_maximum_however_many_come_at_once() throws Exception {
    Activity[] comers = activities(12);
    var next = new AtomicInteger();
    Terms five = new Terms(Samples.later(60), Optional.empty(), Optional.empty(), 5, false);
    List<Joined> joined = Race.run(12, () -> join(comers[next.getAndIncrement()], five, 0));
    assertThat(joined).filteredOn(it -> it.generation() == 1).hasSize(5);
    assertThat(joined).filteredOn(it -> it.generation() == 2).hasSize(5);
    assertThat(joined).filteredOn(it -> it.generation() == 3).hasSize(2);
    assertThat(inside(1)).hasSize(5);
    // Exactly one of those inside is told that the batch is full.
    assertThat(joined)
        .filteredOn(it -> it instanceof Joined.Inside(_, _, _, var due) && due)
        .hasSize(2);
  }

  @Test
  void activities_that_come_and_leave_at_once_are_counted_right() throws Exception {
    Activity[] leavers = activities(4);
    Activity[] comers = activities(4);
    for (Activity leaver : leavers) {
      join(leaver, window(60), 0);
    }
    var next = new AtomicInteger();
    Race.run(
        8,
        () -> {
          int turn = next.getAndIncrement();
          if (turn < 4) {
            batches.leave(environment, batch, leavers[turn].run());
            return true;
          }
          return join(comers[turn - 4], window(60), 1) instanceof Joined.Inside;
        });
    assertThat(find(1).orElseThrow().items()).isEqualTo(4);
    assertThat(inside(1)).containsExactlyInAnyOrder(comers);
  }

  @Test
  void a_run_that_leaves_as_the_batch_closes_is_gone_or_counted() throws Exception {
    for (int round = 1; round <= 10; round++) {
      int generation = round;
      Instant start = Samples.later(round * 100L);
      Activity one = activity();
      batches.join(environment, batch, activity(), window(round * 100L + 60), start);
      batches.join(environment, batch, one, window(round * 100L + 60), start);
      var next = new AtomicInteger();
      Race.run(
          2,
          () -> {
            if (next.getAndIncrement() == 0) {
              batches.leave(environment, batch, one.run());
            } else {
              batches.close(environment, batch, generation, start.plusSeconds(60));
            }
            return true;
          });
      assertThat(inside(generation)).hasSize(find(generation).orElseThrow().items());
    }
  }

  // Retention

  @Test
  void a_batch_is_forgotten_when_its_retention_is_over() {
    Activity first = activity();
    join(first, window(60), 0);
    close(1, 60);
    clock.set(Samples.later(60).plus(RETENTION).minusSeconds(1));
    assertThat(find(1)).isPresent();
    assertThat(inside(1)).hasSize(1);
    clock.set(Samples.later(60).plus(RETENTION));
    assertThat(find(1)).isEmpty();
    assertThat(inside(1)).isEmpty();
    assertThat(batches.closeNow(environment, batch, 1, clock.instant())).isFalse();
    batches.leave(environment, batch, first.run());
    // It may come in anew.
    Instant now = clock.instant();
    var terms = new Terms(now.plusSeconds(60), Optional.empty(), Optional.empty(), 10, false);
    int generation = batches.join(environment, batch, first, terms, now).generation();
    assertThat(inside(generation)).containsExactly(first);
    assertThat(batches.join(environment, batch, activity(), terms, now))
        .isEqualTo(new Joined.Inside(generation, now.plusSeconds(60), first.withoutData(), false));
    assertThat(inside(generation)).hasSize(2);
  }

  private Joined join(Activity activity, Terms terms, long second) {
    return batches.join(environment, batch, activity, terms, Samples.later(second));
  }

  private Standing close(int generation, long second) {
    return batches.close(environment, batch, generation, Samples.later(second));
  }

  private Optional<Standing> find(int generation) {
    return batches.find(environment, batch, generation);
  }

  private List<Activity> inside(int generation) {
    var all = new ArrayList<Activity>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = batches.activities(environment, batch, generation, cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  private static Instant closeAt(Joined joined) {
    return switch (joined) {
      case Joined.Holds(_, var closeAt) -> closeAt;
      case Joined.Inside(_, var closeAt, _, _) -> closeAt;
      case Joined.Leads(_, var closeAt) -> closeAt;
    };
  }

  /** One that closes then, in seconds, and stays there. */
  private static Terms window(long close) {
    return new Terms(
        Samples.later(close), Optional.empty(), Optional.empty(), Integer.MAX_VALUE, false);
  }

  /** One that closes so many seconds after its last activity, and by {@code latest}. */
  private static Terms sliding(long seconds, long latest) {
    return new Terms(
        Samples.later(seconds),
        Optional.of(Duration.ofSeconds(seconds)),
        Optional.of(Samples.later(latest)),
        Integer.MAX_VALUE,
        false);
  }

  private static Activity activity() {
    return activity(Samples.NOW);
  }

  private static Activity activity(Instant at) {
    TriggerId trigger = Samples.triggerId(at);
    RunId run = RunId.of(trigger, ADA);
    return new Activity(
        Ksuid.of(at, Digest.of("activity", run.toString())),
        run,
        trigger,
        ADA,
        Optional.empty(),
        trigger.time(),
        false,
        Json.object().with("text", "hello"));
  }

  private static Activity[] activities(int count) {
    var activities = new Activity[count];
    for (int i = 0; i < count; i++) {
      activities[i] = activity();
    }
    return activities;
  }

  private static List<Activity> byId(Activity... activities) {
    return Arrays.stream(activities).sorted(Comparator.comparing(Activity::id)).toList();
  }
}
