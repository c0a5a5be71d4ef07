package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.Activity;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.batch.Batches.Standing;
import dev.carillon.batch.Batches.Terms;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Batches with many activities, and with many that come at once. */
public abstract class BatchCrowdsContract extends OneBatch {
  /** How many activities make a big batch. */
  protected int many() {
    return 10_000;
  }

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
    var fields = new LinkedHashMap<String, Json>();
    for (int i = 0; i < 6_000; i++) {
      // Hexadecimal digits of hashes: deflated, still larger than an item may be.
      fields.put("field" + i, Json.of(Digest.of("a" + i).hex() + Digest.of("b" + i).hex()));
    }
    Activity small = activity();
    Activity big = activity(Samples.NOW, new Json.Obj(fields));
    join(big, window(60), 0);
    join(small, window(60), 0);
    assertThat(inside(1)).containsExactlyElementsOf(byId(big, small));
    batches.leave(environment, batch, big.run());
    assertThat(inside(1)).containsExactly(small);
  }

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
}
