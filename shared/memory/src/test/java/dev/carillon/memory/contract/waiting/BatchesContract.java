package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.batch.Batches.Standing;
import dev.carillon.batch.Batches.Terms;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is inside which generation of a batch, and stays so. */
public abstract class BatchesContract extends OneBatch {

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
  void who_is_inside_is_not_kept_out_any_more_and_learns_what_became_of_it() {
    Activity first = activity();
    Activity second = activity();
    Joined holds = join(first, window(60), 0);
    Joined inside = join(second, window(60), 20);
    assertThat(keepOut(first, 30)).isEqualTo(holds);
    assertThat(keepOut(second, 30)).isEqualTo(inside);
    assertThat(inside(1)).hasSize(2);
  }

  @Test
  void who_was_kept_out_never_comes_in() {
    Activity early = activity();
    assertThat(keepOut(early, 0)).isEqualTo(new Joined.Out());
    assertThat(join(early, window(60), 0)).isEqualTo(new Joined.Out());
    assertThat(find(1)).isEmpty();
    Activity late = activity();
    Activity holder = activity();
    join(holder, window(60), 0);
    keepOut(late, 10);
    assertThat(keepOut(late, 10)).isEqualTo(new Joined.Out());
    assertThat(join(late, window(60), 20)).isEqualTo(new Joined.Out());
    batches.leave(environment, batch, late.run());
    assertThat(inside(1)).containsExactly(holder);
    assertThat(find(1).orElseThrow().items()).isEqualTo(1);
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
}
